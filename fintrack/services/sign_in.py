"""Signing in with e-mail and password: count the try, verify, open the session.

Somebody with a second factor gets no session yet but a pending sign-in, which
``second_step`` finishes.

The three steps are separate so that no transaction is open while argon2 works. They
stay safe side by side: the try is counted before it is judged, and the session opens
only if the hash that was verified is still the person's.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS
from fintrack.core.email_address import fold_email
from fintrack.core.errors import Busy, TooManyTries
from fintrack.services import database, faults, passwords
from fintrack.services.commands import NOBODY, Work, ask, command, perform, question
from fintrack.services.factor.pending import open_pending
from fintrack.services.factor.proving import is_on
from fintrack.services.locks import PASSWORD, WrongTry, note_wrong_try
from fintrack.services.places import Counters, find_counters
from fintrack.services.refusals import Refused
from fintrack.services.sessions import Browser, open_session
from fintrack.services.tries import (
    count_try,
    forgive,
    refuse_early,
    waiting,
)

KIND = "sign-in"

_CREDENTIALS = text(
    "SELECT id, password_hash FROM person "
    "WHERE email_folded = :email AND suspended_at IS NULL"
)
_UNCHANGED = text(
    "SELECT p.id, l.id AS ledger_id FROM person p JOIN ledger l ON l.owner_id = p.id "
    "WHERE p.id = :id AND p.password_hash = :seen AND p.suspended_at IS NULL "
    "ORDER BY l.id LIMIT 1 FOR UPDATE OF p"
)
_REHASH = text("UPDATE person SET password_hash = :new WHERE id = :id")


@dataclass(frozen=True, slots=True)
class SignIn:
    """What somebody gives to sign in."""

    email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The session is open."""

    person_id: int


@dataclass(frozen=True, slots=True)
class SecondStepNeeded:
    """The password was right; the browser's token now stands for a pending sign-in."""


@dataclass(frozen=True, slots=True)
class SignInRefused(Refused):
    """No session; ``retry_after`` is in seconds, 0 when one may try again at once.

    A wrong try was counted, and stays so.
    """

    retry_after: int = 0


@dataclass(frozen=True, slots=True)
class Try:
    """A try: whom it may be, and the two counters that it raises."""

    person_id: int | None
    password_hash: str = field(repr=False)
    account: str
    place: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A verified try: the hash that was seen, and a stronger one if it was weak."""

    admitted: Try
    new_hash: str = field(repr=False, default="")


async def sign_in(
    given: SignIn, browser: Browser
) -> SignedIn | SecondStepNeeded | SignInRefused:
    """Opens a session for ``browser``, or refuses without saying what was wrong."""
    proof = await prove(given, browser)
    if isinstance(proof, SignInRefused):
        return proof
    async with forgiven_if_told_to_wait(proof):
        return (await perform(ANONYMOUS, start_session, proof, browser)).value


async def prove(
    given: SignIn, browser: Browser, *, purpose: str = "session.start"
) -> Proof | SignInRefused:
    """Counts the try and verifies the password; what it is good for comes after.

    ``purpose`` is the command that the person was about to give, within
    ``forgiven_if_told_to_wait``.

    Raises:
        Busy: too many passwords are being verified; the try is not counted.
    """
    email = fold_email(given.email)
    try:
        # Read first: whoever must wait is refused without a unit of work.
        counters = await ask(ANONYMOUS, check_wait, email, browser)
        with passwords.take_turn() as turn:
            begun = await perform(ANONYMOUS, begin_try, email, counters)
            stored = begun.value.password_hash
            verdict = await turn.verify(given.password, stored)
    except TooManyTries as refusal:
        return SignInRefused(refusal.retry_after)
    if not verdict.right:
        wrong = _wrong(begun.value, browser.address, purpose)
        home = database.current()
        with faults.explained():
            async with home.unit_of_work() as session:
                await note_wrong_try(session, home.clock(), wrong)
        return SignInRefused()
    return Proof(begun.value, verdict.new_hash)


@asynccontextmanager
async def forgiven_if_told_to_wait(proof: Proof) -> AsyncIterator[None]:
    """Holds what a right password is good for.

    Whoever is told there to come again, and does, must not lock themselves out by it.
    """
    try:
        yield
    except (Busy, TooManyTries):
        with faults.explained():
            async with database.current().unit_of_work() as session:
                await forgive(session, proof.admitted.account, proof.admitted.place)
        raise


@question("session.check_wait", roles=NOBODY)
async def check_wait(work: Work, email: str, browser: Browser) -> Counters:
    """The counters of a try that need not wait, for an e-mail known or not.

    Raises:
        TooManyTries: for the account or for the address.
    """
    counters = await find_counters(
        work.session, KIND, email, browser.address, browser.mark_hash
    )
    refuse_early(await waiting(work.session, counters.names, work.now))
    return counters


@command("session.try", roles=NOBODY, final="a try that was made stays counted")
async def begin_try(work: Work, email: str, counters: Counters) -> Try:
    """Counts a try for the account and for the address, known or not.

    Raises:
        TooManyTries: others were faster; it is not counted and leaves no mark.
    """
    refuse_early(await count_try(work.session, counters.names, work.now))
    found = await work.session.execute(_CREDENTIALS, {"email": email})
    row = found.one_or_none()
    return Try(
        person_id=None if row is None else int(row.id),
        password_hash="" if row is None else str(row.password_hash),
        account=counters.account,
        place=counters.place,
    )


@command("session.start", roles=NOBODY, final="a session is ended, not undone")
async def start_session(
    work: Work, proof: Proof, browser: Browser
) -> SignedIn | SecondStepNeeded | SignInRefused:
    """Opens the session of a verified try, unless the password changed meanwhile.

    The person's row stays locked: a change of the password comes before, or ends what
    is opened here.
    """
    admitted = proof.admitted
    found = await work.session.execute(
        _UNCHANGED, {"id": admitted.person_id, "seen": admitted.password_hash}
    )
    row = found.one_or_none()
    if row is None:
        wrong = _wrong(admitted, browser.address, "session.start")
        await note_wrong_try(work.session, work.now, wrong)
        return SignInRefused()
    if proof.new_hash:
        await work.session.execute(_REHASH, {"id": row.id, "new": proof.new_hash})
    await forgive(work.session, admitted.account, admitted.place)
    if await is_on(work.session, row.id):
        await open_pending(work, row.id, row.ledger_id, browser)
        return SecondStepNeeded()
    await open_session(work, row.id, row.ledger_id, browser)
    return SignedIn(row.id)


def _wrong(made: Try, address: str, purpose: str) -> WrongTry:
    return WrongTry(made.person_id, address, made.account, purpose, PASSWORD)
