"""A lock is told by a job and not on the way of the answer, and never lost."""

from sqlalchemy import text

from fintrack.jobs.schedule import TIMETABLE
from fintrack.services.database import Database
from fintrack.services.locks import TELL, tell_locks
from fintrack.services.sign_in import SignIn, sign_in
from fintrack.services.step_up import Again, ProofRefused, step_up
from tests.conftest import Clock
from tests.services.factor.phone import enrol
from tests.services.mail.letters import outbox
from tests.services.mailed import letters
from tests.services.people import GOOD, browser, set_up
from tests.services.test_sessions import open_session

ADA = "ada@example.org"
WRONG = "wrong wrong wrong wrong"
REFUSED = text(
    "SELECT detail FROM security_event WHERE kind = 'refused' ORDER BY id DESC LIMIT 1"
)
OTHERS = text(
    "INSERT INTO security_event (at, kind, address, detail) "
    "SELECT :now, 'sign-in', '', '{}' FROM generate_series(1, 10001)"
)


async def guess(address: str) -> None:
    await sign_in(SignIn(ADA, WRONG), browser("x", address))


def test_job_that_an_answer_calls_is_on_the_timetable() -> None:
    assert TELL in {job.name for job in TIMETABLE}


async def test_answer_queues_no_letter_and_the_job_does(
    home: Database, clock: Clock
) -> None:
    """Also hours later, when the process was killed in between."""
    await set_up()
    for _ in range(5):
        await guess("198.51.100.7")
    locked_at = clock.now
    assert await letters(home) == []
    clock.advance(hours=3)
    await tell_locks()
    (letter,) = await outbox(home)
    assert (letter.kind, letter.recipient) == ("account.locked", ADA)
    assert f"{locked_at:%-I:%M}" in letter.plain["when"]
    assert letter.plain["address"] == "198.51.100.7"


async def test_lock_is_told_from_under_ten_thousand_other_events(
    home: Database,
) -> None:
    await set_up()
    for _ in range(5):
        await guess("198.51.100.7")
    async with home.unit_of_work() as session:
        await session.execute(OTHERS, {"now": home.clock()})
    assert await tell_locks() == 1


async def test_four_wrong_passwords_are_told_to_nobody(home: Database) -> None:
    await set_up()
    for _ in range(4):
        await guess("198.51.100.7")
    assert await tell_locks() == 0
    assert await letters(home) == []


async def test_lock_is_told_by_mail_once_a_day(home: Database, clock: Clock) -> None:
    await set_up()
    for n in range(8):
        await guess(f"198.51.100.{n}")
        await tell_locks()
        clock.advance(minutes=15 if n > 3 else 0)
    assert await letters(home) == [("account.locked", ADA)]
    clock.advance(days=1)
    for n in range(5):
        await guess(f"203.0.113.{n}")
    await tell_locks()
    await tell_locks()
    assert await letters(home) == [("account.locked", ADA)] * 2


async def test_guesses_at_nobody_are_told_to_nobody(home: Database) -> None:
    for _ in range(5):
        await guess("198.51.100.7")
    assert await tell_locks() == 0
    assert await letters(home) == []
    async with home.reading() as session:
        counted = await session.scalar(text("SELECT max(failures) FROM try_counter"))
    assert counted == 5


async def test_wrong_codes_in_a_confirmation_are_told_in_their_own_words(
    home: Database, clock: Clock
) -> None:
    phone = await enrol(clock)
    clock.advance(seconds=30)
    for _ in range(5):
        given = Again(GOOD, phone.wrong)
        refused = await step_up(phone.actor, ADA, given, browser("renewed"))
        assert refused == ProofRefused("code")
    await tell_locks()
    told = [kind for kind, _ in await letters(home)]
    assert "account.codes_guessed" in told
    assert "account.locked" not in told


async def test_wrong_password_in_a_confirmation_is_noted_as_one(home: Database) -> None:
    actor = (await open_session("ada")).actor
    await step_up(actor, ADA, Again(WRONG), browser("renewed"))
    async with home.reading() as session:
        detail = await session.scalar(REFUSED)
    assert detail == {"command": "session.prove", "reason": "wrong password"}
