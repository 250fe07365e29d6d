"""Refresh tokens of programs; plans, and the plan of each person."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ALL_FORMATS = ["PDF", "WORD", "EXCEL", "XML", "TEXT", "MARKDOWN"]
PLANS = [
    {
        "name": "free",
        "title": "Free",
        "price_minor": 0,
        "accounts": 5,
        "active_budgets": 5,
        "goals": 2,
        "report_formats": ["PDF", "TEXT", "MARKDOWN"],
        "mailed_reports_a_month": 0,
        "messages_a_day": 20,
        "attachment_bytes": 100 * 10**6,
        "people": 1,
        "api_tokens": 0,
        "lends": False,
        "has_priority": False,
    },
    {
        "name": "plus",
        "title": "Plus",
        "price_minor": 10_00,
        "accounts": 25,
        "active_budgets": 50,
        "goals": 20,
        "report_formats": ALL_FORMATS,
        "mailed_reports_a_month": 10,
        "messages_a_day": 200,
        "attachment_bytes": 2 * 10**9,
        "people": 3,
        "api_tokens": 2,
        "lends": False,
        "has_priority": False,
    },
    {
        "name": "pro",
        "title": "Pro",
        "price_minor": 25_00,
        "accounts": None,
        "active_budgets": None,
        "goals": None,
        "report_formats": ALL_FORMATS,
        "mailed_reports_a_month": 100,
        "messages_a_day": 1000,
        "attachment_bytes": 20 * 10**9,
        "people": 10,
        "api_tokens": 20,
        "lends": True,
        "has_priority": True,
    },
]


def upgrade() -> None:
    op.create_table(
        "refresh_token",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sign_in_session.id"],
            name=op.f("refresh_token_session_id_fkey"),
            ondelete="CASCADE",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("refresh_token_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("refresh_token_token_hash_key")),
    )
    op.create_index(
        op.f("refresh_token_session_id_idx"),
        "refresh_token",
        ["session_id"],
        unique=False,
    )
    plan = op.create_table(
        "plan",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=True),
        sa.Column("active_budgets", sa.Integer(), nullable=True),
        sa.Column("goals", sa.Integer(), nullable=True),
        sa.Column("report_formats", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("mailed_reports_a_month", sa.Integer(), nullable=False),
        sa.Column("messages_a_day", sa.Integer(), nullable=False),
        sa.Column("attachment_bytes", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.SmallInteger(), nullable=False),
        sa.Column("api_tokens", sa.Integer(), nullable=False),
        sa.Column("lends", sa.Boolean(), nullable=False),
        sa.Column("has_priority", sa.Boolean(), nullable=False),
        sa.CheckConstraint("price_minor >= 0", name=op.f("plan_price_minor_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("plan_pkey")),
        sa.UniqueConstraint("name", name=op.f("plan_name_key")),
    )
    # Before the table is watched: a migration has no change set.
    op.bulk_insert(plan, [{"version": 1, "currency": "USD", **row} for row in PLANS])
    op.execute("CALL trail_watch('plan')")
    op.add_column(
        "person", sa.Column("plan", sa.String(), server_default="free", nullable=False)
    )
    op.create_index(op.f("person_plan_idx"), "person", ["plan"], unique=False)
    op.create_foreign_key(
        op.f("person_plan_fkey"),
        "person",
        "plan",
        ["plan"],
        ["name"],
        initially="IMMEDIATE",
        deferrable=True,
    )
    op.execute("CALL trail_reshape('person')")
