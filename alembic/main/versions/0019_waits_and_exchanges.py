"""Tries that must wait have an index; what comes again may change its currency."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0016"


def upgrade() -> None:
    op.create_index(
        "security_event_waits_idx",
        "security_event",
        ["at"],
        postgresql_where=sa.text("kind = 'refused' AND detail ? 'waits'"),
    )
    op.add_column("recurring_item", sa.Column("received_currency", sa.String()))
    op.add_column("recurring_item", sa.Column("received_minor", sa.BigInteger()))
    op.create_check_constraint(
        op.f("recurring_item_received_check"),
        "recurring_item",
        "CASE WHEN received_minor IS NULL THEN received_currency IS NULL ELSE "
        "received_minor BETWEEN 1 AND 1000000000000000 AND amount_minor < 0 AND "
        "coalesce(received_currency <> currency, false) END",
    )
    op.execute("CALL trail_reshape('recurring_item')")
