"""Security events may be taken for unshipped again, when LogDB is lost."""

from pathlib import Path

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    frozen = Path(__file__).with_name("sql") / "0009_log_lost.sql"
    driver.execute(frozen.read_text(encoding="utf-8"))
