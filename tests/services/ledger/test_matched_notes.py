"""What is noted on rows of other banks comes to the transfer that stands for them."""

from dataclasses import dataclass

import pytest

from fintrack.core.entries import MAX_TEXT
from fintrack.services.commands import ask
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.reading import find_transaction
from tests.books import Books
from tests.services.arranging import keep, new_rule
from tests.services.imports.conftest import Desk, desk, store
from tests.services.imports.statements import as_csv
from tests.services.ledger.two_banks import PAID, edit, open_two, told_by

__all__ = ["desk", "store"]

HALVES = [("2026-11-26", f"HALF {n}", "50.00") for n in (1, 2)]


@dataclass(frozen=True)
class Halves:
    """What Bank paid at once arrived on Visa in two halves."""

    books: Books
    paid: int
    bank: int
    visa: int

    async def match(self) -> str:
        """The transfer stands for both; its note."""
        await edit(self.books, self.paid, self._out, *[(self.visa, "50")] * 2)
        return (await ask(self.books.actor, find_transaction, self.paid)).note

    async def end(self) -> None:
        """It brings another amount, and both count again."""
        await edit(self.books, self.paid, self._out, (self.visa, "100"))

    @property
    def _out(self) -> tuple[int, str]:
        return self.bank, "-100"


async def bring(desk: Desk, books: Books, *notes: str) -> Halves:
    """A rule gives each half its note."""
    bank, visa = await open_two(books)
    for number, note in enumerate(notes, start=1):
        await keep(books, new_rule(f"half {number}", note=note))
    await desk.bring(visa.id, as_csv(*HALVES))
    await desk.bring(bank.id, as_csv(PAID))
    return Halves(books, await told_by(books, bank.id), bank.id, visa.id)


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (("First", "Second"), "First\nSecond"),
        (("Thanks", "Thanks"), "Thanks"),
    ],
)
async def test_notes_of_two_rows_come_in_their_order_and_each_once(
    notes: tuple[str, str], expected: str, desk: Desk, books: Books
) -> None:
    halves = await bring(desk, books, *notes)
    assert await halves.match() == expected
    found = await ask(books.actor, list_transactions, Filter(words=expected))
    assert halves.paid in {one.id for one in found.items}


async def test_match_that_ends_and_comes_again_notes_nothing_twice(
    desk: Desk, books: Books
) -> None:
    halves = await bring(desk, books, "First", "Second")
    for _ in range(2):
        await halves.match()
        await halves.end()
    assert await halves.match() == "First\nSecond"


async def test_notes_end_where_a_note_has_no_more_room(
    desk: Desk, books: Books
) -> None:
    halves = await bring(desk, books, "a" * (MAX_TEXT - 1), "b" * 9)
    assert await halves.match() == "a" * (MAX_TEXT - 1)
