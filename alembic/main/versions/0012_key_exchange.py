"""The master key can be exchanged, and what is encrypted names its algorithm."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "key_exchange",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("former_fingerprint", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("head_position", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("recovery_key", sa.LargeBinary(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("key_exchange_pkey")),
    )
    # All of it is AES-256-GCM, whose number is 1; no key is needed to write that down.
    op.execute("UPDATE second_factor SET secret = '\\x01'::bytea || secret")
    op.execute("UPDATE letter SET sealed = '\\x01'::bytea || sealed")
    op.execute("UPDATE trail_key SET wrapped = '\\x01'::bytea || wrapped")
