import pytest

from fintrack.state import entry
from fintrack.state.entry import EntryState
from tests.services.people import set_up
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab

ASKS_FOR_CODE = '"needs_code_rx_state_": true'


async def test_without_anybody_sign_in_leads_to_the_setup(tab: Tab) -> None:
    await tab.send(EntryState.open_sign_in)
    assert "/setup" in str(tab.scripts)


async def test_setup_opens_and_asks_a_stranger_for_the_code(tab: Tab) -> None:
    await tab.send(EntryState.open_setup)
    assert ASKS_FOR_CODE in tab.shown
    assert "is_ready" in tab.shown


@pytest.mark.parametrize("is_announced", [False, True])
async def test_setup_asks_at_this_machine_only_where_others_reach_the_house(
    tab: Tab, *, is_announced: bool
) -> None:
    tab.address = "127.0.0.1"
    entry.install(is_announced=is_announced)
    await tab.send(EntryState.open_setup)
    entry.install(is_announced=False)
    assert "is_ready" in tab.shown
    assert (ASKS_FOR_CODE in tab.shown) is is_announced


async def test_setup_is_closed_after_the_first_person(tab: Tab) -> None:
    await set_up()
    await tab.send(EntryState.open_setup)
    assert "/signin" in str(tab.scripts)
    assert "is_ready" not in tab.shown


async def test_sign_in_page_stays_for_somebody_without_session(tab: Tab) -> None:
    await set_up()
    await tab.send(EntryState.open_sign_in)
    assert not tab.scripts


@pytest.mark.parametrize("is_open", [True, False])
async def test_page_knows_whether_people_may_register(
    tab: Tab, *, is_open: bool
) -> None:
    await set_up()
    entry.install(is_announced=False, registration_is_open=is_open)
    await tab.send(EntryState.open_sign_in)
    entry.install(is_announced=False)
    assert ('"takes_people_rx_state_": true' in tab.shown) is is_open


async def test_signed_in_person_is_led_to_the_dashboard(tab: Tab) -> None:
    await open_session("ada")
    tab.cookie = "fintrack=ada"
    await tab.send(EntryState.open_sign_in)
    assert "/signin" not in str(tab.scripts)
    assert "/setup" not in str(tab.scripts)
    assert tab.scripts


@pytest.mark.parametrize(
    ("asked", "opened"),
    [
        ("/accounts%3Fx%3D1", "/accounts?x=1"),
        ("//evil.example", "'/'"),
        ("https://evil.example", "'/'"),
    ],
)
async def test_tab_with_a_renewed_cookie_comes_back_to_its_page(
    tab: Tab, asked: str, opened: str
) -> None:
    await open_session("ada")
    tab.cookie = "fintrack=ada"
    tab.path = f"/signin?next={asked}"
    await tab.send(EntryState.open_sign_in)
    assert opened in str(tab.scripts)
    assert "evil" not in str(tab.scripts)
