"""Rates that people set in their ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "own_rate",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("pair", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("base <> quote", name=op.f("own_rate_base_check")),
        sa.CheckConstraint(
            "value > 0 AND value < 'Infinity'", name=op.f("own_rate_value_check")
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id"],
            ["ledger.id"],
            name=op.f("own_rate_ledger_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("own_rate_pkey")),
        sa.UniqueConstraint(
            "ledger_id",
            "pair",
            "on_date",
            name=op.f("own_rate_ledger_id_pair_on_date_key"),
        ),
    )
    op.execute("CALL trail_watch('own_rate')")
