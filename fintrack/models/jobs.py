"""Runs of jobs: the slot is claimed by its row, so that it never runs twice."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from fintrack.core.jobs import Outcome
from fintrack.models.base import Identified, MainRow, instant

OUTCOMES = ", ".join(f"'{outcome}'" for outcome in Outcome)


class JobRun(MainRow, Identified, table=True):
    """One run, or one slot that passed without one."""

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("job", "slot"),
        CheckConstraint(f"outcome IN ({OUTCOMES})", name="outcome"),
        CheckConstraint(
            "(ended_at IS NULL) = (outcome IN ('waiting', 'running'))", name="ended"
        ),
        Index("job_run_open_idx", "id", postgresql_where=text("ended_at IS NULL")),
    )

    job: str
    slot: datetime = instant()
    started_at: datetime | None = instant(default=None)
    ended_at: datetime | None = instant(default=None)
    outcome: str
    message: str = ""
