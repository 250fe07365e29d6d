"""The page of one account."""

from datetime import date
from typing import Any

import pytest

from fintrack.core.entries import Entry, transfer
from fintrack.state.account import AccountState
from fintrack.state.accounts import AccountsState
from fintrack.state.importing import ImportState
from fintrack.state.recurring import RecurringState
from fintrack.state.rules import RulesState
from tests.books import Books, money
from tests.services.test_surplus import allow
from tests.state.desk import sit_down


@pytest.fixture
async def page(books: Books, monkeypatch: pytest.MonkeyPatch) -> Any:
    state = await (await sit_down(books)).state(AccountState)

    async def visit(account_id: object) -> AccountState:
        monkeypatch.setattr(
            AccountState, "_wanted", lambda _: str(account_id), raising=True
        )
        await state.load()
        return state

    return visit


async def test_balance_curve_and_movements_are_there(page: Any, books: Books) -> None:
    account = await books.open("Everyday", "100 EUR")
    food = await books.category("Food")
    await books.spend(account.id, food, "30 EUR", date(2026, 11, 10), "Baker")
    state = await page(account.id)
    assert state.card.balance.major == "70"
    assert state.chart.texts[-1] == "€70.00"
    assert (state.movements[0].name, state.movements[0].amount.sign) == ("Baker", "−")
    assert state.card.transactions == f"/transactions?account={account.id}"


async def test_span_of_the_curve_can_be_chosen(page: Any, books: Books) -> None:
    account = await books.open("Everyday", "100 EUR")
    state = await page(account.id)
    await state.choose_span("1m")
    assert len(state.chart.x) == 31
    await state.choose_span("a million years")
    assert state.span == "1m"


async def test_form_of_another_account_is_closed(page: Any, books: Books) -> None:
    one, two = await books.open("One"), await books.open("Two")
    state = await page(one.id)
    await state.start_edit(str(one.id))
    await page(one.id)
    assert state.form == "edit"
    await page(two.id)
    assert state.form == ""


async def test_all_of_the_curve_begins_with_the_first_transaction(
    page: Any, books: Books
) -> None:
    account, food = await books.open("Everyday"), await books.category("Food")
    await books.spend(account.id, food, "30 EUR", date(2024, 5, 1), "Baker")
    state = await page(account.id)
    await state.choose_span("all")
    assert state.chart.x[0] == "May 31, 2024"


async def test_transfer_is_neither_income_nor_expense(page: Any, books: Books) -> None:
    one, two = await books.open("One", "100 EUR"), await books.open("Two")
    entry = Entry(
        on_date=date(2026, 11, 2),
        parts=transfer(one.id, two.id, money("40 EUR"), money("40 EUR")),
    )
    await books.record(entry)
    state = await page(two.id)
    assert state.movements[0].amount.tone == "quiet"
    assert "One" in state.movements[0].name


@pytest.mark.parametrize("wanted", ["999999", "soon", "", "-1"])
async def test_address_of_no_account_says_so(
    page: Any, books: Books, wanted: str
) -> None:
    assert books
    state = await page(wanted)
    assert state.is_missing


@pytest.mark.usefixtures("billing")
async def test_account_beyond_the_plan_says_so_and_forms_do_not_offer_it(
    page: Any, books: Books
) -> None:
    await allow(books, None)
    await books.open("Old", "100 EUR")
    new = await books.open("New", "100 EUR")
    await allow(books, 1)
    assert (await page(new.id)).card.is_read_only
    desk = await sit_down(books)
    rows = await desk.state(AccountsState)
    await rows.load()
    (group,) = rows.groups
    assert [(row.name, row.is_read_only) for row in group.rows] == [
        ("New", True),
        ("Old", False),
    ]
    recurring = await desk.state(RecurringState)
    await recurring.start_new()
    importing = await desk.state(ImportState)
    await importing.load()
    rules = await desk.state(RulesState)
    await rules.load()
    for offered in (recurring.accounts, importing.accounts, rules.targets):
        assert [one.label for one in offered] == ["Old"]
    assert {one.label for one in rules.accounts} == {"Old", "New"}
