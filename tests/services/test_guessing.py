"""Guessing passwords: at one account, and at many; the owners always have a way in."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import text

from fintrack.core.errors import TooManyTries
from fintrack.services.codes import CodeRefused, GivenCode
from fintrack.services.database import Database
from fintrack.services.locks import tell_locks
from fintrack.services.new_people import Added
from fintrack.services.password_reset import Reset, choose_password
from fintrack.services.sessions import new_token
from fintrack.services.sign_in import SignedIn, SignIn, SignInRefused, sign_in
from tests.conftest import Clock
from tests.services.mailed import letters, mailed_code, right
from tests.services.people import ADDRESS, GOOD, browser, set_up
from tests.services.test_password_reset import forget

ADA = "ada@example.org"
WRONG = "wrong wrong wrong wrong"
NEW = "five slow barges under Ghent"
GUESSES = 200
LATER = SignInRefused(30)


@pytest.fixture
async def ada(home: Database) -> Added:
    assert home
    return await set_up()


async def guess(email: str, address: str, password: str = WRONG) -> object:
    given = SignIn(email, password)
    return await sign_in(given, browser(new_token(), address))


async def judged(home: Database) -> int:
    """How many passwords were looked at and found wrong."""
    async with home.reading() as session:
        refused = text("SELECT count(*) FROM security_event WHERE kind = 'refused'")
        return int(await session.scalar(refused) or 0)


async def test_of_200_passwords_for_one_account_five_are_looked_at(
    home: Database, ada: Added
) -> None:
    """From as many places: what counts is whose account it is."""
    assert isinstance(await guess(ADA, ADDRESS, GOOD), SignedIn)
    for n in range(GUESSES):
        answer = await guess(ADA, f"198.51.100.{n}")
        assert answer == (SignInRefused() if n < 5 else LATER)
    assert await judged(home) == 5
    await tell_locks()
    assert ("account.locked", ADA) in await letters(home)
    assert await guess(ADA, ADDRESS, GOOD) == SignedIn(ada.person_id)


async def test_of_one_password_for_each_of_200_accounts_five_are_looked_at(
    home: Database, ada: Added
) -> None:
    """From one place: what counts is who asks, and nobody else has to wait."""
    for n in range(GUESSES):
        answer = await guess(f"person{n}@example.org", "198.51.100.1")
        assert answer == (SignInRefused() if n < 5 else LATER)
    assert await judged(home) == 5
    assert await guess(ADA, "198.51.100.1", GOOD) == LATER
    assert await guess(ADA, "192.0.2.7", GOOD) == SignedIn(ada.person_id)


async def test_victim_at_a_new_place_gets_in_by_mail_while_the_guessing_goes_on(
    home: Database, ada: Added, clock: Clock
) -> None:
    for n in range(GUESSES):
        await guess(ADA, f"198.51.100.{n}")
    assert await guess(ADA, "192.0.2.44", GOOD) == LATER
    given = await right(home, await forget(address="192.0.2.44"))
    await choose_password(given, NEW, "192.0.2.44")
    clock.advance(minutes=1)
    for n in range(GUESSES):
        await guess(ADA, f"198.51.100.{n}")
    assert await guess(ADA, "192.0.2.44", NEW) == SignedIn(ada.person_id)


async def test_victim_at_a_new_place_gets_in_while_all_ways_in_are_flooded(
    home: Database, ada: Added, clock: Clock
) -> None:
    """Passwords, letters and codes, each from an address that was never seen."""
    strangers = (f"198.18.{n // 250}.{n % 250}" for n in range(9000))
    assert isinstance(await guess(ADA, ADDRESS, GOOD), SignedIn)
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
    assert await choose_password(given, NEW, "192.0.2.44") == Reset(ada.person_id)
    await flood(strangers)
    assert await guess(ADA, "192.0.2.44", NEW) == SignedIn(ada.person_id)


async def flood(strangers: Iterator[str]) -> None:
    for _ in range(6):
        await guess(ADA, next(strangers))
        with suppress(TooManyTries):
            theirs = await forget(address=next(strangers))
            tried = GivenCode(theirs.token, "ABCDEFGH2345")
            answer = await choose_password(tried, WRONG, next(strangers))
            assert isinstance(answer, CodeRefused)
