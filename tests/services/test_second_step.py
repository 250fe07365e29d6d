"""With a second factor the password alone opens nothing."""

import asyncio

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import NotSignedIn
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.factor.enrolling import confirm_enrolment, switch_off
from fintrack.services.locks import tell_locks
from fintrack.services.password_reset import Reset, choose_password
from fintrack.services.second_step import take_second_step
from fintrack.services.sessions import find_session, hash_token, new_token
from fintrack.services.sign_in import (
    SecondStepNeeded,
    SignedIn,
    SignIn,
    SignInRefused,
    sign_in,
)
from fintrack.services.step_up import Again, Proved, step_up
from fintrack.services.trail.own import list_own_trail
from tests.conftest import Clock
from tests.services.factor.phone import Phone, begin, enrol
from tests.services.mailed import letters, right
from tests.services.people import ADDRESS, GOOD, browser
from tests.services.test_password_reset import forget

pytestmark = pytest.mark.usefixtures("home")
ELSEWHERE = "198.51.100.7"
FIRST = "step"
SECOND = "new"
LOCKED = ("account.codes_guessed", "ada@example.org")


@pytest.fixture
async def phone(clock: Clock) -> Phone:
    phone = await enrol(clock)
    clock.advance(seconds=30)
    return phone


async def password(
    token: str = FIRST,
    given: str = GOOD,
    address: str = ADDRESS,
    mark: bytes = b"",
) -> SignedIn | SecondStepNeeded | SignInRefused:
    credentials = SignIn("ada@example.org", given)
    return await sign_in(credentials, browser(token, address, mark))


async def second(
    code: str,
    token: str = SECOND,
    *,
    pending: str = FIRST,
    address: str = ADDRESS,
    mark: bytes = b"",
) -> SignedIn | SignInRefused:
    here = browser(token, address, mark)
    return await take_second_step(hash_token(pending), code, here)


async def is_in(token: str) -> bool:
    return await ask(ANONYMOUS, find_session, hash_token(token)) is not None


async def test_right_password_is_half_a_sign_in(phone: Phone) -> None:
    assert await password() == SecondStepNeeded()
    assert not await is_in("step")
    assert await second(phone.code) == SignedIn(phone.actor.person_id or 0)
    assert await is_in("new")
    assert not await is_in("step")


async def test_event_says_by_which_proof_somebody_came_in(
    phone: Phone, home: Database
) -> None:
    await password()
    await second(phone.code)
    async with home.reading() as session:
        proofs = text(
            "SELECT detail ->> 'proof' FROM security_event "
            "WHERE kind = 'sign-in' ORDER BY id"
        )
        assert list(await session.scalars(proofs)) == ["password", "password and code"]


async def test_right_password_alone_is_told_to_whose_it_is(phone: Phone) -> None:
    await password()
    newest = (await ask(phone.actor, list_own_trail)).traces[0]
    assert (newest.what, newest.address) == ("sign-in-begun", ADDRESS)


async def test_wrong_password_says_nothing_of_the_factor(phone: Phone) -> None:
    assert await password(given="wrong wrong wrong") == SignInRefused()
    with pytest.raises(NotSignedIn):
        await second(phone.code)


async def test_half_a_sign_in_is_finished_once(phone: Phone) -> None:
    await password()
    assert isinstance(await second(phone.code), SignedIn)
    with pytest.raises(NotSignedIn, match=r"^This sign-in is over\."):
        await second(phone.next_code(), "other")
    assert not await is_in("other")


async def test_two_codes_at_once_open_one_session(phone: Phone) -> None:
    await password()
    both = await asyncio.gather(
        second(phone.code, "a"), second(phone.codes[0], "b"), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in both) == ["NotSignedIn", "SignedIn"]


async def test_code_belongs_to_the_browser_that_gave_the_password(phone: Phone) -> None:
    await password()
    for token in ("", "guess", "new"):
        with pytest.raises(NotSignedIn):
            await second(phone.code, pending=token)


async def test_after_five_minutes_the_password_is_asked_for_again(
    phone: Phone, clock: Clock
) -> None:
    await password()
    clock.advance(minutes=5)
    with pytest.raises(NotSignedIn, match=r"^This sign-in is over\."):
        await second(phone.code)


async def test_code_of_this_sign_in_is_not_good_for_the_next(phone: Phone) -> None:
    """Whoever looked over the shoulder has the password and a code that was used."""
    await password()
    code = phone.code
    assert isinstance(await second(code), SignedIn)
    await password("again")
    assert await second(code, "thief", pending="again") == SignInRefused()
    assert not await is_in("thief")


async def test_recovery_code_signs_in_once(phone: Phone) -> None:
    await password()
    assert isinstance(await second(phone.codes[3].lower()), SignedIn)
    await password("again")
    assert await second(phone.codes[3], "x", pending="again") == SignInRefused()


async def test_guessing_all_codes_takes_longer_than_anybody_lives(
    phone: Phone, clock: Clock
) -> None:
    """The password opens a new try as often as one likes; the counter stays."""
    judged = 0
    for n in range(60):
        await password(f"step {n}", address=ELSEWHERE)
        outcome = await second(
            phone.wrong, pending=f"step {n}", address=f"198.51.100.{n}"
        )
        judged += outcome == SignInRefused()
        clock.advance(minutes=1)
    assert judged <= 12


async def test_resets_buy_who_reads_the_mail_no_further_codes(
    phone: Phone, home: Database
) -> None:
    """Each in a browser that proves the e-mail anew, while the clock stands still."""
    answers: list[object] = []
    for n in range(21):
        mark, token = f"thief's {n}".encode(), f"step {n}"
        given = await right(home, await forget(address=ELSEWHERE))
        done = await choose_password(given, GOOD, ELSEWHERE, mark_hash=mark)
        assert isinstance(done, Reset)
        assert await password(token, address=ELSEWHERE, mark=mark) == SecondStepNeeded()
        codes = [phone.wrong] * 5 if n < 20 else [phone.code]
        for code in codes:
            answer = await second(code, pending=token, address=ELSEWHERE, mark=mark)
            answers.append(answer)
    assert answers.count(SignInRefused()) == 5
    assert answers[-1] == SignInRefused(30)


async def test_marks_from_before_the_factor_buy_no_further_codes(clock: Clock) -> None:
    """A thief of the password signed in with many, before its owner had a factor."""
    phone = await begin(clock)
    marks = [f"thief's {n}".encode() for n in range(4)]
    for mark in marks:
        assert isinstance(await password(new_token(), mark=mark), SignedIn)
        clock.advance(seconds=1)
    await perform(phone.actor, confirm_enrolment, phone.code)
    clock.advance(seconds=30)
    answers: list[object] = []
    for n, mark in enumerate(marks):
        token = f"step {n}"
        assert await password(token, mark=mark) == SecondStepNeeded()
        codes = [phone.wrong] * 5
        answers += [await second(c, pending=token, mark=mark) for c in codes]
    assert answers.count(SignInRefused()) == 5
    assert answers[-1] == SignInRefused(30)


async def test_mark_that_proved_a_code_by_step_up_waits_for_no_stranger(
    clock: Clock,
) -> None:
    phone = await begin(clock)
    await password("hers", mark=b"hers")
    view = await ask(ANONYMOUS, find_session, hash_token("hers"))
    assert view is not None
    await perform(view.actor, confirm_enrolment, phone.code)
    code, again = phone.next_code(), browser("hers too", mark=b"hers")
    assert await step_up(view.actor, view.email, Again(GOOD, code), again) == Proved()
    await password()
    for _ in range(5):
        await second(phone.wrong)
    await password("mine", mark=b"hers")
    code = phone.next_code()
    hers = await second(code, "in", pending="mine", mark=b"hers")
    assert isinstance(hers, SignedIn)


async def test_guessing_leaves_the_owner_a_way_in(phone: Phone) -> None:
    await password(mark=b"hers")
    assert isinstance(await second(phone.code, mark=b"hers"), SignedIn)
    for n in range(7):
        await password(f"step {n}", address=ELSEWHERE)
        await second(phone.wrong, pending=f"step {n}", address=ELSEWHERE)
    await password("new browser")
    late = await second(phone.codes[0], pending="new browser")
    assert late == SignInRefused(30)
    await password("mine", mark=b"hers")
    hers = await second(phone.codes[0], "in", pending="mine", mark=b"hers")
    assert isinstance(hers, SignedIn)


async def test_wrong_codes_are_counted_and_noted(phone: Phone, home: Database) -> None:
    await password()
    for _ in range(5):
        assert await second(phone.wrong) == SignInRefused()
    assert await second(phone.code) == SignInRefused(retry_after=30)
    async with home.reading() as session:
        noted = text("SELECT count(*) FROM security_event WHERE kind = 'refused'")
        assert await session.scalar(noted) == 5


async def test_owner_is_told_once_that_somebody_guesses_codes(
    phone: Phone, home: Database, clock: Clock
) -> None:
    """Who guesses codes has the password already."""
    await password()
    for _ in range(4):
        await second(phone.wrong)
    await tell_locks()
    assert LOCKED not in await letters(home)
    for n in range(4):
        await password(f"step {n}")
        assert await second(phone.wrong, pending=f"step {n}") == SignInRefused()
        await tell_locks()
        clock.advance(minutes=15)
    assert (await letters(home)).count(LOCKED) == 1


async def test_factor_that_was_switched_off_meanwhile_opens_nothing(
    phone: Phone,
) -> None:
    await password()
    await perform(phone.actor, switch_off)
    assert await second(phone.code) == SignInRefused()
    assert isinstance(await password("plain"), SignedIn)
