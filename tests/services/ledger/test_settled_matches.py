"""What an undo, an edit or a hand makes of transfers that stand for other rows."""

from datetime import date

import pytest
from sqlalchemy import text

from fintrack.core.entries import Entry, Part
from fintrack.core.errors import Reconciled
from fintrack.services.applying.applying import apply_rule
from fintrack.services.commands import perform
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.ledger.transactions import TransactionMark
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.deeds import Reason
from fintrack.services.many.selecting import Selection
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from tests.books import Books, money
from tests.conftest import Clock
from tests.services.arranging import keep, mark, new_rule
from tests.services.imports.conftest import Desk, desk, store
from tests.services.imports.statements import as_csv
from tests.services.ledger.test_clearing import mark as unmark
from tests.services.ledger.test_clearing import marked
from tests.services.ledger.two_banks import (
    PAID,
    RECEIVED,
    bring_both,
    count_void,
    edit,
    is_void,
    make_transfer,
    make_void,
    open_two,
    told_by,
)

__all__ = ["desk", "store"]

# Behind the trail, as nobody but an administrator of the database could.
RAW = text("SET LOCAL session_replication_role = replica")
AMOUNT = text(
    "UPDATE posting SET amount_minor = amount_minor * 2 WHERE transaction_id = :id"
)


@pytest.mark.parametrize("how", ["taken back", "undone", "void"])
async def test_transfer_that_an_undo_brings_back_stands_for_the_row_since(
    how: str, desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    await keep(books, new_rule("visa payment", transfer=visa.id))
    done = await desk.bring(bank.id, as_csv(PAID))
    if how == "void":
        gone = (await make_void(books, await told_by(books, bank.id))).change_id
    elif how == "undone":
        gone = (await books.undo(done.change_id)).id
    else:
        back = TakeBack(done.value.id)
        gone = (await perform(books.actor, take_back_import, back)).change_id
    await desk.bring(visa.id, as_csv(RECEIVED))
    before = await books.snapshot()
    undone = await books.undo(gone)
    assert await books.balance(visa.id) == money("100.00 EUR")
    assert await is_void(books, await told_by(books, visa.id))
    await books.undo(undone.id)
    assert await books.snapshot() == before


@pytest.mark.parametrize("how", ["void", "fees", "another account"])
async def test_row_that_an_undo_brings_back_counts_where_its_transfer_is_gone(
    how: str, desk: Desk, books: Books, clock: Clock
) -> None:
    """With a mark of the bank the undo would find what it took that from changed."""
    bank, visa = await bring_both(desk, books)
    paid = await told_by(books, bank.id)
    await unmark(books, paid, cleared=False)
    (batch,) = await books.rows(
        "SELECT id FROM import_batch WHERE account_id = :id", id=visa.id
    )
    every = TakeBack(batch.id, all_edited=True)
    back = await perform(books.actor, take_back_import, every)
    clock.advance(seconds=1)
    if how == "void":
        await make_void(books, paid)
    else:
        fees = await books.category("Fees")
        place = fees if how == "fees" else (await books.open("Cash")).id
        await edit(books, paid, (bank.id, "-100"), (place, "100"))
    await books.undo(back.change_id)
    assert await books.balance(visa.id) == money("100.00 EUR")
    assert await books.findings() == []


async def test_amount_that_is_corrected_again_matches_again(
    desk: Desk, books: Books
) -> None:
    bank, visa = await bring_both(desk, books)
    paid = await told_by(books, bank.id)
    await edit(books, paid, (bank.id, "-90"), (visa.id, "90"))
    # The bank of the card has told of 100, and that counts again.
    assert await marked(books, paid) == {"Bank"}
    assert await books.balance(visa.id) == money("190.00 EUR")
    await edit(books, paid, (bank.id, "-100"), (visa.id, "100"))
    assert await marked(books, paid) == {"Bank", "Visa"}
    assert await books.balance(visa.id) == money("100.00 EUR")


async def test_transfer_by_hand_stands_for_what_both_banks_told(
    desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    await desk.bring(visa.id, as_csv(RECEIVED))
    await desk.bring(bank.id, as_csv(PAID))
    paid, came = money("-100 EUR"), money("100 EUR")
    entry = Entry(date(2026, 11, 25), (Part(bank.id, paid), Part(visa.id, came)))
    done = await books.record(entry)
    assert done.value.matched == 2
    assert await marked(books, done.value.id) == {"Bank", "Visa"}
    assert await books.balance(bank.id) == money("-100.00 EUR")
    assert await books.balance(visa.id) == money("100.00 EUR")


async def test_transfer_takes_no_other_row_of_the_file_it_came_with(
    desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    cash = await books.open("Cash")
    await keep(books, new_rule("visa payment", transfer=visa.id))
    await desk.bring(bank.id, as_csv(PAID, ("2026-11-25", "LIDL", "-100.00")))
    (paid,) = await books.rows(
        "SELECT id FROM transaction WHERE payee = 'VISA PAYMENT'"
    )
    await make_transfer(books, paid.id, cash.id, visa.id)
    done = await make_transfer(books, paid.id, bank.id, visa.id)
    assert done.value.matched == 0
    assert await books.balance(bank.id) == money("-200.00 EUR")


async def test_row_of_a_transfer_that_left_its_bank_is_known_to_the_other(
    desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    cash = await books.open("Cash")
    await keep(books, new_rule("visa payment", transfer=visa.id))
    await desk.bring(bank.id, as_csv(PAID))
    await make_transfer(books, await told_by(books, bank.id), cash.id, visa.id)
    await desk.bring(visa.id, as_csv(RECEIVED))
    assert await books.balance(visa.id) == money("100.00 EUR")


async def test_of_two_rows_of_one_transfer_one_counts_again_where_one_part_moves(
    desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    cash = await books.open("Cash")
    halves = [("2026-11-26", f"HALF {n}", "50.00") for n in (1, 2)]
    await desk.bring(visa.id, as_csv(*halves))
    await desk.bring(bank.id, as_csv(PAID))
    paid = await told_by(books, bank.id)
    out = bank.id, "-100"
    done = await edit(books, paid, out, (visa.id, "50"), (visa.id, "50"))
    assert done.value.matched == 2
    await edit(books, paid, out, (visa.id, "50"), (cash.id, "50"))
    assert await books.balance(visa.id) == money("100.00 EUR")


async def test_row_comes_back_to_a_locked_day_only_where_its_person_says_so(
    desk: Desk, books: Books, clock: Clock
) -> None:
    bank, visa = await open_two(books)
    await desk.bring(visa.id, as_csv(("2026-10-31", "PAYMENT RECEIVED", "100.00")))
    await keep(books, new_rule("visa payment", transfer=visa.id))
    await desk.bring(bank.id, as_csv(("2026-11-01", "VISA PAYMENT", "-100.00")))
    clock.advance(seconds=1)
    nothing = Statement(visa.id, date(2026, 10, 31), money("0 EUR"))
    await perform(books.actor, finish_reconciliation, nothing)
    (file, paid) = await books.rows("SELECT id FROM import_batch ORDER BY id")
    with pytest.raises(Reconciled, match="Visa is reconciled"):
        await make_void(books, await told_by(books, bank.id))
    with pytest.raises(Reconciled, match="Visa is reconciled"):
        await perform(books.actor, take_back_import, TakeBack(paid.id))
    assert await books.balance(visa.id) == money("100.00 EUR")
    # It comes to no day where it goes itself.
    every = TakeBack(file.id, all_edited=True)
    await perform(books.actor, take_back_import, every)
    await make_void(books, await told_by(books, bank.id))
    assert await books.balance(visa.id) == money("0.00 EUR")


@pytest.mark.parametrize("way", ["import", "apply"])
async def test_rule_makes_no_transfer_of_money_that_is_reconciled_already(
    way: str, desk: Desk, books: Books
) -> None:
    """The other account has it, so what the rule was to place waits for its person."""
    bank, visa = await open_two(books)
    await desk.bring(bank.id, as_csv(("2026-10-31", "VISA PAYMENT", "-100.00")))
    ended = Statement(bank.id, date(2026, 10, 31), money("-100 EUR"))
    await perform(books.actor, finish_reconciliation, ended)
    later = as_csv(("2026-11-02", "PAYMENT RECEIVED", "100.00"))
    if way == "import":
        await keep(books, new_rule("received", transfer=bank.id))
        await desk.bring(visa.id, later)
    else:
        await desk.bring(visa.id, later)
        kept = await keep(books, new_rule("received", transfer=bank.id))
        await perform(books.actor, apply_rule, mark(kept))
    assert await books.balance(bank.id) == money("-100.00 EUR")
    assert await books.balance(visa.id) == money("100.00 EUR")
    (left,) = await books.rows(
        "SELECT t.rule_id FROM transaction t JOIN posting p ON p.transaction_id = t.id "
        "JOIN account a ON a.id = p.account_id AND a.type = 'uncategorised' "
        "WHERE t.payee = 'PAYMENT RECEIVED'"
    )
    assert left.rule_id is None
    # Who says what it was ends the wait of both.
    done = await make_transfer(books, await told_by(books, bank.id), bank.id, visa.id)
    assert done.value.matched == 1
    assert await books.balance(visa.id) == money("100.00 EUR")


async def test_transfer_that_brings_its_row_another_amount_is_found(
    desk: Desk, books: Books
) -> None:
    """I32: what is void for a transfer is the same money."""
    bank, _ = await bring_both(desk, books)
    assert await books.findings() == []
    async with books.home.unit_of_work() as session:
        await session.execute(RAW)
        paid = {"id": await told_by(books, bank.id)}
        await session.execute(AMOUNT, paid)
    assert "I32" in {one.invariant for one in await books.findings()}


async def test_transfer_that_stands_for_a_row_takes_no_second_one(
    desk: Desk, books: Books
) -> None:
    """Not even where the mark of the bank is gone from it."""
    bank, visa = await open_two(books)
    second = ("2026-11-27", "ANOTHER", "100.00")
    await desk.bring(visa.id, as_csv(RECEIVED, second))
    await keep(books, new_rule("visa payment", transfer=visa.id))
    await desk.bring(bank.id, as_csv(PAID))
    paid = await told_by(books, bank.id)
    await unmark(books, paid, cleared=False)
    gone = await make_void(books, paid)
    await books.undo(gone.change_id)
    await edit(books, paid, (bank.id, "-100"), (visa.id, "100"), on=date(2026, 11, 24))
    assert await count_void(books) == 1
    assert await books.balance(visa.id) == money("200.00 EUR")


async def test_of_many_that_become_void_one_is_left_whose_row_comes_to_a_locked_day(
    desk: Desk, books: Books, clock: Clock
) -> None:
    bank, visa = await open_two(books)
    await desk.bring(visa.id, as_csv(("2026-10-31", "PAYMENT RECEIVED", "100.00")))
    await keep(books, new_rule("visa payment", transfer=visa.id))
    paid = ("2026-11-01", "VISA PAYMENT", "-100.00")
    await desk.bring(bank.id, as_csv(paid, ("2026-11-02", "Lidl", "-7.00")))
    clock.advance(seconds=1)
    nothing = Statement(visa.id, date(2026, 10, 31), money("0 EUR"))
    await perform(books.actor, finish_reconciliation, nothing)
    found = await books.rows(
        "SELECT t.id, t.version FROM transaction t JOIN import_batch b "
        "ON b.id = t.import_id WHERE b.account_id = :id",
        id=bank.id,
    )
    both = Selection(tuple(TransactionMark(row.id, row.version) for row in found))
    done = await perform(books.actor, change_many, both, ManyChange(void=True))
    assert [one.reason for one in done.value.left] == [Reason.LOCKED]
    assert await books.balance(bank.id) == money("-100.00 EUR")
    assert await books.balance(visa.id) == money("100.00 EUR")


async def test_person_who_corrects_a_transfer_of_a_rule_keeps_it(
    desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    await desk.bring(visa.id, as_csv(("2026-10-31", "PAYMENT RECEIVED", "100.00")))
    ended = Statement(visa.id, date(2026, 10, 31), money("100 EUR"))
    await perform(books.actor, finish_reconciliation, ended)
    await keep(books, new_rule("visa payment", transfer=visa.id))
    await desk.bring(bank.id, as_csv(("2026-11-06", "VISA PAYMENT", "-100.00")))
    paid = await told_by(books, bank.id)
    await edit(books, paid, (bank.id, "-100"), (visa.id, "100"), on=date(2026, 11, 3))
    assert await books.balance(visa.id) == money("200.00 EUR")
