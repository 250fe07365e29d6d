"""Tries that must wait are found by an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0015"


def upgrade() -> None:
    op.create_index(
        "security_event_waits_idx",
        "security_event",
        ["at"],
        postgresql_where=sa.text("kind = 'refused' AND detail ? 'waits'"),
    )
