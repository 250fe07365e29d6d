"""What the page of sessions shows, and what never comes to it."""

import pytest

from fintrack.services.commands import perform
from fintrack.services.own_sessions import end_other_sessions
from fintrack.services.sign_in import SignIn, sign_in
from fintrack.state.security import SecurityState
from tests.conftest import Clock
from tests.services.factor.phone import Phone, enrol
from tests.services.people import GOOD, browser
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab


@pytest.fixture
async def phone(tab: Tab, clock: Clock) -> Phone:
    tab.cookie = "fintrack=ada"
    return await enrol(clock)


async def test_factor_is_told_and_its_secret_is_not(tab: Tab, phone: Phone) -> None:
    await tab.send(SecurityState.load)
    assert "On since Today, 12:00. 10 recovery codes are left." in tab.shown
    for secret in (phone.secret, *phone.codes):
        assert secret not in tab.shown


async def test_sessions_are_shown_with_this_one_marked(tab: Tab) -> None:
    view = await open_session("ada")
    given = SignIn("ada@example.org", GOOD)
    await sign_in(given, browser("other", "192.0.2.8"))
    tab.cookie = "fintrack=ada"
    await tab.send(SecurityState.load)
    assert "192.0.2.8 · last used: Today, 12:00" in tab.shown
    assert tab.shown.count('"is_this": true') == 1
    await perform(view.actor, end_other_sessions)
    tab.deltas.clear()
    await tab.send(SecurityState.load)
    assert "192.0.2.8" not in tab.shown


async def test_other_tab_of_an_ended_session_is_sent_away(
    tab: Tab, clock: Clock
) -> None:
    """A live socket keeps its cookie; it is refused within five seconds."""
    desk = (await open_session("desk")).actor
    given = SignIn("ada@example.org", GOOD)
    await sign_in(given, browser("ada"))
    tab.cookie = "fintrack=ada"
    await tab.send(SecurityState.load)
    assert "last used" in tab.shown
    await perform(desk, end_other_sessions)
    clock.advance(seconds=5)
    tab.deltas.clear()
    await tab.send(SecurityState.load)
    assert "last used" not in tab.shown
    assert "/signin?next=" in str(tab.scripts)
