"""Which row of another bank is void because a transfer stands for it."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "transfer_match",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("transfer_id", sa.BigInteger(), nullable=False),
        sa.Column("told_id", sa.BigInteger(), nullable=False),
        _to_transaction("transfer_id"),
        _to_transaction("told_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("transfer_match_pkey")),
        sa.UniqueConstraint(
            "ledger_id", "told_id", name=op.f("transfer_match_ledger_id_told_id_key")
        ),
    )
    op.create_index(
        op.f("transfer_match_ledger_id_transfer_id_idx"),
        "transfer_match",
        ["ledger_id", "transfer_id"],
        unique=False,
    )
    op.execute("CALL trail_watch('transfer_match')")


def _to_transaction(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["ledger_id", column],
        ["transaction.ledger_id", "transaction.id"],
        name=op.f(f"transfer_match_ledger_id_{column}_fkey"),
        initially="IMMEDIATE",
        deferrable=True,
    )
