"""What is left out is written down with its reason, before the yes and after it."""

from datetime import date

import pytest

from fintrack.core.errors import NotFound
from fintrack.services.commands import ask
from fintrack.services.imports.survey import read_left_out
from tests.books import Books
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import CURRENT, as_csv


async def _lines(books: Books, preview_id: int) -> list[str]:
    found = await ask(books.actor, read_left_out, preview_id, "en")
    return b"".join(found.parts).decode("utf-8-sig").splitlines()[1:]


async def test_own_rows_of_an_import_are_not_called_duplicates(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    food = await books.category("Food")
    await books.spend(account.id, food, "45.10 EUR", date(2026, 2, 4), "supermarket")
    head = await desk.receive(account.id, CURRENT)
    (line,) = await _lines(books, head.id)
    assert "like what you entered by hand on Feb 4, 2026." in line
    await desk.confirm(head.id)
    assert await _lines(books, head.id) == [line]
    second = await desk.receive(account.id, CURRENT)
    assert len(await _lines(books, second.id)) == 4


async def test_file_that_is_taken_whole_leaves_nothing_out(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, as_csv(("2026-02-03", "Lidl", "-1.00")))
    assert await _lines(books, head.id) == []


async def test_preview_of_somebody_else_is_not_found(
    desk: Desk, books: Books, stranger: Books
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    with pytest.raises(NotFound):
        await _lines(stranger, head.id)
