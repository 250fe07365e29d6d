"""An import leaves the books again; what a person edited goes only when named."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.core.errors import Conflict, NotFound
from fintrack.services.commands import perform
from fintrack.services.imports.listing import MAX_EDITED, ImportView
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.ledger.listing import Filter
from fintrack.services.ledger.transactions import (
    TransactionChange,
    TransactionMark,
    edit_transaction,
    void_transaction,
)
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import Selection
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from tests.books import Books, money
from tests.conftest import Clock
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import CURRENT, as_csv


async def _take_back(books: Books, import_id: int, *edited: int) -> ImportView:
    take = TakeBack(import_id, edited)
    return (await perform(books.actor, take_back_import, take)).value


async def _edited(books: Books) -> list[int]:
    """Gives the second row another amount and makes the third void; their ids."""
    found = await books.rows(
        "SELECT t.id, p.account_id FROM transaction t JOIN posting p "
        "ON p.transaction_id = t.id AND p.position = 0 "
        "WHERE t.import_id IS NOT NULL ORDER BY t.id"
    )
    food = await books.category("Food")
    parts = pay(found[1].account_id, money("-3 EUR"), ((food, money("3 EUR")),))
    change = TransactionChange(found[1].id, 1, Entry(date(2026, 2, 3), parts))
    await perform(books.actor, edit_transaction, change)
    await perform(books.actor, void_transaction, TransactionMark(found[2].id, 1))
    return [found[1].id, found[2].id]


async def test_edited_rows_stay_unless_they_are_named(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    done = (await desk.bring(account.id, CURRENT)).value
    changed, void = await _edited(books)
    view = await _take_back(books, done.id)
    assert (view.standing, view.edited) == (2, 2)
    assert await books.balance(account.id) == money("-3 EUR")

    view = await _take_back(books, done.id, changed)
    assert view.standing == 1
    view = await _take_back(books, done.id, void)
    assert view.standing == 0
    assert await books.balance(account.id) == money("0 EUR")
    with pytest.raises(Conflict, match="already"):
        await _take_back(books, done.id)
    assert await books.findings() == []


async def test_edited_and_void_rows_do_not_come_a_second_time(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    done = (await desk.bring(account.id, CURRENT)).value
    await _edited(books)
    assert (await desk.bring(account.id, CURRENT)).value.rows_added == 0
    await _take_back(books, done.id)
    assert (await desk.bring(account.id, CURRENT)).value.rows_added == 2


async def test_all_edited_rows_go_however_many_they_are(
    desk: Desk, books: Books
) -> None:
    account, food = await books.open("Bank"), await books.category("Food")
    rows = [("2026-02-03", f"Shop {n}", "-1") for n in range(MAX_EDITED + 1)]
    done = (await desk.bring(account.id, as_csv(*rows))).value
    change = ManyChange(category_id=food)
    await perform(books.actor, change_many, Selection(wanted=Filter()), change)
    take = TakeBack(done.id, all_edited=True)
    view = (await perform(books.actor, take_back_import, take)).value
    assert view.standing == 0
    assert await books.balance(account.id) == money("0 EUR")


async def test_rows_of_others_are_not_taken_by_naming_them(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    own = await books.spend(
        account.id, await books.category("Food"), "1 EUR", date(2026, 1, 5)
    )
    done = (await desk.bring(account.id, CURRENT)).value
    await _take_back(books, done.id, own.value.id)
    assert await books.balance(account.id) == money("-1 EUR")


async def test_taking_back_is_undone_and_redone(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    done = (await desk.bring(account.id, CURRENT)).value
    before = await books.snapshot()
    taken = await perform(books.actor, take_back_import, TakeBack(done.id))
    after = await books.snapshot()
    undone = await books.undo(taken.change_id)
    assert await books.snapshot() == before
    await books.undo(undone.id)
    assert await books.snapshot() == after
    assert await books.findings() == []


async def test_import_is_taken_back_at_any_time(
    desk: Desk, books: Books, clock: Clock
) -> None:
    account = await books.open("Bank")
    done = (await desk.bring(account.id, CURRENT)).value
    clock.advance(days=400)
    assert (await _take_back(books, done.id)).taken_back_at == clock.now
    assert await books.balance(account.id) == money("0 EUR")


async def test_somebody_elses_import_is_not_found(
    desk: Desk, books: Books, stranger: Books
) -> None:
    account = await books.open("Bank")
    done = (await desk.bring(account.id, CURRENT)).value
    with pytest.raises(NotFound):
        await _take_back(stranger, done.id)


async def test_reconciled_rows_stay(desk: Desk, books: Books) -> None:
    """The file of February, reconciled up to the 3rd: one row goes, three stay."""
    account = await books.open("Bank", "100 EUR")
    done = (await desk.bring(account.id, CURRENT)).value
    statement = Statement(account.id, date(2026, 2, 3), money("2095 EUR"))
    await perform(books.actor, finish_reconciliation, statement)
    view = await _take_back(books, done.id)
    assert (view.standing, view.reconciled) == (3, 3)
    assert await books.findings() == []
    with pytest.raises(Conflict, match="already taken back"):
        await _take_back(books, done.id)


async def test_import_that_is_reconciled_as_a_whole_says_so(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank", "100 EUR")
    done = (await desk.bring(account.id, CURRENT)).value
    statement = Statement(account.id, date(2026, 2, 28), money("2049.90 EUR"))
    await perform(books.actor, finish_reconciliation, statement)
    with pytest.raises(Conflict, match="Open the reconciliation again first"):
        await _take_back(books, done.id)
