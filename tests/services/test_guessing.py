"""Guessing passwords: at one account, and at many; the owners always have a way in."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import TooManyTries
from fintrack.services.codes import CodeRefused, GivenCode
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.locks import tell_locks
from fintrack.services.new_people import Added
from fintrack.services.password_reset import Reset, choose_password
from fintrack.services.registration import finish_registration
from fintrack.services.sessions import (
    find_session,
    hash_token,
    new_token,
    note_seen,
)
from fintrack.services.sign_in import SignedIn, SignIn, SignInRefused, sign_in
from tests.conftest import Clock
from tests.services.mailed import DEFNE, letters, mailed_code, register, right
from tests.services.people import ADDRESS, GOOD, browser, set_up
from tests.services.test_password_reset import forget

ADA = "ada@example.org"
WRONG = "wrong wrong wrong wrong"
NEW = "five slow barges under Ghent"
GUESSES = 200
EVE = "eve@example.org"
LATER = SignInRefused(30)
OFFICE = "198.51.100.250"


@pytest.fixture
async def ada(home: Database) -> Added:
    assert home
    return await set_up()


async def guess(
    email: str, address: str, password: str = WRONG, mark: bytes = b""
) -> object:
    given = SignIn(email, password)
    return await sign_in(given, browser(new_token(), address, mark))


async def add_eve(home: Database) -> int:
    """She registered at home."""
    flow = await register(replace(DEFNE, email=EVE), "192.0.2.200")
    there = browser(new_token(), "192.0.2.200")
    given = await right(home, flow)
    added = (await perform(ANONYMOUS, finish_registration, given, there)).value
    assert isinstance(added, Added)
    return added.person_id


async def judged(home: Database) -> int:
    """How many passwords were looked at and found wrong."""
    async with home.reading() as session:
        refused = text("SELECT count(*) FROM security_event WHERE kind = 'refused'")
        return int(await session.scalar(refused) or 0)


async def test_of_200_passwords_for_one_account_five_are_looked_at(
    home: Database, ada: Added
) -> None:
    """From as many places: what counts is whose account it is."""
    assert isinstance(await guess(ADA, ADDRESS, GOOD, b"hers"), SignedIn)
    for n in range(GUESSES):
        answer = await guess(ADA, f"198.51.100.{n}")
        assert answer == (SignInRefused() if n < 5 else LATER)
    assert await judged(home) == 5
    await tell_locks()
    assert ("account.locked", ADA) in await letters(home)
    assert await guess(ADA, ADDRESS, GOOD, b"hers") == SignedIn(ada.person_id)


async def test_of_one_password_for_each_of_200_accounts_twenty_are_looked_at(
    home: Database, ada: Added
) -> None:
    """From one place: what counts is who asks, and nobody else has to wait."""
    for n in range(GUESSES):
        answer = await guess(f"person{n}@example.org", "198.51.100.1")
        assert answer == (SignInRefused() if n < 20 else LATER)
    assert await judged(home) == 20
    assert await guess(ADA, "198.51.100.1", GOOD) == LATER
    assert await guess(ADA, "192.0.2.7", GOOD) == SignedIn(ada.person_id)


async def test_typos_before_right_passwords_make_nobody_at_the_address_wait(
    home: Database, ada: Added
) -> None:
    """Ada mistypes before each sign-in, in a new browser each time; then Eve comes."""
    eve = await add_eve(home)
    for _ in range(30):
        assert await guess(ADA, OFFICE) == SignInRefused()
        assert await guess(ADA, OFFICE, GOOD) == SignedIn(ada.person_id)
    assert await guess(EVE, OFFICE, GOOD) == SignedIn(eve)


async def test_known_browser_is_held_up_by_nobody_at_its_address(
    ada: Added, clock: Clock
) -> None:
    """A stranger there guesses at hers and at others' accounts, all day long."""
    assert await guess(ADA, OFFICE, GOOD, b"hers") == SignedIn(ada.person_id)
    for n in range(GUESSES):
        await guess(f"person{n}@example.org", OFFICE)
        await guess(ADA, OFFICE, mark=b"stranger's")
        clock.advance(minutes=7)
    assert isinstance(await guess(ADA, OFFICE, GOOD, b"new"), SignInRefused)
    assert await guess(ADA, OFFICE, GOOD, b"hers") == SignedIn(ada.person_id)


async def test_known_browser_waits_for_what_was_tried_in_it(ada: Added) -> None:
    assert await guess(ADA, OFFICE, GOOD, b"hers") == SignedIn(ada.person_id)
    for n in range(9):
        answer = await guess(ADA, f"198.51.100.{n}", mark=b"hers")
        assert answer == (SignInRefused() if n < 5 else LATER)
    assert await guess(ADA, OFFICE, GOOD, b"hers") == LATER


async def test_thief_of_a_password_has_twenty_marks_at_most(
    ada: Added, clock: Clock
) -> None:
    """They signed in with more before it was changed; she is at work meanwhile."""
    hers = SignIn(ADA, GOOD)
    assert isinstance(await sign_in(hers, browser("hers", OFFICE, b"hers")), SignedIn)
    marks = [f"thief's {n}".encode() for n in range(25)]
    for mark in marks:
        clock.advance(seconds=1)
        assert isinstance(await guess(ADA, OFFICE, GOOD, mark), SignedIn)
    clock.advance(minutes=1)
    view = await ask(ANONYMOUS, find_session, hash_token("hers"))
    assert view is not None
    await note_seen(view)
    answers = [await guess(ADA, OFFICE, mark=mark) for mark in marks for _ in range(6)]
    # Nineteen beside hers, and what all the others share.
    assert answers.count(SignInRefused()) == 20 * 5
    assert await guess(ADA, OFFICE, GOOD, b"hers") == SignedIn(ada.person_id)


async def test_known_browser_that_waits_is_let_in_by_mail(
    home: Database, ada: Added
) -> None:
    assert await guess(ADA, OFFICE, GOOD, b"hers") == SignedIn(ada.person_id)
    for _ in range(6):
        await guess(ADA, OFFICE, mark=b"hers")
    given = await right(home, await forget(address=OFFICE))
    await choose_password(given, NEW, OFFICE, mark_hash=b"hers")
    assert await guess(ADA, OFFICE, NEW, b"hers") == SignedIn(ada.person_id)


async def test_own_sign_ins_and_a_known_browser_buy_no_guesses_at_others(
    home: Database, ada: Added
) -> None:
    """Eve knows her own password and guesses at 200 accounts in between."""
    assert ada
    eve = await add_eve(home)
    answers = []
    for n in range(GUESSES):
        if n < 20:
            assert await guess(EVE, OFFICE, GOOD, b"e") == SignedIn(eve)
        answers.append(await guess(f"person{n}@example.org", OFFICE, mark=b"e"))
    assert answers == [SignInRefused()] * 20 + [LATER] * (GUESSES - 20)


async def test_wait_of_an_address_tells_not_who_was_there(ada: Added) -> None:
    """Somebody there cannot see by it whose e-mail has an account."""
    assert await guess(ADA, OFFICE, GOOD, b"hers") == SignedIn(ada.person_id)
    for n in range(20):
        await guess(f"person{n}@example.org", OFFICE)
    assert await guess(ADA, OFFICE) == await guess("nobody@example.org", OFFICE)


async def test_wait_of_an_account_tells_not_who_was_at_an_address(ada: Added) -> None:
    """Somebody at her office makes it wait from elsewhere, then tries it there."""
    assert await guess(ADA, OFFICE, GOOD, b"hers") == SignedIn(ada.person_id)
    answers = []
    for email in (ADA, "nobody@example.org"):
        for n in range(5):
            await guess(email, f"198.51.100.{n}")
        answers.append(await guess(email, OFFICE))
    assert answers == [LATER, LATER]


async def test_victim_at_a_new_place_gets_in_by_mail_while_the_guessing_goes_on(
    home: Database, ada: Added, clock: Clock
) -> None:
    for n in range(GUESSES):
        await guess(ADA, f"198.51.100.{n}")
    assert await guess(ADA, "192.0.2.44", GOOD) == LATER
    given = await right(home, await forget(address="192.0.2.44"))
    await choose_password(given, NEW, "192.0.2.44", mark_hash=b"new")
    clock.advance(minutes=1)
    for n in range(GUESSES):
        await guess(ADA, f"198.51.100.{n}")
    assert await guess(ADA, "192.0.2.44", NEW, b"new") == SignedIn(ada.person_id)


async def test_victim_at_a_new_place_gets_in_while_all_ways_in_are_flooded(
    home: Database, ada: Added, clock: Clock
) -> None:
    """Passwords, letters and codes, each from an address that was never seen."""
    strangers = (f"198.18.{n // 250}.{n % 250}" for n in range(9000))
    assert isinstance(await guess(ADA, ADDRESS, GOOD, b"hers"), SignedIn)
    for _ in range(15):
        await flood(strangers)
        clock.advance(minutes=1)
    await flood(strangers)
    assert isinstance(await guess(ADA, "192.0.2.44", GOOD), SignInRefused)
    hers = await forget(address="192.0.2.44")
    assert (hers.expires_in, hers.resend_in) >= (300, 30)
    await flood(strangers)
    # The code that a stranger asked for: hers as well.
    given = GivenCode(hers.token, await mailed_code(home))
    clock.advance(minutes=4)
    await flood(strangers)
    done = await choose_password(given, NEW, "192.0.2.44", mark_hash=b"new")
    assert done == Reset(ada.person_id)
    await flood(strangers)
    assert await guess(ADA, "192.0.2.44", NEW, b"new") == SignedIn(ada.person_id)


async def flood(strangers: Iterator[str]) -> None:
    for _ in range(6):
        await guess(ADA, next(strangers))
        with suppress(TooManyTries):
            theirs = await forget(address=next(strangers))
            tried = GivenCode(theirs.token, "ABCDEFGH2345")
            answer = await choose_password(tried, WRONG, next(strangers))
            assert isinstance(answer, CodeRefused)
