"""A browser that was here before is known; another one is told of by mail."""

from dataclasses import replace

import pytest

from fintrack.services.database import Database
from fintrack.services.sessions import hash_token, sweep_sessions
from fintrack.services.sign_in import SignedIn, SignIn, sign_in
from tests.conftest import Clock
from tests.services.mail.letters import outbox
from tests.services.people import GOOD, browser, set_up

pytestmark = pytest.mark.usefixtures("home")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"


async def enter(token: str, mark: str = "", address: str = "203.0.113.7") -> None:
    at = replace(
        browser(token, address),
        device=FIREFOX,
        mark_hash=hash_token(mark) if mark else b"",
    )
    outcome = await sign_in(SignIn("ada@example.org", GOOD), at)
    assert isinstance(outcome, SignedIn)


async def told(home: Database) -> list[dict[str, str]]:
    rows = await outbox(home)
    return [row.plain for row in rows if row.kind == "account.new_device"]


async def test_first_sign_in_of_all_tells_nothing(home: Database) -> None:
    await set_up()
    await enter("one", "desk")
    assert await told(home) == []


async def test_known_browser_at_another_place_tells_nothing(home: Database) -> None:
    await set_up()
    await enter("one", "desk")
    await enter("two", "desk", "192.0.2.99")
    assert await told(home) == []


async def test_other_browser_is_told_of_once(home: Database) -> None:
    await set_up()
    await enter("one", "desk")
    await enter("two", "thief", "192.0.2.99")
    await enter("three", "thief", "192.0.2.99")
    letter, *more = await told(home)
    assert more == []
    assert letter["device"] == "Firefox on Linux"
    assert letter["address"] == "192.0.2.99"
    assert letter["name"] == "Ada"
    assert "2026" in letter["when"]


async def test_sign_in_after_a_long_absence_is_told_of(
    home: Database, clock: Clock
) -> None:
    """The sessions of before are swept, and the browser is not known any more."""
    await set_up()
    await enter("one", "desk")
    clock.advance(days=110)
    assert await sweep_sessions() == 1
    await enter("two", "thief", "192.0.2.99")
    (letter,) = await told(home)
    assert letter["address"] == "192.0.2.99"


async def test_program_is_known_by_its_name_and_place(home: Database) -> None:
    await set_up()
    await enter("one", "desk")
    await enter("two")
    assert await told(home) == []
    await enter("three", address="192.0.2.99")
    assert len(await told(home)) == 1
