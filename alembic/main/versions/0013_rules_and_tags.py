"""Rules, tags, and the rule that gave a transaction its category."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

TABLES = ("tag", "rule", "rule_condition", "rule_share", "rule_tag", "transaction_tag")


def upgrade() -> None:
    op.create_table(
        "tag",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger_id"],
            ["ledger.id"],
            name=op.f("tag_ledger_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("tag_pkey")),
        sa.UniqueConstraint("ledger_id", "id", name=op.f("tag_ledger_id_id_key")),
        sa.UniqueConstraint(
            "ledger_id", "name_folded", name=op.f("tag_ledger_id_name_folded_key")
        ),
    )
    op.create_table(
        "rule",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("needs_all", sa.Boolean(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("set_payee", sa.String(), nullable=False),
        sa.Column("set_note", sa.String(), nullable=False),
        sa.Column("transfer_account_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ledger_id", "transfer_account_id"],
            ["account.ledger_id", "account.id"],
            name=op.f("rule_ledger_id_transfer_account_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id"],
            ["ledger.id"],
            name=op.f("rule_ledger_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("rule_pkey")),
        sa.UniqueConstraint("ledger_id", "id", name=op.f("rule_ledger_id_id_key")),
    )
    op.create_index(
        op.f("rule_ledger_id_transfer_account_id_idx"),
        "rule",
        ["ledger_id", "transfer_account_id"],
        unique=False,
    )
    op.create_table(
        "rule_condition",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("test", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("least", sa.Numeric(), nullable=True),
        sa.Column("most", sa.Numeric(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ledger_id", "account_id"],
            ["account.ledger_id", "account.id"],
            name=op.f("rule_condition_ledger_id_account_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "rule_id"],
            ["rule.ledger_id", "rule.id"],
            name=op.f("rule_condition_ledger_id_rule_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("rule_condition_pkey")),
    )
    op.create_index(
        op.f("rule_condition_ledger_id_account_id_idx"),
        "rule_condition",
        ["ledger_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("rule_condition_ledger_id_rule_id_idx"),
        "rule_condition",
        ["ledger_id", "rule_id"],
        unique=False,
    )
    op.create_table(
        "rule_share",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "percent BETWEEN 1 AND 100", name=op.f("rule_share_percent_check")
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "category_id"],
            ["account.ledger_id", "account.id"],
            name=op.f("rule_share_ledger_id_category_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "rule_id"],
            ["rule.ledger_id", "rule.id"],
            name=op.f("rule_share_ledger_id_rule_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("rule_share_pkey")),
    )
    op.create_index(
        op.f("rule_share_ledger_id_category_id_idx"),
        "rule_share",
        ["ledger_id", "category_id"],
        unique=False,
    )
    op.create_index(
        op.f("rule_share_ledger_id_rule_id_idx"),
        "rule_share",
        ["ledger_id", "rule_id"],
        unique=False,
    )
    op.create_table(
        "rule_tag",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger_id", "rule_id"],
            ["rule.ledger_id", "rule.id"],
            name=op.f("rule_tag_ledger_id_rule_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "tag_id"],
            ["tag.ledger_id", "tag.id"],
            name=op.f("rule_tag_ledger_id_tag_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("rule_tag_pkey")),
        sa.UniqueConstraint(
            "ledger_id",
            "rule_id",
            "tag_id",
            name=op.f("rule_tag_ledger_id_rule_id_tag_id_key"),
        ),
    )
    op.create_index(
        op.f("rule_tag_ledger_id_tag_id_idx"),
        "rule_tag",
        ["ledger_id", "tag_id"],
        unique=False,
    )
    op.create_table(
        "transaction_tag",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger_id", "tag_id"],
            ["tag.ledger_id", "tag.id"],
            name=op.f("transaction_tag_ledger_id_tag_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "transaction_id", "on_date"],
            ["transaction.ledger_id", "transaction.id", "transaction.on_date"],
            name=op.f("transaction_tag_ledger_id_transaction_id_on_date_fkey"),
            onupdate="CASCADE",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("transaction_tag_pkey")),
        sa.UniqueConstraint(
            "ledger_id",
            "transaction_id",
            "on_date",
            "tag_id",
            name=op.f("transaction_tag_ledger_id_transaction_id_on_date_tag_id_key"),
        ),
    )
    op.create_index(
        op.f("transaction_tag_ledger_id_tag_id_idx"),
        "transaction_tag",
        ["ledger_id", "tag_id"],
        unique=False,
    )
    op.add_column("transaction", sa.Column("rule_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "transaction_rule_idx",
        "transaction",
        ["ledger_id", "rule_id"],
        unique=False,
        postgresql_where=sa.text("rule_id IS NOT NULL"),
    )
    op.create_foreign_key(
        op.f("transaction_ledger_id_rule_id_fkey"),
        "transaction",
        "rule",
        ["ledger_id", "rule_id"],
        ["ledger_id", "id"],
        initially="IMMEDIATE",
        deferrable=True,
    )
    op.create_check_constraint(
        op.f("transaction_rule_check"),
        "transaction",
        "(category_source = 'rule') = (rule_id IS NOT NULL)",
    )
    for table in TABLES:
        op.execute(f"CALL trail_watch('{table}')")
    op.execute("CALL trail_reshape('transaction')")
