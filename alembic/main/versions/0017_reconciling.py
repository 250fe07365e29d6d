"""Postings that the bank has seen, and accounts that agreed with a statement."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"


def upgrade() -> None:
    _create_reconciliation()
    op.add_column(
        "posting", sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "posting", sa.Column("reconciliation_id", sa.BigInteger(), nullable=True)
    )
    op.create_foreign_key(
        op.f("posting_ledger_id_account_id_reconciliation_id_fkey"),
        "posting",
        "reconciliation",
        ["ledger_id", "account_id", "reconciliation_id"],
        ["ledger_id", "account_id", "id"],
        initially="IMMEDIATE",
        deferrable=True,
    )
    op.create_check_constraint(
        op.f("posting_reconciled_check"),
        "posting",
        "reconciliation_id IS NULL OR cleared_at IS NOT NULL",
    )
    op.create_index(
        "posting_reconciliation_idx",
        "posting",
        ["ledger_id", "account_id", "reconciliation_id"],
        unique=False,
        postgresql_where=sa.text("reconciliation_id IS NOT NULL"),
    )
    op.execute("CALL trail_watch('reconciliation')")
    op.execute("CALL trail_reshape('posting')")


def _create_reconciliation() -> None:
    op.create_table(
        "reconciliation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("previous_id", sa.BigInteger(), nullable=True),
        sa.Column("statement_on", sa.Date(), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("opened_change_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "balance_minor BETWEEN -1000000000000000 AND 1000000000000000",
            name=op.f("reconciliation_balance_minor_check"),
        ),
        sa.CheckConstraint(
            "(opened_at IS NULL) = (opened_change_id IS NULL)",
            name=op.f("reconciliation_opened_check"),
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "account_id"],
            ["account.ledger_id", "account.id"],
            name=op.f("reconciliation_ledger_id_account_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "account_id", "previous_id"],
            [
                "reconciliation.ledger_id",
                "reconciliation.account_id",
                "reconciliation.id",
            ],
            name=op.f("reconciliation_ledger_id_account_id_previous_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("reconciliation_pkey")),
        sa.UniqueConstraint(
            "ledger_id",
            "account_id",
            "id",
            name=op.f("reconciliation_ledger_id_account_id_id_key"),
        ),
    )
    op.create_index(
        "reconciliation_chain_idx",
        "reconciliation",
        ["ledger_id", "account_id", "previous_id"],
        unique=True,
        postgresql_where=sa.text("opened_at IS NULL"),
        postgresql_nulls_not_distinct=True,
    )
