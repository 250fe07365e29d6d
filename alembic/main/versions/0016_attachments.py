"""Files beside a transaction."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_unique_constraint(
        op.f("transaction_ledger_id_id_key"), "transaction", ["ledger_id", "id"]
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("thumbnail", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("attachment_size_check")),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["person.id"],
            name=op.f("attachment_added_by_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "transaction_id"],
            ["transaction.ledger_id", "transaction.id"],
            name=op.f("attachment_ledger_id_transaction_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attachment_pkey")),
        sa.UniqueConstraint(
            "ledger_id",
            "transaction_id",
            "sha256",
            name=op.f("attachment_ledger_id_transaction_id_sha256_key"),
        ),
    )
    op.create_index(
        op.f("attachment_added_by_idx"), "attachment", ["added_by"], unique=False
    )
    op.create_index(
        "change_row_attachment_idx",
        "change_row",
        ["change_set_id"],
        unique=False,
        postgresql_where=sa.text("table_name = 'attachment'"),
    )
    op.execute("CALL trail_watch('attachment')")
