"""The relay gets a role of its own that can only read and add."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    frozen = Path(__file__).with_name("sql") / "0002_relay.sql"
    driver.execute(frozen.read_text(encoding="utf-8"))
