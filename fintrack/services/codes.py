"""One-time codes by mail: sent, sent again, and judged when they come back.

A flow is what one browser began: its token binds six digits to it, so that they are
good nowhere else. The long code for a new password belongs to the person: whoever reads
their mail may use it, whoever asked for it. A try is counted before it is judged, five
for each flow; and tries and letters are counted further (``code_counters``). A flow
that is over can be guessed at for ever, so it counts for the address alone: its
e-mail's owner need not wait for it. Where the e-mail is taken or unknown the flow is
the same, only its code is never anybody's.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from math import ceil
from typing import Any

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from fintrack.core.actor import Actor
from fintrack.core.errors import NotFound
from fintrack.core.one_time_code import Purpose, new_code, show_code
from fintrack.core.text import message_id
from fintrack.models.codes import Code
from fintrack.services import database, master_key
from fintrack.services.code_counters import (
    LETTER_EVERY,
    check_letter,
    count_guess,
    count_letter,
    count_stray,
    forgive_right,
)
from fintrack.services.commands import ANYBODY, Work, command, question
from fintrack.services.mail.outbox import Letter, drop_waiting, queue_letter
from fintrack.services.refusals import Refused
from fintrack.services.security_events import add_event, leave_untold
from fintrack.services.sessions import hash_token, new_token
from fintrack.services.tries import refuse_early

LABEL = "one-time codes"
MAX_TRIES = 5
HASH_BYTES = 32
RESEND_AFTER = timedelta(seconds=30)
FLOW_LIVES = timedelta(hours=1)
CODE_LETTER = "code."
OVER = message_id("This has taken too long. Please start again.")

_SWEEP = text("DELETE FROM code WHERE begun_at <= :before")
_IS_LIVE = text(
    "SELECT EXISTS (SELECT FROM code WHERE code_hash = :hash AND expires_at > :now)"
)


class Reason(StrEnum):
    """Why a code was not taken."""

    WRONG = "wrong"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Asked:
    """A code that somebody asked for; ``letter`` is the kind that goes out."""

    purpose: Purpose
    email: str
    language: str
    letter: str
    person_id: int | None = None
    pending: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Flow:
    """What the browser keeps: the token of what it began.

    In seconds: how long a code is good at least, and when another one may be had.
    """

    token: str = field(repr=False)
    expires_in: int
    resend_in: int


@dataclass(frozen=True, slots=True)
class GivenCode:
    """A code that came back; ``code`` is as ``read_code`` gives it."""

    flow: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeRefused(Refused):
    """A wrong try was counted, and stays so."""

    reason: Reason
    tries_left: int = 0


@question("code.check_wait", roles=ANYBODY)
async def check_wait(work: Work, email: str, address: str) -> None:
    """Passes who may ask for a code now, before a password is hashed for it.

    Raises:
        TooManyTries: for the e-mail or for the address.
    """
    await check_letter(work, email, address)


@command("code.resend", roles=ANYBODY, final="a letter cannot be taken back")
async def resend(work: Work, flow: str, address: str) -> Flow:
    """Sends a new code; six digits of before are dead, a long code lives to its end.

    Raises:
        TooManyTries: the last letter is too young, or there were too many.
        NotFound: there is no such flow any more.
    """
    row = await _find(work.session, flow)
    if row is None or row.begun_at + FLOW_LIVES <= work.now:
        raise NotFound(OVER)
    refuse_early(row.sent_at + RESEND_AFTER - work.now)
    purpose = Purpose(row.purpose)
    if purpose.is_long:
        asked = Asked(purpose, row.email, row.language, row.letter, row.person_id)
        return await begin(work, asked, address)
    await count_letter(work, purpose, row.email, address)
    return await _send(work, row, flow)


async def begin(work: Work, asked: Asked, address: str) -> Flow:
    """Begins a flow and sends its letter, or relies on the last one for a reset.

    Raises:
        TooManyTries: too many letters were asked for.
    """
    wait = await count_letter(work, asked.purpose, asked.email, address)
    flow = new_token()
    row = Code(
        flow_hash=hash_token(flow),
        purpose=asked.purpose,
        person_id=asked.person_id,
        email=asked.email,
        language=asked.language,
        letter=asked.letter,
        code_hash=b"",
        pending=asked.pending,
        begun_at=work.now,
        sent_at=work.now,
        expires_at=work.now,
    )
    work.session.add(row)
    if wait > timedelta(0):
        return await _rely_on_the_last(work, row, flow, wait)
    return await _send(work, row, flow)


async def judge(
    work: Work, purpose: Purpose, given: GivenCode, address: str
) -> Code | CodeRefused:
    """The flow whose code is right, or why it is not; the try is counted first.

    Raises:
        TooManyTries: too many codes were tried; this one was not looked at.
    """
    row = await _find(work.session, given.flow, purpose)
    if row is None or row.tries >= MAX_TRIES or row.expires_at <= work.now:
        await count_stray(work, purpose, address)
        person_id = row.person_id if row else work.actor.person_id
        await _note_wrong(work, purpose, person_id, address)
        return CodeRefused(Reason.DEAD)
    is_noted = await count_guess(work, purpose, row.email, address)
    row.tries += 1
    await work.session.flush()
    right = {"hash": _hash(row, given.code), "now": work.now}
    if not await work.session.scalar(_IS_LIVE, right):
        if is_noted:
            await _note_wrong(work, purpose, row.person_id, address)
        else:
            leave_untold(work.session)
        left = MAX_TRIES - row.tries
        return CodeRefused(Reason.WRONG if left else Reason.DEAD, left)
    # A form may come again because of its other fields.
    row.tries -= 1
    row.proved_at = work.now
    await forgive_right(work, purpose, row.email, address)
    await work.session.flush()
    return row


async def find_proved(work: Work, purpose: Purpose, flow: str) -> Code | None:
    """The flow whose code was right and has not expired since."""
    row = await _find(work.session, flow, purpose)
    if row is None or row.proved_at is None or row.expires_at <= work.now:
        return None
    return row


async def end_flows(session: AsyncSession, person_id: int) -> None:
    """Ends what a person has begun: their old address or password started it."""
    await session.execute(delete(Code).where(col(Code.person_id) == person_id))


async def sweep_codes() -> int:
    """Removes flows that are over, with what was pending in them; how many."""
    before = database.current().clock() - FLOW_LIVES
    return await database.sweep(_SWEEP, before=before)


async def _find(
    session: AsyncSession, flow: str, purpose: Purpose | None = None
) -> Code | None:
    query = select(Code).where(col(Code.flow_hash) == hash_token(flow))
    if purpose is not None:
        query = query.where(col(Code.purpose) == purpose)
    return (await session.scalars(query.with_for_update())).one_or_none()


async def _rely_on_the_last(work: Work, row: Code, flow: str, wait: timedelta) -> Flow:
    """A flow without a letter: the code of the last one is good as long at least."""
    valid = Purpose(row.purpose).valid - LETTER_EVERY
    row.expires_at = work.now + valid
    row.code_hash = secrets.token_bytes(HASH_BYTES)
    await work.session.flush()
    seconds = timedelta(seconds=1)
    return Flow(flow, valid // seconds, ceil(max(wait, RESEND_AFTER) / seconds))


async def _send(work: Work, row: Code, flow: str) -> Flow:
    purpose = Purpose(row.purpose)
    code, valid = new_code(purpose), purpose.valid
    row.tries = 0
    row.proved_at = None
    row.sent_at = work.now
    row.expires_at = work.now + valid
    is_real = row.letter.startswith(CODE_LETTER)
    right = _hash(row, code)
    row.code_hash = right if is_real else secrets.token_bytes(HASH_BYTES)
    await work.session.flush()
    # A letter that still waits holds a code that is dead now.
    event = f"code {row.flow_hash.hex()} "
    await drop_waiting(work.session, event, work.now)
    minutes = str(valid // timedelta(minutes=1))
    letter = Letter(
        row.letter,
        row.email,
        row.language,
        values={"minutes": minutes} if is_real else {},
        secrets={"code": show_code(code)} if is_real else {},
        expires_at=row.expires_at if is_real else None,
        once=f"{event}{secrets.token_hex(8)}",
    )
    await queue_letter(work.session, letter, work.now)
    seconds = timedelta(seconds=1)
    return Flow(flow, valid // seconds, RESEND_AFTER // seconds)


def _hash(row: Code, code: str) -> bytes:
    """The code in its flow, or a long one at its person: elsewhere it is another."""
    is_long = Purpose(row.purpose).is_long
    owner = f"{row.person_id}".encode() if is_long else row.flow_hash
    message = b"\0".join((row.purpose.encode(), owner, code.encode()))
    return hmac.digest(master_key.derive(LABEL), message, "sha256")


async def _note_wrong(
    work: Work, purpose: Purpose, person_id: int | None, address: str
) -> None:
    """One event for each counted try: how many there can be, the delays bound."""
    await add_event(
        work.session,
        "refused",
        work.now,
        Actor(person_id=person_id),
        address=address,
        detail={"command": f"code.{purpose}", "reason": "wrong code"},
    )
