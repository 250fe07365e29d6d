"""The outbox as staff see it: what was sent to whom, and no secret."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from fintrack.core.actor import Role
from fintrack.models.mail import QueuedLetter
from fintrack.services.commands import Work, question
from fintrack.services.mail.kinds import KINDS
from fintrack.services.mail.outbox import EXPIRED, MASK, WAITING

PAGE = 50
STAFF = frozenset({Role.ADMIN})
RECENT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OutboxView:
    """A letter and what became of it; ``values`` has a mask in place of each secret.

    ``due_at`` says when it is tried next, as long as it is not finished. ``fault`` is
    what the other side said last.
    """

    id: int
    kind: str
    subject: str
    to: str
    language: str
    state: str
    tries: int
    fault: str
    queued_at: datetime
    due_at: datetime
    expires_at: datetime | None
    finished_at: datetime | None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """How many letters wait, since when, and how many failed in the last day.

    ``tries`` is how often one that waits was tried in vain, the one with the most.
    A code that expired because the mail server was away has failed too.
    """

    waiting: int
    waiting_since: datetime | None
    failed: int
    tries: int = 0


@question("mail.outbox", roles=STAFF)
async def list_letters(
    work: Work, *, before: int | None = None, state: str = "", limit: int = PAGE
) -> list[OutboxView]:
    """Letters, newest first; ``before`` is the last id of a page.

    ``state`` (waiting, sending, sent, failed, expired) leaves out the others.
    """
    query = (
        select(QueuedLetter)
        .order_by(col(QueuedLetter.id).desc())
        .limit(max(1, min(limit, PAGE)))
    )
    if before is not None:
        query = query.where(col(QueuedLetter.id) < before)
    if state:
        query = query.where(col(QueuedLetter.state) == state)
    return [_to_view(letter) for letter in (await work.session.scalars(query)).all()]


@question("mail.health", roles=STAFF)
async def find_outbox_health(work: Work) -> OutboxHealth:
    """Whether mail leaves the house."""
    is_open = col(QueuedLetter.finished_at).is_(None)
    in_vain = func.max(col(QueuedLetter.tries)).filter(
        col(QueuedLetter.state) == WAITING
    )
    waiting, since, tries = (
        await work.session.execute(
            select(func.count(), func.min(col(QueuedLetter.queued_at)), in_vain).where(
                is_open
            )
        )
    ).one()
    failed = await work.session.scalar(
        select(func.count()).where(
            _has_failed(), col(QueuedLetter.finished_at) >= work.now - RECENT
        )
    )
    return OutboxHealth(waiting, since, failed or 0, tries or 0)


def _has_failed() -> ColumnElement[bool]:
    """What expired because it could not be sent counts until another one was.

    What was never tried may have made room for a newer code before its time.
    """
    state, finished_at = col(QueuedLetter.state), col(QueuedLetter.finished_at)
    sent_at = select(func.max(finished_at)).where(state == "sent").scalar_subquery()
    was_due = (col(QueuedLetter.tries) > 0) | (
        finished_at >= col(QueuedLetter.expires_at)
    )
    is_later = sent_at.is_(None) | (finished_at > sent_at)
    return (state == "failed") | ((state == EXPIRED) & was_due & is_later)


def _to_view(letter: QueuedLetter) -> OutboxView:
    kind = KINDS.get(letter.kind)
    hidden = kind.placeholders - letter.plain.keys() if kind else frozenset()
    return OutboxView(
        id=letter.id,
        kind=letter.kind,
        subject=kind.subject if kind else letter.kind,
        to=letter.recipient,
        language=letter.language,
        state=letter.state,
        tries=letter.tries,
        fault=letter.fault,
        queued_at=letter.queued_at,
        due_at=letter.due_at,
        expires_at=letter.expires_at,
        finished_at=letter.finished_at,
        values={**letter.plain, **dict.fromkeys(sorted(hidden), MASK)},
    )
