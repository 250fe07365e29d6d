"""The foundation."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("audit_entry_pkey")),
        sa.UniqueConstraint(
            "source", "source_id", name=op.f("audit_entry_source_source_id_key")
        ),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["position"],
            ["audit_entry.position"],
            name=op.f("audit_head_position_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_head_pkey")),
    )
    # By the driver itself: many statements, and "%" means nothing to it.
    driver = op.get_bind().connection.driver_connection
    for part in ("log",):
        frozen = Path(__file__).with_name("sql") / f"0001_{part}.sql"
        driver.execute(frozen.read_text(encoding="utf-8"))
