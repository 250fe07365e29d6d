"""Rates that are fetched: how each source does, and what waits for a decision."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_TEXTS = ("error", "etag", "last_modified")
_INSTANTS = ("checked_at", "not_before", "quota_resets_at")


def upgrade() -> None:
    for name in _INSTANTS:
        op.add_column("rate_source", sa.Column(name, sa.DateTime(timezone=True)))
    for name in _TEXTS:
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("rate_source", column)
    failures = sa.Column("failures", sa.Integer(), nullable=False, server_default="0")
    op.add_column("rate_source", failures)
    op.add_column("rate_source", sa.Column("quota_left", sa.Integer()))
    op.add_column("rate_source", sa.Column("complete_on", sa.Date()))
    # So far it knows what came with the program.
    op.execute(
        "UPDATE rate_source SET complete_on = (SELECT "
        "cast(max(last_seen_at) AT TIME ZONE 'UTC' AS date) "
        "FROM rate_run WHERE source = name)"
    )
    op.create_check_constraint(
        op.f("rate_source_failures_check"), "rate_source", "failures >= 0"
    )
    op.create_check_constraint(
        op.f("rate_run_step_check"),
        "rate_run",
        "(multiplier = 1) = (valid_from = last_seen_at)",
    )
    _create_held()
    _create_fill()


def _create_held() -> None:
    op.create_table(
        "rate_held",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("per_usd", sa.Numeric(), nullable=False),
        sa.Column("in_force_per_usd", sa.Numeric(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "decision IN ('', 'accepted', 'refused')",
            name=op.f("rate_held_decision_check"),
        ),
        sa.CheckConstraint(
            "(decision = '') = (decided_at IS NULL)",
            name=op.f("rate_held_decided_at_check"),
        ),
        sa.ForeignKeyConstraint(
            ["source"],
            ["rate_source.name"],
            name=op.f("rate_held_source_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("code", "source", "at", name=op.f("rate_held_pkey")),
    )
    op.create_index(
        "rate_held_waiting_idx",
        "rate_held",
        ["code", "source"],
        postgresql_where=sa.text("decision = ''"),
    )


def _create_fill() -> None:
    op.create_table(
        "rate_fill",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "first_on <= next_on AND next_on <= last_on + 1",
            name=op.f("rate_fill_next_on_check"),
        ),
        sa.ForeignKeyConstraint(
            ["source"],
            ["rate_source.name"],
            name=op.f("rate_fill_source_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("source", name=op.f("rate_fill_pkey")),
    )
