"""An undo that fails on some of many rows names them, with why."""

from datetime import date, timedelta

import pytest

from fintrack.core.errors import UndoRefused
from fintrack.core.undo_faults import MOST_NAMED, InTheWay, RowsInTheWay, Why
from fintrack.services.commands import perform
from fintrack.services.imports.discarding import discard_preview
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import Selection
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.services.tags.keeping import TagMark, remove_tag
from tests.books import Books, money
from tests.services.imports.conftest import Desk, desk, store
from tests.services.imports.statements import CURRENT
from tests.services.many.shelf import DAY, Shelf, fill

__all__ = ["desk", "store"]


@pytest.fixture
async def shelf(books: Books) -> Shelf:
    return await fill(books)


async def _refused(books: Books, change_id: int) -> RowsInTheWay:
    before = await books.snapshot()
    with pytest.raises(RowsInTheWay) as refused:
        await books.undo(change_id)
    assert await books.snapshot() == before
    return refused.value


async def _void(shelf: Shelf, name: str) -> None:
    mark = TransactionMark(shelf.ids[name], (await shelf.view(name)).version)
    await perform(shelf.books.actor, void_transaction, mark)


async def test_rows_changed_since_are_named_with_what_was_changed(
    shelf: Shelf,
) -> None:
    many = await shelf.change(shelf.marked("plain", "dollar"), category_id=shelf.drinks)
    trips = await shelf.books.category("Trips")
    plain = Selection((TransactionMark(shelf.ids["plain"], 2),))
    await shelf.change(plain, category_id=trips)
    await _void(shelf, "dollar")
    error = await _refused(shelf.books, many.change_id)
    assert (error.change_id, error.total) == (many.change_id, 2)
    about = {one.about: one for one in error.rows}
    assert about["dollar"].why == Why.VOID
    assert about["plain"] == InTheWay(
        "transaction",
        shelf.ids["plain"],
        "plain",
        Why.CHANGED,
        DAY,
        money("-10 EUR"),
        ("category",),
    )


async def test_redo_names_what_was_changed_after_the_undo(shelf: Shelf) -> None:
    many = await shelf.change(shelf.marked("plain", "dollar"), category_id=shelf.drinks)
    undone = await shelf.books.undo(many.change_id)
    await _void(shelf, "dollar")
    error = await _refused(shelf.books, undone.id)
    assert [(one.about, one.why) for one in error.rows] == [("dollar", Why.VOID)]


async def test_row_that_was_reconciled_since_says_so(shelf: Shelf) -> None:
    done = await shelf.change(shelf.marked("plain"), cleared=True)
    statement = Statement(shelf.cash, DAY, money("90 EUR"))
    await perform(shelf.books.actor, finish_reconciliation, statement)
    error = await _refused(shelf.books, done.change_id)
    assert [(one.about, one.why) for one in error.rows] == [("plain", Why.RECONCILED)]


async def test_first_of_many_are_named_and_all_counted(books: Books) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    days = [DAY + timedelta(days=n) for n in range(MOST_NAMED + 3)]
    ids = [(await books.spend(cash.id, food, "1 EUR", on)).value.id for on in days]

    async def move(on: date, version: int) -> int:
        seen = Selection(tuple(TransactionMark(id_, version) for id_ in ids))
        change = ManyChange(on_date=on)
        return (await perform(books.actor, change_many, seen, change)).change_id

    first = await move(date(2026, 2, 1), 1)
    await move(date(2026, 2, 2), 2)
    error = await _refused(books, first)
    assert (len(error.rows), error.total) == (MOST_NAMED, MOST_NAMED + 3)
    assert {one.fields for one in error.rows} == {("on_date",)}


async def test_newer_transactions_that_need_it_are_named(shelf: Shelf) -> None:
    (opened,) = await shelf.books.rows(
        "SELECT change_set_id FROM change_row WHERE table_name = 'account' "
        "AND op = 'I' AND row_id = :id",
        id=shelf.drinks,
    )
    error = await _refused(shelf.books, opened.change_set_id)
    assert error.text == "Something newer depends on this, so it stays."
    assert {(one.about, one.why) for one in error.rows} == {
        ("other", Why.NEEDS_IT),
        ("split", Why.NEEDS_IT),
    }
    assert error.total == 2


async def test_removed_row_is_known_by_its_last_image(shelf: Shelf) -> None:
    done = await shelf.change(shelf.marked("plain"), add_tags=("trip",))
    (tag,) = await shelf.books.rows("SELECT id, version FROM tag")
    await perform(shelf.books.actor, remove_tag, TagMark(tag.id, tag.version))
    error = await _refused(shelf.books, done.change_id)
    assert ("tag", "trip", Why.REMOVED) in {
        (one.subject, one.about, one.why) for one in error.rows
    }


async def test_file_that_waits_for_the_account_is_named(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT, "may.csv")
    (opened,) = await books.rows(
        "SELECT change_set_id AS id FROM change_row WHERE table_name = 'account' "
        "AND row_id = :account_id",
        account_id=account.id,
    )
    error = await _refused(books, opened.id)
    assert error.rows == (InTheWay("import_preview", head.id, "may.csv", Why.NEEDS_IT),)
    await perform(books.actor, discard_preview, head.id)
    await books.undo(opened.id)


async def test_refusal_of_another_kind_names_no_rows(shelf: Shelf) -> None:
    done = await shelf.change(shelf.marked("plain"), add_tags=("trip",))
    await shelf.books.undo(done.change_id)
    with pytest.raises(UndoRefused, match="already") as refused:
        await shelf.books.undo(done.change_id)
    assert not isinstance(refused.value, RowsInTheWay)
