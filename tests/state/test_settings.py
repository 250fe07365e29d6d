import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fintrack.core.notices import FIRST_ON
from fintrack.services import blobs, session_directory
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.people import PersonSettings, configure, find_settings
from fintrack.services.pictures import change_picture
from fintrack.services.sessions import SessionView
from fintrack.state.appearance import AppearanceState
from fintrack.state.notices import NoticesState
from fintrack.state.settings import SettingsState
from tests.core.test_picture import picture
from tests.services.people import behind
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab

FORM = {
    "first_name": "Ada",
    "last_name": "King",
    "language": "en",
    "time_zone": "Europe/Istanbul",
    "base_currency": "TRY",
    "week_starts_on": "6",
    "month_starts_on": "15",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[None]:
    """Where pictures are kept."""
    blobs.install(blobs.FolderBlobStore(tmp_path / "blobs", bytes(32)))
    yield
    blobs.install(None)


@pytest.fixture
async def ada(tab: Tab) -> SessionView:
    view = await open_session("ada")
    tab.cookie = "fintrack=ada"
    return view


async def test_form_is_kept(tab: Tab, ada: SessionView) -> None:
    await tab.send(SettingsState.load)
    await tab.send(SettingsState.save, form=FORM)
    kept = await ask(ada.actor, find_settings)
    assert {name: str(getattr(kept, name)) for name in FORM} == FORM
    assert "Your settings are saved." in tab.shown


async def test_zone_that_a_program_kept_is_offered_and_stays(
    tab: Tab, ada: SessionView
) -> None:
    before = await ask(ada.actor, find_settings)
    await perform(ada.actor, configure, replace(before, time_zone="EST"))
    await tab.send(SettingsState.load)
    assert '"EST"' in tab.shown
    await tab.send(SettingsState.save, form={**FORM, "time_zone": "EST"})
    assert (await ask(ada.actor, find_settings)).time_zone == "EST"


async def test_zone_that_is_not_offered_any_more_is_shown(
    home: Database, tab: Tab, ada: SessionView
) -> None:
    await behind(home, "UPDATE person SET time_zone = 'localtime'")
    await tab.send(SettingsState.load)
    assert '"localtime"' in tab.shown
    await tab.send(SettingsState.save, form={**FORM, "time_zone": "localtime"})
    assert (await ask(ada.actor, find_settings)).time_zone == "localtime"


async def test_new_language_is_spoken_at_once(tab: Tab, ada: SessionView) -> None:
    assert ada.language == "en"
    await tab.send(SettingsState.load)
    assert "Monday" in tab.shown
    await tab.send(SettingsState.save, form={**FORM, "language": "tr"})
    await tab.send(SettingsState.load)
    assert "Pazartesi" in tab.shown


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", ""),
        ("week_starts_on", "9" * 5000),
        ("language", "xx"),
        ("time_zone", "Mars"),
        ("base_currency", "eur"),
        ("week_starts_on", "x"),
        ("month_starts_on", "31"),
    ],
)
async def test_field_that_cannot_be_is_told_and_nothing_is_kept(
    tab: Tab, ada: SessionView, field: str, value: str
) -> None:
    before = await ask(ada.actor, find_settings)
    await tab.send(SettingsState.load)
    tab.deltas.clear()
    await tab.send(SettingsState.save, form={**FORM, field: value})
    assert field in tab.shown
    assert await ask(ada.actor, find_settings) == before


@pytest.fixture
async def clash(tab: Tab, ada: SessionView) -> SessionView:
    """Ada's form is sent, and another tab was faster."""
    await tab.send(SettingsState.load)
    seen = await ask(ada.actor, find_settings)
    await perform(ada.actor, configure, replace(seen, last_name="King"))
    tab.deltas.clear()
    await tab.send(SettingsState.save, form={**FORM, "last_name": "Byron"})
    return ada


async def _last_name(ada: SessionView) -> str:
    return (await ask(ada.actor, find_settings)).last_name


async def test_form_of_an_older_tab_overwrites_nothing(
    tab: Tab, clash: SessionView
) -> None:
    assert await _last_name(clash) == "King"
    for label, mine, theirs in (
        ("Last name", "Byron", "King"),
        ("Base currency", "TRY Turkish Lira", "EUR Euro"),
        ("Weeks start on", "Sunday", "Monday"),
    ):
        row = {"label": label, "mine": mine, "theirs": theirs}
        assert json.dumps(row) in tab.shown
    assert '"label": "First name"' not in tab.shown


async def test_ones_own_version_is_kept_on_demand(tab: Tab, clash: SessionView) -> None:
    await tab.send(SettingsState.keep_mine)
    typed = {**FORM, "last_name": "Noel"}
    await tab.send(SettingsState.save, form=typed)
    kept = await ask(clash.actor, find_settings)
    own = {name: str(getattr(kept, name)) for name in FORM}
    assert own == typed
    assert "Your settings are saved." in tab.shown


async def test_version_of_the_other_tab_is_taken_on_demand(
    tab: Tab, clash: SessionView
) -> None:
    tab.deltas.clear()
    await tab.send(SettingsState.take_theirs)
    assert '"last_name": "King"' in tab.shown
    assert '"differences_rx_state_": []' in tab.shown
    assert await _last_name(clash) == "King"
    await tab.send(SettingsState.save, form={**FORM, "last_name": "Noel"})
    assert await _last_name(clash) == "Noel"


async def test_third_version_clashes_again(tab: Tab, clash: SessionView) -> None:
    seen = await ask(clash.actor, find_settings)
    await perform(clash.actor, configure, replace(seen, last_name="Milbanke"))
    tab.deltas.clear()
    await tab.send(SettingsState.keep_mine)
    await tab.send(SettingsState.save, form={**FORM, "last_name": "Byron"})
    assert await _last_name(clash) == "Milbanke"
    assert '"theirs": "Milbanke"' in tab.shown


async def test_choice_without_a_clash_changes_nothing(
    tab: Tab, ada: SessionView
) -> None:
    before = await ask(ada.actor, find_settings)
    await tab.send(SettingsState.load)
    tab.deltas.clear()
    await tab.send(SettingsState.keep_mine)
    await tab.send(SettingsState.take_theirs)
    assert await ask(ada.actor, find_settings) == before
    assert "last_name" not in tab.shown


async def test_what_the_form_does_not_show_is_no_clash(
    tab: Tab, ada: SessionView
) -> None:
    await tab.send(SettingsState.load)
    seen = await ask(ada.actor, find_settings)
    off = replace(seen, appearance="dark", notices=())
    await perform(ada.actor, configure, off)
    # What both wrote is none either.
    await tab.send(SettingsState.save, form={**FORM, **_shown(seen)})
    kept = await ask(ada.actor, find_settings)
    assert (kept.appearance, kept.notices) == ("dark", ())
    assert _shown(kept) == _shown(seen)
    assert "Your settings are saved." in tab.shown


async def test_switch_of_another_tab_is_no_clash_with_what_is_typed(
    tab: Tab, ada: SessionView
) -> None:
    await tab.send(SettingsState.load)
    await tab.send(NoticesState.turn, name=FIRST_ON[0], is_on=False)
    await tab.send(SettingsState.save, form={**FORM, "last_name": "Byron"})
    kept = await ask(ada.actor, find_settings)
    assert (kept.last_name, kept.notices) == ("Byron", FIRST_ON[1:])
    assert '"theirs"' not in tab.shown


async def test_appearance_is_chosen_beside_the_form(tab: Tab, ada: SessionView) -> None:
    await tab.send(SettingsState.load)
    await tab.send(AppearanceState.keep, appearance="dark")
    await tab.send(SettingsState.save, form={**FORM, "last_name": "Byron"})
    kept = await ask(ada.actor, find_settings)
    assert (kept.appearance, kept.last_name) == ("dark", "Byron")
    assert '"theirs"' not in tab.shown


def _shown(settings: PersonSettings) -> dict[str, str]:
    return {name: str(getattr(settings, name)) for name in FORM}


async def test_language_of_the_other_tab_is_spoken_at_once(
    tab: Tab, ada: SessionView
) -> None:
    await tab.send(SettingsState.load)
    seen = await ask(ada.actor, find_settings)
    await perform(ada.actor, configure, replace(seen, language="tr"))
    await tab.send(SettingsState.save, form=FORM)
    await tab.send(SettingsState.take_theirs)
    assert "fintrack_language=tr" in str(tab.scripts)


async def test_new_picture_is_shown_in_the_menu(
    tab: Tab, ada: SessionView, store: None
) -> None:
    del store

    async def file() -> AsyncIterator[bytes]:
        yield picture("PNG")

    await tab.send(SettingsState.load)
    tab.deltas.clear()
    await change_picture(ada.actor, file())
    session_directory.current().forget_person(ada.person_id)
    await tab.send(SettingsState.picture_changed, is_kept=True)
    assert "/api/v1/me/picture?of=picture-" in tab.shown
    assert "Your picture is kept." in tab.shown


async def test_books_count_in_any_currency_that_has_not_ended(
    tab: Tab, ada: SessionView
) -> None:
    await tab.send(SettingsState.load)
    await tab.send(SettingsState.look_up, words="solana")
    assert "SOL Solana" in tab.shown
    await tab.send(SettingsState.save, form={**FORM, "base_currency": "SOL"})
    assert (await ask(ada.actor, find_settings)).base_currency == "SOL"
    await tab.send(SettingsState.save, form={**FORM, "base_currency": "DEM"})
    assert (await ask(ada.actor, find_settings)).base_currency == "SOL"
