"""Conditions: each amount is bounded in the currency of its account."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fintrack.core.chart import Kind
from fintrack.services import blobs
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.commands import Work, ask, perform
from fintrack.services.ledger.categories import NewCategory, add_category
from fintrack.services.ledger.conditions import own_accounts
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.totals import total_transactions
from tests.books import Books, money
from tests.services.attachment_acts import attach

DAY = date(2026, 3, 5)


async def _payees(books: Books, wanted: Filter) -> list[str]:
    page = await ask(books.actor, list_transactions, wanted)
    return [view.payee for view in page.items]


async def test_accounts_come_with_their_currency_and_no_category(
    books: Books,
) -> None:
    cash, yen = await books.open("Cash"), await books.open("Yen", "0 JPY")
    await books.category("Food")
    async with books.home.reading() as session:
        work = Work(session, books.actor, books.home.clock())
        assert await own_accounts(work) == {cash.id: "EUR", yen.id: "JPY"}


async def test_whole_units_are_those_of_the_account(books: Books) -> None:
    cash, yen = await books.open("Cash"), await books.open("Yen", "0 JPY")
    food = await books.category("Food")
    await books.spend(cash.id, food, "5 EUR", DAY, "Euro")
    await books.spend(yen.id, food, "5 JPY", DAY, "Yen")
    await books.spend(cash.id, food, "500 EUR", DAY, "Much")
    found = await _payees(books, Filter(least=Decimal(5), most=Decimal(5)))
    assert sorted(found) == ["Euro", "Yen"]


async def test_category_has_those_under_it(books: Books) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    new = NewCategory("Bread", Kind.EXPENSE, food)
    bread = (await perform(books.actor, add_category, new)).value.id
    await books.spend(cash.id, food, "5 EUR", DAY, "Market")
    await books.spend(cash.id, bread, "3 EUR", DAY, "Bakery")
    for wanted, payees, spent in (
        (Filter(category_ids=(food,)), ["Bakery", "Market"], "8 EUR"),
        (Filter(category_ids=(bread,)), ["Bakery"], "3 EUR"),
    ):
        assert await _payees(books, wanted) == payees
        totals = await ask(books.actor, total_transactions, wanted, "EUR")
        assert totals.together.went_out == money(spent)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[None]:
    blobs.install(FolderBlobStore(tmp_path, bytes(32)))
    yield
    blobs.install(None)


@pytest.mark.usefixtures("store")
async def test_files_tell_transactions_apart(books: Books) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    kept = await books.spend(cash.id, food, "5 EUR", DAY, "With a bill")
    await books.spend(cash.id, food, "6 EUR", DAY, "Without")
    done = await attach(books, kept.value.id)
    assert await _payees(books, Filter(attached=True)) == ["With a bill"]
    assert await _payees(books, Filter(attached=False)) == ["Without"]
    of_account = Filter(account_ids=(cash.id,), attached=True)
    assert await _payees(books, of_account) == ["With a bill"]
    totals = await ask(books.actor, total_transactions, of_account, "EUR")
    assert (totals.count, totals.together.went_out) == (1, money("5 EUR"))
    await books.undo(done.change_id)
    assert await _payees(books, Filter(attached=True)) == []
