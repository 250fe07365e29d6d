"""The second step of signing in: a code of the phone, or one from the drawer."""

from fintrack.core.errors import NotSignedIn, TooManyTries
from fintrack.core.text import message_id
from fintrack.services.commands import NOBODY, Work, ask, command, perform, question
from fintrack.services.factor.pending import Pending, close_pending, find_pending
from fintrack.services.factor.proving import find_code_counters, use_code
from fintrack.services.locks import CODE, WrongTry, note_wrong_try
from fintrack.services.sessions import Browser, open_session
from fintrack.services.sign_in import SignedIn, SignInRefused
from fintrack.services.tries import (
    count_try,
    forgive,
    refuse_early,
    waiting,
)

# Too late, finished before, or ended by a new password: no stranger learns which.
OVER = message_id("This sign-in is over. Please sign in again.")


async def take_second_step(
    pending: bytes, code: str, browser: Browser
) -> SignedIn | SignInRefused:
    """Opens the session of a pending sign-in whose code is right.

    ``pending`` is the hash of the token that the first step gave the browser;
    ``browser`` has a new one for its session.

    Raises:
        NotSignedIn: the first step is too long ago, was followed up, or never was.
    """
    try:
        # Read first: whoever must wait is refused without a unit of work.
        await ask(browser.stranger, check_code_wait, pending, browser)
        done = await perform(browser.stranger, finish_sign_in, pending, code, browser)
    except TooManyTries as refusal:
        return SignInRefused(refusal.retry_after)
    return done.value


@question("session.check_code_wait", roles=NOBODY)
async def check_code_wait(work: Work, pending: bytes, browser: Browser) -> None:
    """Passes a try that need not wait.

    Raises:
        NotSignedIn: as ``take_second_step`` does.
        TooManyTries: for the person's factor or for the address.
    """
    found = await _find(work, pending)
    counters = await find_code_counters(work.session, found.person_id, browser)
    refuse_early(await waiting(work.session, counters.names, work.now))


@command("session.finish", roles=NOBODY, final="a session is ended, not undone")
async def finish_sign_in(
    work: Work, pending: bytes, code: str, browser: Browser
) -> SignedIn | SignInRefused:
    """Counts the try, judges the code, and opens the session of a right one.

    Raises:
        NotSignedIn: as ``take_second_step`` does.
        TooManyTries: others were faster; it is not counted and leaves no mark.
    """
    found = await _find(work, pending)
    person_id = found.person_id
    if not await judge_code(work, person_id, code, browser):
        return SignInRefused()
    if not await close_pending(work.session, pending):
        raise NotSignedIn(OVER)
    await open_session(
        work, person_id, found.ledger_id, browser, proof="password and code"
    )
    return SignedIn(person_id)


async def judge_code(
    work: Work,
    person_id: int,
    code: str,
    browser: Browser,
    *,
    purpose: str = "session.finish",
) -> bool:
    """Whether a code is right; counted before it is judged, a wrong one is noted.

    The person is told by mail when further tries have to wait; ``purpose`` is the
    command that the code is for.

    Raises:
        TooManyTries: it is not counted and leaves no mark.
    """
    counters = await find_code_counters(work.session, person_id, browser)
    refuse_early(await count_try(work.session, counters.names, work.now))
    if await use_code(work, person_id, code):
        await forgive(work.session, counters.account, counters.place)
        return True
    wrong = WrongTry(person_id, browser.address, counters.account, purpose, CODE)
    await note_wrong_try(work.session, work.now, wrong)
    return False


async def _find(work: Work, pending: bytes) -> Pending:
    found = await find_pending(work.session, pending, work.now)
    if found is None:
        raise NotSignedIn(OVER)
    return found
