"""Where a second factor is demanded, who has none gets as far as setting one up."""

import pytest

from fintrack.core.actor import ANONYMOUS, Actor, Role
from fintrack.core.errors import SecondFactorNeeded
from fintrack.core.factor_demand import FactorDemand
from fintrack.services import gate
from fintrack.services.commands import ask, perform, registry
from fintrack.services.database import Database
from fintrack.services.factor.enrolling import (
    confirm_enrolment,
    find_factor,
    switch_off,
)
from fintrack.services.ledger.accounts import list_accounts
from fintrack.services.own_sessions import list_sessions
from fintrack.services.session_directory import SessionDirectory
from fintrack.services.sessions import (
    SessionView,
    end_session,
    find_session,
    hash_token,
)
from fintrack.services.staff.finding import list_people
from tests.api.test_registry import verbs
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.factor.phone import scan
from tests.services.test_sessions import open_session


@pytest.fixture
async def ada(home: Database, factor_for_all: None) -> SessionView:
    """Ada, signed in with her password alone."""
    assert home
    assert factor_for_all is None
    return await open_session("ada")


async def lacks() -> bool:
    view = await ask(ANONYMOUS, find_session, hash_token("ada"))
    assert view is not None
    return view.lacks_factor


async def enrol(actor: Actor, clock: Clock) -> None:
    phone = await scan(actor, clock)
    await perform(actor, confirm_enrolment, phone.code)


def test_only_these_verbs_are_open_before_the_factor_is_set_up() -> None:
    """Read as an attacker who has a password and no phone."""
    assert verbs() >= gate.ENROLLING
    opened = {name for name, spec in registry().items() if spec.access.enrolling}
    assert opened == {
        "factor.begin",
        "factor.confirm",
        "factor.find",
        "program.start",
        "session.end",
        "session.prove",
    }


async def test_books_and_account_are_closed_without_the_factor(
    ada: SessionView,
) -> None:
    for question in (list_accounts, list_sessions):
        with pytest.raises(SecondFactorNeeded):
            await ask(ada.actor, question)
    assert not (await ask(ada.actor, find_factor)).is_on


async def test_everything_is_open_once_the_first_code_is_confirmed(
    ada: SessionView, clock: Clock
) -> None:
    phone = await scan(ada.actor, clock)
    assert await lacks()
    await perform(ada.actor, confirm_enrolment, phone.code)
    assert not await lacks()
    assert len(await ask(ada.actor, list_sessions)) == 1


async def test_factor_that_is_switched_off_closes_everything_again(
    ada: SessionView, clock: Clock
) -> None:
    """A phone is exchanged so: off, and the next one set up."""
    await enrol(ada.actor, clock)
    await perform(ada.actor, switch_off)
    with pytest.raises(SecondFactorNeeded):
        await ask(ada.actor, list_sessions)
    await enrol(ada.actor, clock)
    assert len(await ask(ada.actor, list_sessions)) == 1


async def test_person_without_the_factor_may_leave(ada: SessionView) -> None:
    await perform(ada.actor, end_session, hash_token("ada"))
    assert await ask(ANONYMOUS, find_session, hash_token("ada")) is None


async def test_who_lacks_the_factor_is_asked_anew_each_time(
    ada: SessionView, clock: Clock
) -> None:
    """No process keeps anybody waiting who has set theirs up by another one."""
    directory = SessionDirectory()
    before = await directory.find("ada")
    await enrol(ada.actor, clock)
    after = await directory.find("ada")
    assert before
    assert after
    assert (before.lacks_factor, after.lacks_factor) == (True, False)


async def test_demand_for_staff_leaves_other_people_alone(
    home: Database, books: Books
) -> None:
    """Somebody who is given a role is asked from then on."""
    gate.demand_factor(FactorDemand.STAFF)
    admin = await make_person(home, "eve@example.org", Role.ADMIN)
    try:
        assert await ask(books.actor, list_accounts) is not None
        with pytest.raises(SecondFactorNeeded):
            await ask(admin.actor, list_people)
        with pytest.raises(SecondFactorNeeded):
            await ask(admin.actor, list_accounts)
    finally:
        gate.demand_factor(FactorDemand.OFFERED)


async def test_factor_is_only_offered_unless_it_is_demanded(books: Books) -> None:
    assert await ask(books.actor, list_accounts) is not None
