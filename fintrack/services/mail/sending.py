"""The job that sends what waits in the outbox, one letter after the other.

A letter is claimed in one transaction, sent outside of any, and marked in another; so
nothing outside is waited for while rows are locked, and several processes share the
work. SMTP has no exactly-once: when a process dies, or the connection is lost after a
letter was handed over, nobody knows whether it was taken. Such a letter is sent a
second time under the same Message-ID, and never a third time.

A letter with a code is of no use once its code has died: it is claimed for a shorter
time, is handed over soon or not at all, and expires with its code.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Row, text

from fintrack.services import database
from fintrack.services.mail import sealing, transport
from fintrack.services.mail.layout import render_letter
from fintrack.services.mail.outbox import EXPIRED, MASK, WAITING
from fintrack.services.mail.transport import Fate, Mail, Outcome

T = TypeVar("T")

MOST_PER_RUN = 1000
LONGEST_RUN = timedelta(minutes=2)
# Longer than one mail can take: each of its steps has a time-out of 30 seconds.
TAKEN_FOR_DEAD = timedelta(minutes=10)
# A code is handed over in its first minute; the server's last answers take another.
CODE_LEAVES_WITHIN = timedelta(minutes=1)
CODE_TAKEN_FOR_DEAD = timedelta(minutes=2)
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=4)
# With these delays about a day and a half.
MOST_TRIES = 16
MOST_UNSURE = 1

_CLAIM = text(
    "UPDATE letter SET unsure = unsure + (state = 'sending')::int, "
    "state = 'sending', tries = tries + 1, "
    "due_at = CASE WHEN expires_at IS NULL THEN cast(:dead_at AS timestamptz) "
    "ELSE :code_dead_at END "
    "WHERE id = (SELECT id FROM letter WHERE state IN ('waiting', 'sending') "
    "AND due_at <= :now AND (expires_at IS NULL OR expires_at > :now) "
    "ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) "
    "RETURNING id, kind, recipient, language, plain, sealed, reference, tries, unsure, "
    "expires_at"
)
# The number of the try tells a slow process that another one has taken over.
_MARK = text(
    "UPDATE letter SET state = :state, fault = :fault, due_at = :due_at, "
    "unsure = unsure + :unsure, finished_at = :finished_at, "
    "sealed = CASE WHEN cast(:finished_at AS timestamptz) IS NULL THEN sealed END "
    "WHERE id = :id AND state = 'sending' AND tries = :tries"
)
_log = logging.getLogger(__name__)


async def send_letters() -> int:
    """Sends what is due, at most 1000 letters or two minutes; how many were sent.

    A run ends early when the server is away: the letters wait for the next one.
    """
    home = database.current()
    until = home.clock() + LONGEST_RUN
    sent = 0
    try:
        for _ in range(MOST_PER_RUN):
            row = await _claim(home) if home.clock() < until else None
            if row is None:
                break
            fate = await _to_its_end(_send_one(home, row))
            sent += fate is Fate.SENT
            if fate is Fate.AWAY:
                break
    finally:
        await transport.current().hang_up()
    return sent


async def _claim(home: database.Database) -> Row[Any] | None:
    now = home.clock()
    async with home.unit_of_work() as session:
        found = await session.execute(
            _CLAIM,
            {
                "now": now,
                "dead_at": now + TAKEN_FOR_DEAD,
                "code_dead_at": now + CODE_TAKEN_FOR_DEAD,
            },
        )
        return found.one_or_none()


async def _send_one(home: database.Database, row: Row[Any]) -> Fate:
    if row.unsure > MOST_UNSURE:
        outcome = Outcome(Fate.UNSURE, "Its outcome was not learned twice.")
    else:
        outcome = await _try(row, home.clock)
    await _mark(home, row, outcome)
    return outcome.fate


async def _try(row: Row[Any], clock: Callable[[], datetime]) -> Outcome:
    """Sends a letter; a defect costs this letter a try and not the others theirs."""
    secrets: dict[str, str] = {}
    at = clock()
    until = _leaves_before(row, at)
    try:
        if row.sealed is not None:
            secrets = sealing.unseal(row.sealed, row.reference)
        letter = render_letter(row.kind, row.language, {**row.plain, **secrets})
        mail = Mail(
            to=row.recipient,
            language=letter.language,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            reference=row.reference,
            at=at,
            is_late=lambda: until is not None and clock() >= until,
        )
        outcome = await transport.current().send(mail)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others must leave
        # Only its name: the sentence of an error may repeat a secret.
        name = type(error).__name__
        _log.error("letter %s (%s) could not be sent: %s", row.id, row.kind, name)
        outcome = Outcome(Fate.LATER, name)
    return replace(outcome, reason=_masked(outcome.reason, secrets))


def _leaves_before(row: Row[Any], at: datetime) -> datetime | None:
    expires_at: datetime | None = row.expires_at
    return min(expires_at, at + CODE_LEAVES_WITHIN) if expires_at else None


async def _mark(home: database.Database, row: Row[Any], outcome: Outcome) -> None:
    now = home.clock()
    unsure = int(outcome.fate is Fate.UNSURE)
    due_at = now + delay_after(row.tries)
    state = _state_after(outcome.fate, row.tries, row.unsure + unsure)
    if state == WAITING and row.expires_at is not None and row.expires_at <= due_at:
        state = EXPIRED
    async with home.unit_of_work() as session:
        await session.execute(
            _MARK,
            {
                "id": row.id,
                "tries": row.tries,
                "state": state,
                "unsure": unsure,
                "fault": outcome.reason,
                "due_at": due_at,
                "finished_at": None if state == WAITING else now,
            },
        )


def _state_after(fate: Fate, tries: int, unsure: int) -> str:
    if fate is Fate.SENT:
        return "sent"
    is_over = fate is Fate.NEVER or tries >= MOST_TRIES or unsure > MOST_UNSURE
    return "failed" if is_over else WAITING


def delay_after(tries: int) -> timedelta:
    """How long a letter waits after so many tries."""
    doublings = min(tries - 1, 16)
    delay: timedelta = FIRST_DELAY * (1 << doublings)
    return min(delay, LONGEST_DELAY)


def _masked(reason: str, secrets: Mapping[str, str]) -> str:
    """What a server said, without the secrets that it may have repeated."""
    for secret in secrets.values():
        reason = reason.replace(secret, MASK)
    return reason


async def _to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``, which a shutdown does not cut in two."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
