"""Templates: patterns of entries, with their categories and tags."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_TABLES = ("template", "template_share", "template_tag")


def upgrade() -> None:
    _add_templates()
    _add_shares()
    _add_tags()
    for table in _TABLES:
        op.execute(f"CALL trail_watch('{table}')")


def _add_templates() -> None:
    op.create_table(
        "template",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("to_account_id", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('expense', 'income', 'transfer')",
            name=op.f("template_kind_check"),
        ),
        sa.CheckConstraint(
            "amount_minor BETWEEN 1 AND 1000000000000000",
            name=op.f("template_amount_minor_check"),
        ),
        sa.CheckConstraint(
            "(kind = 'transfer') = (to_account_id IS NOT NULL)",
            name=op.f("template_target_check"),
        ),
        sa.CheckConstraint(
            "account_id <> to_account_id", name=op.f("template_to_account_check")
        ),
        _refers("template", ["ledger_id"], "ledger", ["id"]),
        _refers_in("template", "account_id", "account"),
        _refers_in("template", "to_account_id", "account"),
        _refers_in("template", "import_id", "import_batch"),
        sa.PrimaryKeyConstraint("id", name=op.f("template_pkey")),
        sa.UniqueConstraint("ledger_id", "id", name=op.f("template_ledger_id_id_key")),
        sa.UniqueConstraint(
            "ledger_id", "name_folded", name=op.f("template_ledger_id_name_folded_key")
        ),
    )
    for column in ("account_id", "to_account_id", "import_id"):
        _index("template", column)


def _add_shares() -> None:
    op.create_table(
        "template_share",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("template_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("memo", sa.String(), nullable=False),
        sa.CheckConstraint(
            "amount_minor BETWEEN 1 AND 1000000000000000",
            name=op.f("template_share_amount_minor_check"),
        ),
        _refers_in("template_share", "template_id", "template"),
        _refers_in("template_share", "category_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("template_share_pkey")),
    )
    _index("template_share", "template_id")
    _index("template_share", "category_id")


def _add_tags() -> None:
    op.create_table(
        "template_tag",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("template_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        _refers_in("template_tag", "template_id", "template"),
        _refers_in("template_tag", "tag_id", "tag"),
        sa.PrimaryKeyConstraint("id", name=op.f("template_tag_pkey")),
        sa.UniqueConstraint(
            "ledger_id",
            "template_id",
            "tag_id",
            name=op.f("template_tag_ledger_id_template_id_tag_id_key"),
        ),
    )
    _index("template_tag", "tag_id")


def _refers_in(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A reference inside of one ledger."""
    return _refers(table, ["ledger_id", column], target, ["ledger_id", "id"])


def _refers(
    table: str, columns: list[str], target: str, keys: list[str]
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        columns,
        [f"{target}.{key}" for key in keys],
        name=op.f(f"{table}_{'_'.join(columns)}_fkey"),
        initially="IMMEDIATE",
        deferrable=True,
    )


def _index(table: str, column: str) -> None:
    op.create_index(
        op.f(f"{table}_ledger_id_{column}_idx"),
        table,
        ["ledger_id", column],
        unique=False,
    )
