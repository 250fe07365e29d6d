"""The outbox: letters from the moment they are caused until they are forgotten."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from fintrack.models.base import Identified, MainRow, instant

OPEN = "state IN ('waiting', 'sending')"


class QueuedLetter(MainRow, Identified, table=True):
    """A letter and what became of it.

    ``plain`` holds values that staff may see. ``sealed`` holds the secret ones,
    encrypted; the database itself refuses to keep them once the letter is sent, failed
    or expired. ``due_at`` is when it is tried next; while it is being sent, when
    whoever sends it is taken for dead. ``unsure`` counts tries whose outcome was never
    learned. ``reference`` becomes the Message-ID.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("once"),
        CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'failed', 'expired')",
            name="state",
        ),
        CheckConstraint(f"sealed IS NULL OR {OPEN}", name="sealed"),
        CheckConstraint(f"({OPEN}) = (finished_at IS NULL)", name="finished"),
        Index("letter_due_idx", "due_at", "id", postgresql_where=text(OPEN)),
        Index(
            "letter_finished_idx",
            "finished_at",
            postgresql_where=text("finished_at IS NOT NULL"),
        ),
    )

    kind: str
    recipient: str
    language: str
    plain: dict[str, Any] = Field(sa_type=JSONB)
    sealed: bytes | None = Field(default=None, repr=False)
    once: str | None = None
    reference: str
    state: str
    tries: int
    unsure: int
    fault: str
    queued_at: datetime = instant()
    due_at: datetime = instant()
    expires_at: datetime | None = instant(default=None)
    finished_at: datetime | None = instant(default=None)
