"""A second factor, recovery codes, the second step, and when a session was proved."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column(
        "sign_in_session",
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.add_column(
        "sign_in_session", sa.Column("mark_hash", sa.LargeBinary(), nullable=True)
    )
    # Who signed in proved then who they were.
    op.execute("UPDATE sign_in_session SET proved_at = created_at")
    op.alter_column("sign_in_session", "proved_at", nullable=False)
    op.create_table(
        "second_factor",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_counter", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        _belongs_to("second_factor", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("second_factor_pkey")),
        sa.UniqueConstraint("person_id", name=op.f("second_factor_person_id_key")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        _belongs_to("recovery_code", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("recovery_code_pkey")),
        sa.UniqueConstraint(
            "person_id", "code_hash", name=op.f("recovery_code_person_id_code_hash_key")
        ),
    )
    op.create_table(
        "pending_sign_in",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _belongs_to("pending_sign_in", "person"),
        _belongs_to("pending_sign_in", "ledger"),
        sa.PrimaryKeyConstraint("id", name=op.f("pending_sign_in_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("pending_sign_in_token_hash_key")),
    )
    for column in ("person_id", "ledger_id"):
        op.create_index(
            op.f(f"pending_sign_in_{column}_idx"), "pending_sign_in", [column]
        )


def _belongs_to(table: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{owner}_id"],
        [f"{owner}.id"],
        name=op.f(f"{table}_{owner}_id_fkey"),
        initially="IMMEDIATE",
        deferrable=True,
    )
