"""The page of consents: the texts of today, and every yes that was given."""

import pytest

from fintrack.core import consents
from fintrack.core.consents import TERMS, TERMS_VERSION
from fintrack.services.commands import ask, perform
from fintrack.services.consents import give_consent, list_consents
from fintrack.services.sessions import SessionView
from fintrack.state.consents import ConsentsState
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab


@pytest.fixture
async def ada(tab: Tab) -> SessionView:
    view = await open_session("ada")
    tab.cookie = "fintrack=ada"
    return view


async def test_text_that_changed_is_asked_for_and_the_old_yes_is_told(
    tab: Tab, ada: SessionView, monkeypatch: pytest.MonkeyPatch
) -> None:
    await perform(ada.actor, give_consent, TERMS, TERMS_VERSION)
    monkeypatch.setitem(consents.CURRENT, TERMS, "2028-01")
    await tab.send(ConsentsState.load)
    assert f"Version {TERMS_VERSION}, read in English · Today, 12:00" in tab.shown
    assert '"is_agreed": true' not in tab.shown
    await tab.send(ConsentsState.agree, subject=TERMS)
    assert "Your consent is kept." in tab.shown
    assert '"is_agreed": true' in tab.shown
    versions = [one.text_version for one in await ask(ada.actor, list_consents)]
    assert sorted(versions) == [TERMS_VERSION, "2028-01"]


async def test_text_that_is_none_is_not_agreed_to(tab: Tab, ada: SessionView) -> None:
    await tab.send(ConsentsState.agree, subject="everything")
    assert "There is no such text." in tab.shown
    assert await ask(ada.actor, list_consents) == ()
