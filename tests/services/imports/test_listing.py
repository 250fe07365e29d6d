"""Imports are listed with what stands of them and what was edited since."""

import pytest

from fintrack.core.errors import NotFound
from fintrack.services.commands import ask, perform
from fintrack.services.imports.listing import find_import, list_imports
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import Books
from tests.conftest import Clock
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import CURRENT, as_csv


async def test_imports_are_listed_newest_first_and_paged(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    first = (await desk.bring(account.id, CURRENT)).value
    second = (await desk.bring(account.id, CURRENT)).value
    assert (first.rows_added, first.rows_skipped, first.standing) == (4, 0, 4)
    assert (second.rows_added, second.rows_skipped, second.standing) == (0, 4, 0)
    assert await ask(books.actor, list_imports) == [second, first]
    assert await ask(books.actor, list_imports, limit=1) == [second]
    assert await ask(books.actor, list_imports, before=second.id) == [first]


async def test_file_that_waited_is_as_new_as_its_yes(
    desk: Desk, books: Books, clock: Clock
) -> None:
    account = await books.open("Bank")
    waiting = await desk.receive(account.id, CURRENT)
    second = (await desk.bring(account.id, CURRENT)).value
    clock.advance(hours=1)
    first = (await desk.confirm(waiting.id)).value
    assert await ask(books.actor, list_imports, limit=1) == [first]
    assert await ask(books.actor, list_imports, before=first.id) == [second]


async def test_edited_rows_are_shown(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    done = (await desk.bring(account.id, as_csv(("2026-02-03", "Lidl", "-2.50")))).value
    (row,) = await books.rows("SELECT id FROM transaction WHERE import_id IS NOT NULL")
    assert (await ask(books.actor, find_import, done.id)).edited == ()
    await perform(books.actor, void_transaction, TransactionMark(row.id, 1))
    found = await ask(books.actor, find_import, done.id)
    assert [transaction.id for transaction in found.edited] == [row.id]
    assert found.summary.edited == 1


async def test_import_that_came_back_by_redo_is_not_edited(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    done = await desk.bring(account.id, CURRENT)
    undone = await books.undo(done.change_id)
    await books.undo(undone.id)
    found = await ask(books.actor, find_import, done.value.id)
    assert (found.summary.standing, found.summary.edited) == (4, 0)


async def test_import_of_somebody_else_is_not_found(
    desk: Desk, books: Books, stranger: Books
) -> None:
    account = await books.open("Bank")
    done = await desk.bring(account.id, CURRENT)
    with pytest.raises(NotFound):
        await ask(stranger.actor, find_import, done.value.id)
    assert await ask(stranger.actor, list_imports) == []
