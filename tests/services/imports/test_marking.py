"""A row that is left out for what is in the books marks that as seen by the bank."""

from datetime import date

import pytest

from fintrack.core.undo_faults import RowsInTheWay
from fintrack.services.commands import ask, perform
from fintrack.services.imports.listing import find_import
from fintrack.services.imports.previews import (
    PreviewChange,
    RowDecision,
    change_preview,
)
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from tests.books import Books, money
from tests.conftest import Clock
from tests.services.arranging import keep, new_rule
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import as_csv
from tests.services.ledger.test_clearing import mark, marked
from tests.services.ledger.two_banks import bring_both, make_void, told_by

DAY = date(2026, 2, 3)
ROW = ("2026-02-03", "Lidl", "-2.50")
OTHER = ("2026-02-09", "Rewe", "-9.00")


async def _enter(
    books: Books, account_id: int, payee: str = "Lidl", on: date = DAY
) -> int:
    """What ``ROW`` tells, entered by hand."""
    food = await books.category("Food")
    return (await books.spend(account_id, food, "2.50 EUR", on, payee)).value.id


@pytest.mark.parametrize(
    ("payee", "on"), [("LIDL", DAY), ("Groceries", date(2026, 2, 1))]
)
async def test_import_marks_what_was_entered_by_hand(
    payee: str, on: date, desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    entered = await _enter(books, account.id, payee, on)
    assert (await desk.bring(account.id, as_csv(ROW, OTHER))).value.rows_added == 1
    assert await marked(books, entered) == {"Bank"}
    assert await books.findings() == []


async def test_undo_of_the_import_takes_the_mark_back(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    entered = await _enter(books, account.id)
    before = await books.snapshot()
    done = await desk.bring(account.id, as_csv(ROW, OTHER))
    undone = await books.undo(done.change_id)
    assert await books.snapshot() == before
    await books.undo(undone.id)
    assert await marked(books, entered) == {"Bank"}


async def test_import_taken_back_a_year_later_takes_its_marks_along(
    desk: Desk, books: Books, clock: Clock
) -> None:
    account = await books.open("Bank")
    entered = await _enter(books, account.id)
    done = await desk.bring(account.id, as_csv(ROW))
    assert done.value.rows_added == 0
    clock.advance(days=400)
    await perform(books.actor, take_back_import, TakeBack(done.value.id))
    assert await marked(books, entered) == set()


async def test_mark_of_a_person_stays_when_the_import_goes(
    desk: Desk, books: Books, clock: Clock
) -> None:
    account = await books.open("Bank")
    entered = await _enter(books, account.id)
    await mark(books, entered)
    clock.advance(days=1)
    done = await desk.bring(account.id, as_csv(ROW, OTHER))
    await perform(books.actor, take_back_import, TakeBack(done.value.id))
    assert await marked(books, entered) == {"Bank"}


async def test_what_was_reconciled_meanwhile_keeps_its_mark(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank", "100 EUR")
    entered = await _enter(books, account.id)
    done = await desk.bring(account.id, as_csv(ROW, OTHER))
    statement = Statement(account.id, DAY, money("97.50 EUR"))
    await perform(books.actor, finish_reconciliation, statement)
    before = await books.rows("SELECT * FROM reconciliation")
    await perform(books.actor, take_back_import, TakeBack(done.value.id))
    assert await marked(books, entered) == {"Bank"}
    assert await books.rows("SELECT * FROM reconciliation") == before
    assert await books.findings() == []


async def test_row_that_a_person_takes_all_the_same_marks_nothing_else(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    entered = await _enter(books, account.id)
    head = await desk.receive(account.id, as_csv(ROW))
    keep = PreviewChange(head.id, decisions=(RowDecision(2, take=True),))
    await perform(books.actor, change_preview, keep)
    assert (await desk.confirm(head.id)).value.rows_added == 1
    assert await marked(books, entered) == set()


async def test_one_row_marks_one_of_two_alike(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    food = await books.category("Food")
    twins = [
        (await books.spend(account.id, food, "2.50 EUR", DAY, "Lidl")).value.id
        for _ in range(2)
    ]
    await desk.bring(account.id, as_csv(ROW))
    assert [bool(await marked(books, twin)) for twin in twins] == [True, False]


async def test_transfer_loses_the_mark_of_a_row_that_is_taken_back_though_all_came_in(
    desk: Desk, books: Books
) -> None:
    bank, visa = await bring_both(desk, books)
    paid = await told_by(books, bank.id)
    assert await marked(books, paid) == {"Bank", "Visa"}
    (batch,) = await books.rows(
        "SELECT id, rows_skipped FROM import_batch WHERE account_id = :id", id=visa.id
    )
    assert batch.rows_skipped == 0
    every = TakeBack(batch.id, all_edited=True)
    gone = await perform(books.actor, take_back_import, every)
    assert await marked(books, paid) == {"Bank"}
    undone = await books.undo(gone.change_id)
    assert await marked(books, paid) == {"Bank", "Visa"}
    await books.undo(undone.id)
    await make_void(books, paid)
    with pytest.raises(RowsInTheWay):
        await books.undo(gone.change_id)


async def test_transfer_that_the_other_bank_told_too_is_asked_about_before_it_goes(
    desk: Desk, books: Books
) -> None:
    bank, visa = await books.open("Bank"), await books.open("Visa")
    await keep(books, new_rule("visa payment", transfer=visa.id))
    paid = as_csv(("2026-02-03", "VISA PAYMENT", "-5.00"), OTHER)
    first = (await desk.bring(bank.id, paid)).value
    told = as_csv(("2026-02-04", "RECEIVED", "5.00"))
    assert (await desk.bring(visa.id, told)).value.rows_added == 0
    found = await ask(books.actor, find_import, first.id)
    assert [one.payee for one in found.edited] == ["VISA PAYMENT"]
    await perform(books.actor, take_back_import, TakeBack(first.id))
    assert await books.balance(visa.id) == money("5.00 EUR")
    assert await books.balance(bank.id) == money("-5.00 EUR")
