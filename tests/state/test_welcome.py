import pytest

from fintrack.core.formatting import format_money
from fintrack.services.commands import ask
from fintrack.services.first_run import Beginning, find_ledger
from fintrack.services.ledger.accounts import list_accounts
from fintrack.services.ledger.categories import list_categories
from fintrack.services.sessions import SessionView
from fintrack.state.welcome import WelcomeState
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab

FORM = {
    "name": "Everyday",
    "type": "Checking",
    "currency": "TRY",
    "balance": "1,200+34.50",
    "opened_on": "2026-11-18",
}


@pytest.fixture
async def ada(tab: Tab) -> SessionView:
    view = await open_session("ada")
    tab.cookie = "fintrack=ada"
    return view


async def test_fresh_start_opens_the_account_in_its_currency(
    tab: Tab, ada: SessionView
) -> None:
    await tab.send(WelcomeState.load)
    await tab.send(WelcomeState.start_fresh, form=FORM)
    (account,) = await ask(ada.actor, list_accounts)
    assert (account.name, format_money(account.balance, "en")) == (
        "Everyday",
        "₺1,234.50",
    )
    ledger = await ask(ada.actor, find_ledger)
    assert (ledger.started_with, ledger.base_currency) == (Beginning.FRESH, "TRY")
    assert await ask(ada.actor, list_categories)
    (gone_to,) = tab.scripts
    assert "'path': '/'," in gone_to


async def test_debt_on_a_card_is_typed_without_a_minus(
    tab: Tab, ada: SessionView
) -> None:
    await tab.send(WelcomeState.load)
    form = {**FORM, "type": "CreditCard", "balance": "800"}
    await tab.send(WelcomeState.start_fresh, form=form)
    (account,) = await ask(ada.actor, list_accounts)
    assert format_money(account.balance, "en") == "−₺800.00"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "Purse"),
        ("currency", "QQQ"),
        ("balance", "NaN"),
        ("balance", "1e999999"),
        ("balance", "9999999999999999999"),
        ("opened_on", "2026-02-31"),
        ("name", "x" * 200),
    ],
)
async def test_field_that_cannot_be_is_told_and_nothing_is_opened(
    tab: Tab, ada: SessionView, field: str, value: str
) -> None:
    await tab.send(WelcomeState.load)
    tab.deltas.clear()
    await tab.send(WelcomeState.start_fresh, form={**FORM, field: value})
    assert f"{field}" in tab.shown
    assert "errors" in tab.shown
    assert not await ask(ada.actor, list_accounts)
    assert (await ask(ada.actor, find_ledger)).started_with is None


async def test_begun_books_lead_away(tab: Tab, ada: SessionView) -> None:
    await tab.send(WelcomeState.load)
    await tab.send(WelcomeState.start_sample)
    assert (await ask(ada.actor, find_ledger)).started_with is Beginning.SAMPLE
    tab.deltas.clear()
    tab.scripts.clear()
    await tab.send(WelcomeState.load)
    assert tab.scripts
    assert "is_ready" not in tab.shown


async def test_second_click_adds_no_second_sample(tab: Tab, ada: SessionView) -> None:
    await tab.send(WelcomeState.load)
    await tab.send(WelcomeState.start_sample)
    names = [one.name for one in await ask(ada.actor, list_accounts)]
    await tab.send(WelcomeState.start_sample)
    assert [one.name for one in await ask(ada.actor, list_accounts)] == names
