"""Where a second factor is demanded, page events lead to setting one up."""

from typing import Any

import pytest

from fintrack.core import routes
from fintrack.services.commands import perform
from fintrack.services.factor.enrolling import confirm_enrolment
from fintrack.services.sessions import SessionView
from fintrack.state.entry import EntryState
from tests.conftest import Clock
from tests.services.factor.phone import scan
from tests.services.test_sessions import open_session
from tests.state.conftest import HYDRATE, Tab
from tests.state.test_guard import ProbeState, calls

__all__ = ["calls"]
pytestmark = pytest.mark.usefixtures("factor_for_all")


@pytest.fixture
async def view(tab: Tab) -> SessionView:
    """Ada, signed in with her password alone."""
    view = await open_session("ada")
    tab.cookie = "fintrack=ada"
    return view


async def enrol(view: SessionView, clock: Clock) -> None:
    phone = await scan(view.actor, clock)
    await perform(view.actor, confirm_enrolment, phone.code)


@pytest.mark.usefixtures("view")
async def test_event_leads_to_setting_the_factor_up(tab: Tab, calls: list[Any]) -> None:
    await tab.send(ProbeState.pay, amount=5)
    assert calls == []
    assert f"{routes.ENROL}?next=" in str(tab.scripts)


@pytest.mark.usefixtures("view")
async def test_what_strangers_may_do_is_open(tab: Tab, calls: list[Any]) -> None:
    await tab.send(HYDRATE)
    await tab.send(ProbeState.look, ratio=1)
    assert calls == [1]


async def test_live_tab_goes_on_once_the_factor_is_there(
    tab: Tab, calls: list[Any], view: SessionView, clock: Clock
) -> None:
    await tab.send(ProbeState.pay, amount=5)
    await enrol(view, clock)
    await tab.send(ProbeState.pay, amount=5)
    assert calls == [(5, False)]


@pytest.mark.usefixtures("view")
async def test_page_stays_with_who_lacks_the_factor(tab: Tab) -> None:
    await tab.send(EntryState.open_enrolment)
    assert not tab.scripts
    assert "is_ready" in tab.shown


async def test_page_goes_on_to_what_was_asked_for_once_it_is_there(
    tab: Tab, view: SessionView, clock: Clock
) -> None:
    await enrol(view, clock)
    tab.path = "/second-factor?next=/transactions"
    await tab.send(EntryState.open_enrolment)
    assert "/transactions" in str(tab.scripts)
    tab.path = "/second-factor?next=https://evil.example/"
    await tab.send(EntryState.open_enrolment)
    assert "evil" not in str(tab.scripts)


async def test_page_sends_strangers_to_the_sign_in(tab: Tab) -> None:
    await tab.send(EntryState.open_enrolment)
    assert "/signin" in str(tab.scripts)
