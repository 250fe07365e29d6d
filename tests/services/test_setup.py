"""The first admin is made once."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS, Actor, Role
from fintrack.core.errors import Conflict, NotAllowed
from fintrack.services import setup
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.sign_in import SignedIn, SignIn, sign_in
from tests.services.mailed import letters
from tests.services.people import GOOD, admin, browser, set_up

pytestmark = pytest.mark.usefixtures("home")


async def test_setup_is_open_until_somebody_is_here() -> None:
    assert await ask(ANONYMOUS, setup.is_open)
    await set_up()
    assert not await ask(ANONYMOUS, setup.is_open)


async def test_setup_tells_the_first_admin_of_no_new_device(home: Database) -> None:
    """Neither the browser that set up nor, there again, its next sign-in is new."""
    desk = replace(browser("token"), mark_hash=b"desk")
    await perform(ANONYMOUS, setup.create_first_admin, await admin(), desk)
    given = SignIn("ada@example.org", GOOD)
    again = replace(browser("again"), mark_hash=b"desk")
    assert isinstance(await sign_in(given, again), SignedIn)
    assert await letters(home) == []


async def test_two_setups_at_once_give_one_winner(home: Database) -> None:
    attempts = [
        perform(
            ANONYMOUS,
            setup.create_first_admin,
            await admin(email=f"{n}@example.org"),
            browser(f"token {n}"),
        )
        for n in range(4)
    ]
    ends = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(end, Conflict) for end in ends) == 3
    async with home.reading() as session:
        count = "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM ledger)"
        assert (await session.execute(text(count))).one() == (1, 1)


async def test_person_may_not_make_a_first_admin() -> None:
    made = await set_up()
    with pytest.raises(NotAllowed):
        await perform(
            Actor(made.person_id, Role.ADMIN),
            setup.create_first_admin,
            await admin(email="eve@example.org"),
            None,
        )
