"""Rates of currencies, as runs of the same value."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "rate_source",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bundled", sa.String(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("rate_source_pkey")),
    )
    op.create_table(
        "rate_run",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("per_usd", sa.Numeric(), nullable=False),
        sa.Column("multiplier", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "per_usd > 0 AND per_usd < 'Infinity'", name=op.f("rate_run_per_usd_check")
        ),
        sa.CheckConstraint(
            "valid_from <= last_seen_at", name=op.f("rate_run_span_check")
        ),
        sa.CheckConstraint("multiplier >= 1", name=op.f("rate_run_multiplier_check")),
        sa.ForeignKeyConstraint(
            ["source"],
            ["rate_source.name"],
            name=op.f("rate_run_source_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "code", "source", "valid_from", name=op.f("rate_run_pkey")
        ),
    )
