"""One-time codes by mail: sent, sent again, and judged when they come back.

A flow is what one browser began: its token binds the code to it, so that a code is
good nowhere else. A try is counted before it is judged, five for each code; and tries
and letters are counted for the address and the e-mail as wrong passwords are, so that
nobody guesses through many flows. A flow that is over can be guessed at for ever, so it
counts for the address alone: its e-mail's owner need not wait for it. Where the e-mail
is taken or unknown the flow is the same, only its code is never anybody's.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from fintrack.core.actor import Actor
from fintrack.core.email_address import fold_email
from fintrack.core.errors import NotFound
from fintrack.core.one_time_code import new_code
from fintrack.models.codes import Code
from fintrack.services import database, master_key
from fintrack.services.commands import ANYBODY, Work, command, question
from fintrack.services.mail.outbox import Letter, drop_waiting, queue_letter
from fintrack.services.places import Counters, find_counters
from fintrack.services.refusals import Refused
from fintrack.services.security_events import add_event
from fintrack.services.sessions import hash_token, new_token
from fintrack.services.tries import count_try, forgive, refuse_early, waiting

LABEL = "one-time codes"
# Counted apart: whose passwords were wrong may still bring a code.
GUESS, LETTER = "code", "letter"
MAX_TRIES = 5
RESEND_AFTER = timedelta(seconds=30)
FLOW_LIVES = timedelta(hours=1)
CODE_LETTER = "code."

_SWEEP = text("DELETE FROM code WHERE begun_at <= :before")


class Purpose(StrEnum):
    """What a code is for."""

    REGISTER = "register"
    RESET = "reset"
    EMAIL = "email"

    @property
    def valid(self) -> timedelta:
        """How long a code of this kind lives."""
        return timedelta(minutes=5 if self is Purpose.REGISTER else 10)


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
    """What the browser keeps: the token that binds the code to it.

    In seconds: how long the code is good, and when another one may be had.
    """

    token: str = field(repr=False)
    expires_in: int
    resend_in: int


@dataclass(frozen=True, slots=True)
class GivenCode:
    """A code that came back; ``code`` holds six digits."""

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
    counters = await _counters(work.session, LETTER, email, address)
    refuse_early(
        await waiting(work.session, [counters.account, counters.place], work.now)
    )


@command("code.resend", roles=ANYBODY, final="a letter cannot be taken back")
async def resend(work: Work, flow: str, address: str) -> Flow:
    """Sends a new code; the old one is dead.

    Raises:
        TooManyTries: the last letter is too young, or there were too many.
        NotFound: there is no such flow any more.
    """
    row = await _find(work.session, flow)
    if row is None or row.begun_at + FLOW_LIVES <= work.now:
        raise NotFound("This has taken too long. Please start again.")
    refuse_early(row.sent_at + RESEND_AFTER - work.now)
    await _count(LETTER, work, row.email, address)
    return await _send(work, row, flow)


async def begin(work: Work, asked: Asked, address: str) -> Flow:
    """Begins a flow and sends its letter.

    Raises:
        TooManyTries: too many letters were asked for.
    """
    await _count(LETTER, work, asked.email, address)
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
        await _count(GUESS, work, None, address)
        person_id = row.person_id if row else work.actor.person_id
        await _note_wrong(work, purpose, person_id, address)
        return CodeRefused(Reason.DEAD)
    counters = await _count(GUESS, work, row.email, address)
    row.tries += 1
    await work.session.flush()
    if not hmac.compare_digest(row.code_hash, _hash(row, given.code)):
        await _note_wrong(work, purpose, row.person_id, address)
        left = MAX_TRIES - row.tries
        return CodeRefused(Reason.WRONG if left else Reason.DEAD, left)
    # A form may come again because of its other fields.
    row.tries -= 1
    row.proved_at = work.now
    await forgive(work.session, counters.account, counters.place)
    # A letter that was asked for in earnest: a whole office may register in a morning.
    sent = await _counters(work.session, LETTER, row.email, address)
    await forgive(work.session, sent.account, sent.place)
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


async def _counters(
    session: AsyncSession, kind: str, email: str, address: str
) -> Counters:
    return await find_counters(session, kind, fold_email(email), address)


async def _count(kind: str, work: Work, email: str | None, address: str) -> Counters:
    """Counts before anything is looked at; nothing is kept where one has to wait."""
    counters = await _counters(work.session, kind, email or "", address)
    both = [counters.account, counters.place]
    subjects = both if email is not None else [counters.place]
    refuse_early(await count_try(work.session, subjects, work.now))
    return counters


async def _send(work: Work, row: Code, flow: str) -> Flow:
    code = new_code()
    valid = Purpose(row.purpose).valid
    row.tries = 0
    row.proved_at = None
    row.sent_at = work.now
    row.expires_at = work.now + valid
    is_real = row.letter.startswith(CODE_LETTER)
    right = _hash(row, code)
    row.code_hash = right if is_real else secrets.token_bytes(len(right))
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
        secrets={"code": code} if is_real else {},
        expires_at=row.expires_at if is_real else None,
        once=f"{event}{secrets.token_hex(8)}",
    )
    await queue_letter(work.session, letter, work.now)
    seconds = timedelta(seconds=1)
    return Flow(flow, valid // seconds, RESEND_AFTER // seconds)


def _hash(row: Code, code: str) -> bytes:
    """The code in its flow: the same digits in another one have another hash."""
    message = b"\0".join((row.purpose.encode(), row.flow_hash, code.encode()))
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
