"""Runs of jobs, each slot once."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('waiting', 'running', 'done', 'failed', 'cut-off', 'skipped')",
            name=op.f("job_run_outcome_check"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (outcome IN ('waiting', 'running'))",
            name=op.f("job_run_ended_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("job_run_pkey")),
        sa.UniqueConstraint("job", "slot", name=op.f("job_run_job_slot_key")),
    )
    op.create_index(
        "job_run_open_idx",
        "job_run",
        ["id"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
