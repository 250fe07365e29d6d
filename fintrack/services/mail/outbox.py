"""Queues a letter in the transaction of what caused it: both happen, or neither."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from fintrack.core.email_address import read_email
from fintrack.models.mail import QueuedLetter
from fintrack.services.jobs.calling import call_leader
from fintrack.services.mail import sealing
from fintrack.services.mail.kinds import KINDS

MASK = "•••"
SEND = "mail.send"
WAITING = "waiting"
EXPIRED = "expired"

_REFERENCE_BYTES = 16
# One that is being sent now is left to who sends it.
_DROP = text(
    "UPDATE letter SET state = 'expired', sealed = NULL, finished_at = :now "
    "WHERE state = 'waiting' AND starts_with(once, :event)"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person, in their language.

    ``kind`` is one of ``KINDS``; ``values`` and ``secrets`` together fill exactly its
    placeholders and are texts as the reader shall see them. What stands in ``secrets``
    is encrypted, erased when the letter is sent or expires, and masked for staff. After
    ``expires_at`` the letter is not sent any more. ``once`` names the event that it
    tells of: the same event told again is no second letter.
    """

    kind: str
    to: str
    language: str
    values: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    expires_at: datetime | None = None
    once: str = ""


async def queue_letter(session: AsyncSession, letter: Letter, now: datetime) -> None:
    """Adds a letter to the unit of work of ``session``; it leaves after the commit.

    The commit calls for the job that sends; where nobody hears it, its next slot does.

    Raises:
        InvalidInput: the address cannot be one.
        ValueError: the values are not those of its kind, or its kind is unknown.
    """
    _check(letter)
    reference = secrets.token_hex(_REFERENCE_BYTES)
    row = {
        "kind": letter.kind,
        "recipient": read_email(letter.to),
        "language": letter.language,
        "plain": dict(letter.values),
        "sealed": sealing.seal(letter.secrets, reference) if letter.secrets else None,
        "once": letter.once or None,
        "reference": reference,
        "state": WAITING,
        "tries": 0,
        "unsure": 0,
        "fault": "",
        "queued_at": now,
        "due_at": now,
        "expires_at": letter.expires_at,
    }
    await session.execute(
        insert(QueuedLetter)
        .values(row)
        .on_conflict_do_nothing(index_elements=[col(QueuedLetter.once)])
    )
    await call_leader(session, SEND)


async def drop_waiting(session: AsyncSession, event: str, now: datetime) -> None:
    """Ends letters that wait, and whose ``once`` begins with ``event``, as expired."""
    await session.execute(_DROP, {"event": event, "now": now})


def _check(letter: Letter) -> None:
    kind = KINDS.get(letter.kind)
    if kind is None:
        raise ValueError(f"no kind of letter is called {letter.kind}")
    given = {*letter.values, *letter.secrets}
    if given != kind.placeholders or {*letter.values} & {*letter.secrets}:
        raise ValueError(
            f"a letter {letter.kind} has the values {sorted(kind.placeholders)}"
        )
