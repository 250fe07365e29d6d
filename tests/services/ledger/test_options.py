"""What selects offer: open accounts and categories, each where people look for it."""

from datetime import date

from fintrack.core.chart import Kind
from fintrack.core.entries import Entry, transfer
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.categories import NewCategory, add_category
from fintrack.services.ledger.options import list_last_used, list_options
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import (
    finish_reconciliation,
    reopen_reconciliation,
)
from tests.books import Books, money


async def test_accounts_come_by_name_and_closed_ones_stay_out(
    books: Books, stranger: Books
) -> None:
    purse, cash = await books.open("purse", "5 USD"), await books.open("Çash")
    old = await books.open("Old")
    await perform(
        books.actor, close_account, AccountMark(old.id, old.version), date(2026, 3, 5)
    )
    await stranger.open("Theirs")
    found = await ask(books.actor, list_options)
    assert [(one.id, one.name, one.currency) for one in found.accounts] == [
        (cash.id, "Çash", "EUR"),
        (purse.id, "purse", "USD"),
    ]


async def test_reconciled_account_says_up_to_which_day(books: Books) -> None:
    cash = await books.open("Cash", "5 EUR")
    await books.open("Bank")
    for day in (date(2026, 3, 5), date(2026, 4, 5)):
        done = await perform(
            books.actor, finish_reconciliation, Statement(cash.id, day, money("5 EUR"))
        )
    found = (await ask(books.actor, list_options)).accounts
    assert [one.locked_on for one in found] == [None, date(2026, 4, 5)]
    await perform(books.actor, reopen_reconciliation, done.value.id)
    found = (await ask(books.actor, list_options)).accounts
    assert [one.locked_on for one in found] == [None, date(2026, 3, 5)]


async def test_categories_come_below_their_parents(
    books: Books, stranger: Books
) -> None:
    food = await books.category("Food")
    await books.category("Car")
    for name in ("restaurants", "Bakery"):
        new = NewCategory(name, Kind.EXPENSE, food)
        await perform(books.actor, add_category, new)
    await stranger.category("Theirs")
    found = await ask(books.actor, list_options)
    names = [one.name for one in found.categories if one.kind == "expense"]
    assert names == ["Car", "Food", "Bakery", "restaurants"]
    parents = {one.name: one.parent_id for one in found.categories}
    assert (parents["Bakery"], parents["Car"]) == (food, None)


async def test_accounts_of_the_newest_transaction_are_known(
    books: Books, stranger: Books
) -> None:
    """
    2026-03-05  Cash → Food     5 EUR
    2026-03-05  Bank → Cash     7 EUR
    2026-03-04  Food            1 EUR from Cash, entered last
    2026-03-06  Food            2 EUR from Cash, void
    """
    assert await ask(books.actor, list_last_used) == []
    cash, bank = await books.open("Cash"), await books.open("Bank")
    food, day = await books.category("Food"), date(2026, 3, 5)
    await books.spend(cash.id, food, "5 EUR", day)
    assert await ask(books.actor, list_last_used) == [cash.id]
    moved = transfer(bank.id, cash.id, money("7 EUR"), money("7 EUR"))
    await books.record(Entry(day, moved))
    await books.spend(cash.id, food, "1 EUR", date(2026, 3, 4))
    void = (await books.spend(cash.id, food, "2 EUR", date(2026, 3, 6))).value
    await perform(books.actor, void_transaction, TransactionMark(void.id, void.version))
    assert await ask(books.actor, list_last_used) == [bank.id, cash.id]
    assert await ask(stranger.actor, list_last_used) == []
