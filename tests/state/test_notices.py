"""Each switch is kept at once, and nothing else is switched by it."""

import pytest

from fintrack.core.notices import FIRST_ON
from fintrack.services.commands import ask
from fintrack.services.people import find_settings
from fintrack.services.sessions import SessionView
from fintrack.state.notices import NoticesState
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab

WEEKLY = "WeeklySpendingSummary.email"


@pytest.fixture
async def ada(tab: Tab) -> SessionView:
    view = await open_session("ada")
    tab.cookie = "fintrack=ada"
    return view


async def kept(ada: SessionView) -> set[str]:
    return set((await ask(ada.actor, find_settings)).notices)


async def test_switch_goes_off_and_on(tab: Tab, ada: SessionView) -> None:
    await tab.send(NoticesState.load)
    assert f'"{WEEKLY}": true' in tab.shown
    await tab.send(NoticesState.turn, name=WEEKLY, is_on=False)
    assert await kept(ada) == set(FIRST_ON) - {WEEKLY}
    assert f'"{WEEKLY}": false' in tab.shown
    await tab.send(NoticesState.turn, name=WEEKLY, is_on=True)
    assert await kept(ada) == set(FIRST_ON)


@pytest.mark.parametrize(
    "name", ["Debts.email", "", "EnableDesktopNotifications.email"]
)
async def test_what_is_always_told_cannot_be_switched(
    tab: Tab, ada: SessionView, name: str
) -> None:
    await tab.send(NoticesState.turn, name=name, is_on=True)
    assert "There is no such switch." in tab.shown
    assert await kept(ada) == set(FIRST_ON)
