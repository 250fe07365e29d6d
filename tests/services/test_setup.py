"""The first admin is made once."""

import asyncio

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS, Actor, Role
from fintrack.core.errors import Conflict, InvalidInput, NotAllowed
from fintrack.services import setup
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from tests.services.people import GOOD, admin, browser, set_up

pytestmark = pytest.mark.usefixtures("home")


async def test_setup_is_open_until_somebody_is_here() -> None:
    assert await ask(ANONYMOUS, setup.is_open)
    await set_up()
    assert not await ask(ANONYMOUS, setup.is_open)


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


async def test_every_finding_is_named_beside_its_field() -> None:
    given = setup.FirstAdmin(" ", "", "nobody", time_zone="Mars/Base")
    with pytest.raises(InvalidInput) as refused:
        await setup.prepare_first_admin(given, "short")
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"first_name", "email", "password", "time_zone"}


async def test_good_input_is_tidied_and_its_password_hashed() -> None:
    given = setup.FirstAdmin(" Ada ", "", " ada@example.org ")
    ready = await setup.prepare_first_admin(given, GOOD)
    assert (ready.first_name, ready.email) == ("Ada", "ada@example.org")
    assert ready.password_hash.startswith("$argon2id$")
    assert ready.password_hash not in repr(ready)
