"""What stands in the way of an undo, below its change in the history."""

import pytest

from fintrack.core.undo_faults import InTheWay, RowsInTheWay, Why
from fintrack.services.commands import perform
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.tags.keeping import TagName, rename_tag
from fintrack.state.amounts import Reader
from fintrack.state.history import HistoryState
from fintrack.state.undo_rows import (
    InTheWayRow,
    Refused,
    first_in_the_way,
    refused_undo,
)
from tests.books import Books
from tests.services.many.shelf import fill
from tests.state.desk import sit_down


@pytest.fixture
async def page(books: Books) -> HistoryState:
    return await (await sit_down(books)).state(HistoryState)


async def test_rows_in_the_way_of_an_undo_stand_below_their_change(
    page: HistoryState, books: Books
) -> None:
    shelf = await fill(books)
    done = await shelf.change(shelf.marked("plain", "split"), add_tags=("trip",))
    (tag,) = await books.rows("SELECT id, version FROM tag")
    await perform(books.actor, rename_tag, TagName(tag.id, tag.version, "holiday"))
    await page.undo(str(done.change_id))
    assert page.refused.id == str(done.change_id)
    assert page.refused.text.startswith("Something changed since then")
    assert page.notice.text == (
        f"{page.refused.text} Tag: holiday: changed since then (Name)."
    )
    assert page.refused.rows == (
        InTheWayRow("Tag: holiday", "changed since then (Name)"),
    )
    assert page.refused.more == ""
    await page.undo_last()
    assert page.refused == Refused()


async def test_transactions_in_the_way_show_day_payee_and_amount(
    page: HistoryState, books: Books
) -> None:
    shelf = await fill(books)
    done = await shelf.change(shelf.marked("plain", "dollar"), category_id=shelf.drinks)
    mark = TransactionMark(shelf.ids["dollar"], 2)
    await perform(books.actor, void_transaction, mark)
    await page.undo(str(done.change_id))
    (row,) = page.refused.rows
    assert row.what == "Mar 5, 2026 · dollar · \u2068\u2212$7.00\u2069"
    assert row.why == "made void since then"
    await page.load()
    assert page.refused == Refused()


def test_what_is_not_named_is_counted() -> None:
    rows = (InTheWay("tag", 1, "a", Why.REMOVED),)
    error = RowsInTheWay.named("No.", 5, rows, 3)
    assert refused_undo(error, Reader()).more == "And 2 more."
    assert first_in_the_way(error, Reader()) == "Tag: a: no longer there. And 2 more."
    assert first_in_the_way(RowsInTheWay(), Reader()) == ""


def test_file_in_the_way_is_named() -> None:
    rows = (InTheWay("import_preview", 1, "may.csv", Why.NEEDS_IT),)
    said = first_in_the_way(RowsInTheWay.named("No.", 5, rows, 1), Reader())
    assert said == "File that waits for its check: may.csv: came later and needs it."
