"""What comes again: items, their dates, refused suggestions, how far the run came."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "recurring_dismissal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger_id"],
            ["ledger.id"],
            name=op.f("recurring_dismissal_ledger_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("recurring_dismissal_pkey")),
        sa.UniqueConstraint(
            "ledger_id", "mark", name=op.f("recurring_dismissal_ledger_id_mark_key")
        ),
    )
    op.create_table(
        "recurring_run",
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("through_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger_id"],
            ["ledger.id"],
            name=op.f("recurring_run_ledger_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("ledger_id", name=op.f("recurring_run_pkey")),
    )
    op.create_table(
        "recurring_item",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("every", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        sa.Column("week", sa.SmallInteger(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "pattern IN ('days', 'weeks', 'month-day', 'month-last', 'month-weekday', 'years')",
            name=op.f("recurring_item_pattern_check"),
        ),
        sa.CheckConstraint(
            "shift IN ('none', 'before', 'after')",
            name=op.f("recurring_item_shift_check"),
        ),
        sa.CheckConstraint(
            "account_id <> other_id", name=op.f("recurring_item_other_check")
        ),
        sa.CheckConstraint(
            "amount_minor BETWEEN -1000000000000000 AND 1000000000000000 AND amount_minor <> 0",
            name=op.f("recurring_item_amount_minor_check"),
        ),
        sa.CheckConstraint("every > 0", name=op.f("recurring_item_every_check")),
        sa.ForeignKeyConstraint(
            ["ledger_id", "account_id"],
            ["account.ledger_id", "account.id"],
            name=op.f("recurring_item_ledger_id_account_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "import_id"],
            ["import_batch.ledger_id", "import_batch.id"],
            name=op.f("recurring_item_ledger_id_import_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "other_id"],
            ["account.ledger_id", "account.id"],
            name=op.f("recurring_item_ledger_id_other_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id"],
            ["ledger.id"],
            name=op.f("recurring_item_ledger_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("recurring_item_pkey")),
        sa.UniqueConstraint(
            "ledger_id", "id", name=op.f("recurring_item_ledger_id_id_key")
        ),
    )
    op.create_index(
        op.f("recurring_item_ledger_id_account_id_idx"),
        "recurring_item",
        ["ledger_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("recurring_item_ledger_id_import_id_idx"),
        "recurring_item",
        ["ledger_id", "import_id"],
        unique=False,
    )
    op.create_index(
        op.f("recurring_item_ledger_id_other_id_idx"),
        "recurring_item",
        ["ledger_id", "other_id"],
        unique=False,
    )
    op.create_table(
        "recurring_occurrence",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("rule_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=True),
        sa.Column("booked_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'booked') = (transaction_id IS NOT NULL) AND (transaction_id IS NULL) = (booked_on IS NULL)",
            name=op.f("recurring_occurrence_booked_check"),
        ),
        sa.CheckConstraint(
            "outcome IN ('proposed', 'booked', 'skipped')",
            name=op.f("recurring_occurrence_outcome_check"),
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "item_id"],
            ["recurring_item.ledger_id", "recurring_item.id"],
            name=op.f("recurring_occurrence_ledger_id_item_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "transaction_id", "booked_on"],
            ["transaction.ledger_id", "transaction.id", "transaction.on_date"],
            name=op.f("recurring_occurrence_ledger_id_transaction_id_booked_on_fkey"),
            onupdate="CASCADE",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("recurring_occurrence_pkey")),
        sa.UniqueConstraint(
            "item_id", "rule_on", name=op.f("recurring_occurrence_item_id_rule_on_key")
        ),
    )
    op.create_index(
        op.f("recurring_occurrence_ledger_id_item_id_idx"),
        "recurring_occurrence",
        ["ledger_id", "item_id"],
        unique=False,
    )
    op.create_index(
        op.f("recurring_occurrence_ledger_id_transaction_id_booked_on_idx"),
        "recurring_occurrence",
        ["ledger_id", "transaction_id", "booked_on"],
        unique=False,
    )
    for table in ("recurring_item", "recurring_occurrence", "recurring_dismissal"):
        op.execute(f"CALL trail_watch('{table}')")
