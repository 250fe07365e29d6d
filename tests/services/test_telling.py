"""People are told what happened to their account, by their own clock."""

import pytest
from sqlalchemy import text

from fintrack.services.database import Database
from fintrack.services.sign_in import SignIn, sign_in
from tests.conftest import Clock
from tests.services.mail.letters import outbox
from tests.services.mailed import letters
from tests.services.people import browser, set_up

pytestmark = pytest.mark.database
ADA = "ada@example.org"


async def guess(address: str) -> None:
    given = SignIn(ADA, "wrong wrong wrong wrong")
    await sign_in(given, browser("x", address))


async def test_lock_is_told_by_mail_once_a_day(home: Database, clock: Clock) -> None:
    await set_up()
    for n in range(8):
        await guess(f"198.51.100.{n}")
        clock.advance(minutes=15 if n > 3 else 0)
    assert await letters(home) == [("account.locked", ADA)]
    clock.advance(days=1)
    for n in range(5):
        await guess(f"203.0.113.{n}")
    assert await letters(home) == [("account.locked", ADA)] * 2


async def test_letter_says_when_and_from_where(home: Database) -> None:
    await set_up()
    for _ in range(5):
        await guess("198.51.100.7")
    (letter,) = await outbox(home)
    assert letter.plain == {
        "name": "Ada",
        "when": "November 18, 2026, 12:00\u202fPM (UTC)",
        "address": "198.51.100.7",
    }


async def test_guesses_at_nobody_are_told_to_nobody(home: Database) -> None:
    for _ in range(5):
        await guess("198.51.100.7")
    assert await letters(home) == []
    async with home.reading() as session:
        counted = await session.scalar(text("SELECT max(failures) FROM try_counter"))
    assert counted == 5
