"""Shipping the trail: keys of owners, how far the relay came, images that may go."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "trail_key",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "owner IN ('ledger', 'person', 'house')", name=op.f("trail_key_owner_check")
        ),
        sa.CheckConstraint(
            "(wrapped IS NULL) = (destroyed_at IS NOT NULL)",
            name=op.f("trail_key_destroyed_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("trail_key_pkey")),
        sa.UniqueConstraint(
            "owner", "owner_id", name=op.f("trail_key_owner_owner_id_key")
        ),
    )
    op.create_table(
        "trail_relay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("writes_apart", sa.Boolean(), nullable=False),
        sa.Column("head_position", sa.BigInteger(), nullable=False),
        sa.Column("head_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("trail_relay_single_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("trail_relay_pkey")),
    )
    op.create_index("change_set_person_idx", "change_set", ["person_id", "id"])
    op.create_index("security_event_ledger_idx", "security_event", ["ledger_id", "id"])
    op.create_index(
        "change_row_person_idx",
        "change_row",
        ["row_id", "change_set_id"],
        postgresql_where=sa.text("table_name = 'person'"),
    )
    driver = op.get_bind().connection.driver_connection
    frozen = Path(__file__).with_name("sql") / "0005_shipping.sql"
    driver.execute(frozen.read_text(encoding="utf-8"))
