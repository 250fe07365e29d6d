"""The list of accounts and its forms, driven as a page drives them."""

from datetime import date
from types import SimpleNamespace

import pytest

from fintrack.core.chart import AccountType
from fintrack.core.entries import Entry, transfer
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import (
    AccountChange,
    edit_account,
    list_accounts,
)
from fintrack.state.accounts import AccountsState
from tests.books import Books, money
from tests.services.rates.observing import observe
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab
from tests.state.desk import sit_down


@pytest.fixture
async def page(books: Books) -> AccountsState:
    state = await (await sit_down(books)).state(AccountsState)
    await state.load()
    return state


def form(**values: str) -> dict[str, str]:
    return {
        "name": "Everyday",
        "type": "Checking",
        "currency": "EUR",
        "opening": "",
        "opened_on": "2026-11-01",
        "note": "",
        **values,
    }


async def test_books_without_accounts_say_so(page: AccountsState) -> None:
    assert page.is_empty
    assert not page.is_loading


async def test_address_asks_for_the_form_of_a_new_account(
    page: AccountsState, monkeypatch: pytest.MonkeyPatch
) -> None:
    await page.load()
    assert page.form == ""
    asked = SimpleNamespace(url=SimpleNamespace(query_parameters={"new": "1"}))
    monkeypatch.setattr(AccountsState, "router", asked)
    await page.load()
    assert page.form == "new"


async def test_whoever_came_to_import_goes_on_into_the_new_account(
    page: AccountsState, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    await page.start_new()
    assert await page.save_new(form()) is None
    asked = SimpleNamespace(url=SimpleNamespace(query_parameters={"then": "import"}))
    monkeypatch.setattr(AccountsState, "router", asked)
    await page.start_new()
    assert await page.save_new(form(name="")) is None
    gone_to = str(await page.save_new(form(name="Second")))
    (second,) = [
        one for one in await ask(books.actor, list_accounts) if one.name == "Second"
    ]
    assert f"/import?account={second.id}" in gone_to


async def test_total_lacks_what_no_rate_brings_there_and_says_so(
    page: AccountsState, books: Books
) -> None:
    await books.open("Everyday", "100 EUR")
    await books.open("Vadesiz", "5000 TRY")
    await books.open("Card", "-40 EUR", kind=AccountType.CREDIT_CARD)
    await page.load()
    assert page.worth.total.major == "60"
    assert [other.amount.major for other in page.worth.others] == ["60", "5,000"]
    assert "₺5,000.00" in page.worth.missing
    assert page.worth.oldest == ""
    checking, cards = page.groups
    assert [total.before for total in checking.totals] == ["€", "₺"]
    assert [row.name for row in cards.rows] == ["Card"]


async def test_totals_are_at_the_rates_of_today(
    page: AccountsState, books: Books
) -> None:
    await books.open("Everyday", "100 EUR")
    await books.open("Dollars", "50 USD")
    await books.open("Loan", "-10 USD", kind=AccountType.LOAN)
    await observe(books.home, "EUR", {date(2026, 1, 1): "0.80"})
    await page.load()
    worth = page.worth
    assert [one.major for one in (worth.total, worth.owned, worth.owed)] == [
        "132",
        "140",
        "8",
    ]
    assert (worth.missing, worth.has_debt) == ("", True)
    assert [total.major for total in page.groups[0].totals] == ["140"]
    assert worth.oldest == "Oldest rate: USD, Jan 1, 2026"


async def test_account_opens_with_what_was_there(
    page: AccountsState, books: Books
) -> None:
    await page.start_new()
    await page.save_new(form(opening="1,200.50"))
    assert page.form == ""
    assert page.notice.text == "Everyday was added."
    assert await books.balance(int(page.groups[0].rows[0].id)) == money("1200.50 EUR")


async def test_positive_debt_on_a_card_is_owed(
    page: AccountsState, books: Books
) -> None:
    await page.start_new()
    await page.choose_type("CreditCard")
    assert page.draft.is_owed
    await page.save_new(form(type="CreditCard", opening="612.48"))
    assert await books.balance(int(page.groups[0].rows[0].id)) == money("-612.48 EUR")


async def test_credit_on_a_card_is_typed_with_a_minus(
    page: AccountsState, books: Books
) -> None:
    await page.start_new()
    await page.save_new(form(type="CreditCard", opening="-20"))
    assert await books.balance(int(page.groups[0].rows[0].id)) == money("20 EUR")


async def test_all_that_is_wrong_is_said_beside_its_field(page: AccountsState) -> None:
    await page.start_new()
    await page.save_new(form(type="Sofa", opening="12,5O", opened_on="soon"))
    assert {*page.errors} == {"type", "opening", "opened_on"}
    assert page.form == "new"


async def test_second_press_of_the_button_opens_no_second_account(
    page: AccountsState,
) -> None:
    await page.start_new()
    await page.save_new(form())
    await page.save_new(form())
    assert len(page.groups[0].rows) == 1


async def test_both_versions_are_shown_when_somebody_was_faster(
    page: AccountsState, books: Books
) -> None:
    account = await books.open("Everyday")
    await page.start_edit(str(account.id))
    other = AccountChange(account.id, account.version, "Household", "Our bank")
    await perform(books.actor, edit_account, other)
    await page.save_edit({"name": "Mine", "note": ""})
    shown = [(one.label, one.mine, one.theirs) for one in page.differences]
    assert shown == [("Name", "Mine", "Household"), ("Note", "", "Our bank")]
    await page.save_edit({"name": "Mine", "note": ""})
    assert page.differences
    (kept,) = await ask(books.actor, list_accounts)
    assert kept.name == "Household"
    await page.keep_mine()
    await page.save_edit({"name": "Ours", "note": ""})
    assert page.groups[0].rows[0].name == "Ours"


async def test_their_version_of_an_account_is_taken(
    page: AccountsState, books: Books
) -> None:
    account = await books.open("Everyday")
    await page.start_edit(str(account.id))
    other = AccountChange(account.id, account.version, "Everyday", "Our bank")
    await perform(books.actor, edit_account, other)
    await page.save_edit({"name": "Everyday", "note": "Mine"})
    await page.take_theirs()
    assert (page.draft.note, page.differences, page.form) == ("Our bank", [], "edit")
    await page.save_edit({"name": "Everyday", "note": "Ours"})
    (kept,) = await ask(books.actor, list_accounts)
    assert kept.note == "Ours"


async def test_same_words_in_two_tabs_are_no_clash(
    page: AccountsState, books: Books
) -> None:
    account = await books.open("Everyday")
    await page.start_edit(str(account.id))
    other = AccountChange(account.id, account.version, "Household")
    await perform(books.actor, edit_account, other)
    await page.save_edit({"name": "Household", "note": ""})
    assert (page.form, page.differences) == ("", [])


async def test_account_with_money_says_why_it_stays_open(
    page: AccountsState, books: Books
) -> None:
    account = await books.open("Everyday", "12 EUR")
    await page.start_edit(str(account.id))
    page.ask_close()
    assert not page.draft.can_close
    assert "€12.00" in page.draft.close_text
    await page.close()
    assert page.errors


async def test_account_with_something_planned_says_why_it_stays_open(
    page: AccountsState, books: Books
) -> None:
    account, other = await books.open("Everyday"), await books.open("Savings")
    later, one = date(2026, 12, 1), money("1 EUR")
    for way in ((account.id, other.id), (other.id, account.id)):
        await books.record(Entry(later, transfer(*way, one, one)))
    await page.start_edit(str(account.id))
    page.ask_close()
    await page.close()
    assert page.form == "close"
    assert "Dec" in page.errors["on"]


async def test_closed_account_can_be_opened_again(
    page: AccountsState, books: Books
) -> None:
    account = await books.open("Everyday")
    await page.start_edit(str(account.id))
    page.ask_close()
    await page.close()
    assert page.groups == []
    assert page.closed_label == "Closed accounts (1)"
    await page.reopen(page.closed[0].id)
    assert [row.name for row in page.groups[0].rows] == ["Everyday"]


async def test_undo_takes_an_account_back(page: AccountsState) -> None:
    await page.start_new()
    await page.save_new(form(opened_on=date(2026, 11, 1).isoformat()))
    opened = page.notice.change
    await page.undo(opened)
    assert page.is_empty
    assert page.notice.undone == opened
    await page.undo(page.notice.change)
    assert not page.is_empty


async def test_turkish_reader_reads_turkish_amounts(books: Books) -> None:
    await books.open("Everyday", "1234.50 EUR")
    state = await (await sit_down(books, language="tr")).state(AccountsState)
    await state.load()
    assert state.worth.total.major == "1.234"
    assert state.worth.total.minor == ",50"


async def test_form_arrives_from_the_wire_as_pairs(tab: Tab) -> None:
    view = await open_session("ada")
    tab.cookie = "fintrack=ada"
    await tab.send(AccountsState.start_new)
    entries = [[name, text] for name, text in form().items()]
    sent = {"__reflex_form_data__": entries}
    await tab.send(AccountsState.save_new, form=sent)
    assert [one.name for one in await ask(view.actor, list_accounts)] == ["Everyday"]


@pytest.mark.usefixtures("billing")
async def test_account_beyond_the_plan_is_refused_in_the_form(
    page: AccountsState, books: Books
) -> None:
    for n in range(5):
        await books.open(f"Account {n}")
    await page.start_new()
    await page.save_new(form())
    assert "plan Free are in use (5)" in page.errors["form"]
    assert page.form == "new"
    assert len(await ask(books.actor, list_accounts)) == 5


async def test_opening_balance_is_entered_later(
    page: AccountsState, books: Books
) -> None:
    card = await books.open("Card", kind=AccountType.CREDIT_CARD)
    await page.start_edit(str(card.id))
    assert (page.draft.opened_with, page.draft.opened_on) == ("", "2026-01-01")
    typed: dict[str, str | None] = {"name": "Card", "note": ""}
    typed |= {"opening": "12x", "opened_on": "soon"}
    await page.save_edit(typed)
    assert {*page.errors} == {"opening", "opened_on"}
    await page.save_edit({**typed, "opening": "12.50", "opened_on": "2025-07-01"})
    assert (page.form, await books.balance(card.id)) == ("", money("-12.50 EUR"))
    await page.start_edit(str(card.id))
    assert "Jul 1, 2025" in page.draft.opened_with
    # Fields that are not there any more change nothing.
    await page.save_edit({**typed, "opening": "99"})
    assert (page.form, await books.balance(card.id)) == ("", money("-12.50 EUR"))
    await page.start_edit(str(card.id))
    await page.save_edit({"name": "Card", "note": "", "opening": None})
    assert (page.form, await books.balance(card.id)) == ("", money("-12.50 EUR"))
