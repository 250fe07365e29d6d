"""Which whole books brought a rule."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column("rule", sa.Column("import_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("rule_ledger_id_import_id_fkey"),
        "rule",
        "import_batch",
        ["ledger_id", "import_id"],
        ["ledger_id", "id"],
        initially="IMMEDIATE",
        deferrable=True,
    )
    op.create_index(
        op.f("rule_ledger_id_import_id_idx"),
        "rule",
        ["ledger_id", "import_id"],
        unique=False,
    )
    op.execute("CALL trail_reshape('rule')")
