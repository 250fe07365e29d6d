"""What is chosen on one device is kept for the others."""

import pytest

from fintrack.services.commands import ask
from fintrack.services.people import find_settings
from fintrack.state.appearance import AppearanceState
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab


@pytest.mark.parametrize(
    ("chosen", "kept"), [("dark", "dark"), ("system", "system"), ("pink", "")]
)
async def test_choice_is_kept_in_the_account(tab: Tab, chosen: str, kept: str) -> None:
    ada = await open_session("ada")
    tab.cookie = "fintrack=ada"
    await tab.send(AppearanceState.keep, appearance=chosen)
    after = await ask(ada.actor, find_settings)
    assert after.appearance == kept
    # Whoever comes back to a tab at once is told the new one.
    tab.deltas.clear()
    await tab.send(AppearanceState.keep, appearance="pink")
    assert ('"appearance' in tab.shown) == bool(kept)
