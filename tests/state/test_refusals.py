"""What is refused to a page event leaves its mark, with where it came from."""

from dataclasses import replace
from typing import Any

import pytest
import reflex as rx
from sqlalchemy import Row, text

from fintrack.core.actor import Role
from fintrack.core.errors import NotFound
from fintrack.core.rate_limits import LIMITS, Kind
from fintrack.services import rate_limiter
from fintrack.services.commands import ask
from fintrack.services.database import Database
from fintrack.services.ledger.accounts import find_account
from fintrack.state import guard
from fintrack.state.access import needs
from fintrack.state.session import actor_of
from tests.conftest import Clock
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab


class ReachingState(rx.State):
    """Handlers of which the guard refuses one, and a verb another."""

    @rx.event
    @needs(Role.OPERATOR)
    def approve(self) -> None:
        raise AssertionError

    @rx.event
    def rest(self) -> None:
        """Does nothing."""

    @rx.event
    async def reach(self) -> None:
        elsewhere = replace(await actor_of(self), ledger_id=99)
        with pytest.raises(NotFound):
            await ask(elsewhere, find_account, 1)


@pytest.fixture
async def here(tab: Tab) -> Tab:
    """Ada, an admin, with Firefox."""
    await open_session("ada")
    tab.cookie = "fintrack=ada"
    tab.address, tab.device = "203.0.113.9", "Firefox"
    return tab


async def newest_event(home: Database) -> Row[Any]:
    async with home.reading() as session:
        newest = text("SELECT * FROM security_event ORDER BY id DESC LIMIT 1")
        return (await session.execute(newest)).one()


@pytest.mark.parametrize(
    ("handler", "code"),
    [(ReachingState.approve, "not-allowed"), (ReachingState.reach, "not-found")],
)
async def test_refused_event_tells_address_and_device(
    here: Tab, home: Database, handler: object, code: str
) -> None:
    await here.send(handler)
    await here.turned_away.tell()
    event = await newest_event(home)
    assert (event.kind, event.address) == ("refused", "203.0.113.9")
    assert (event.detail["code"], event.detail["device"]) == (code, "Firefox")
    assert event.person_id


async def test_address_is_that_of_the_event_and_not_of_the_one_before(
    here: Tab, home: Database
) -> None:
    await here.send(ReachingState.reach)
    here.address = "198.51.100.4"
    await here.send(ReachingState.reach)
    await here.turned_away.tell()
    assert (await newest_event(home)).address == "198.51.100.4"


async def test_refusals_of_an_hour_are_told_with_their_own_address(
    here: Tab, home: Database, clock: Clock
) -> None:
    await here.send(ReachingState.reach)
    here.address = "198.51.100.4"
    for _ in range(4):
        await here.send(ReachingState.reach)
        await here.turned_away.tell()
    clock.advance(hours=1)
    await here.turned_away.tell()
    event = await newest_event(home)
    assert (event.address, event.detail["times"]) == ("198.51.100.4", "3")


async def test_each_refusal_of_the_staff_area_is_told_where_staff_ask(
    here: Tab, home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ada is an admin: none of these pages is closed to her."""
    monkeypatch.setattr(guard, "access_of", lambda *_: frozenset({Role.OPERATOR}))
    for _ in range(3):
        await here.send(ReachingState.rest)
    async with home.reading() as session:
        events = text("SELECT detail FROM security_event WHERE kind = 'refused'")
        details = list(await session.scalars(events))
    assert ["times" in detail for detail in details] == [False] * 3


async def test_flood_of_events_is_told_with_who_and_where(
    here: Tab, home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(LIMITS[Kind.EVENT], per_account=3)
    monkeypatch.setattr(rate_limiter, "LIMITS", {**LIMITS, Kind.EVENT: few})
    for _ in range(6):
        await here.send(ReachingState.rest)
    await here.turned_away.tell()
    event = await newest_event(home)
    assert (event.kind, event.address) == ("refused-flood", "203.0.113.9")
    assert event.person_id
    assert event.detail["times"] == "3"
    assert event.detail["asked"].endswith(".rest")
