"""One transfer that two banks tell counts once, whichever file came first."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, Part
from fintrack.services.applying.applying import apply_rule
from fintrack.services.commands import ask, perform
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.ledger.reading import find_transaction
from fintrack.services.ledger.transactions import (
    TransactionChange,
    TransactionMark,
    edit_transaction,
    void_transaction,
)
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import Selection
from tests.books import Books, money
from tests.conftest import Clock
from tests.services.arranging import keep, mark, new_rule
from tests.services.imports.conftest import Desk, desk, store
from tests.services.imports.statements import as_csv
from tests.services.ledger.test_clearing import marked
from tests.services.ledger.two_banks import (
    PAID,
    RECEIVED,
    count_void,
    is_void,
    make_transfer,
    open_two,
    told_by,
)

__all__ = ["desk", "store"]


async def test_file_of_the_bank_that_pays_stands_for_the_row_that_came_before(
    desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    await desk.bring(visa.id, as_csv(RECEIVED))
    received = await told_by(books, visa.id)
    await keep(books, new_rule("visa payment", transfer=visa.id))
    done = await desk.bring(bank.id, as_csv(PAID))
    assert (done.value.rows_added, done.value.rows_matched) == (1, 1)
    assert await books.balance(bank.id) == money("-100.00 EUR")
    assert await books.balance(visa.id) == money("100.00 EUR")
    assert await is_void(books, received)
    assert await marked(books, await told_by(books, bank.id)) == {"Bank", "Visa"}
    again = await desk.receive(visa.id, as_csv(RECEIVED))
    assert (await desk.read(again.id)).to_add == 0
    assert await books.findings() == []


@pytest.mark.parametrize("way", ["take back", "undo"])
async def test_row_counts_again_once_the_other_file_is_gone(
    way: str, desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    await desk.bring(visa.id, as_csv(RECEIVED))
    await keep(books, new_rule("visa payment", transfer=visa.id))
    before = await books.snapshot()
    done = await desk.bring(bank.id, as_csv(PAID))
    if way == "undo":
        await books.undo(done.change_id)
        assert await books.snapshot() == before
    else:
        await perform(books.actor, take_back_import, TakeBack(done.value.id))
    assert await books.balance(visa.id) == money("100.00 EUR")
    assert not await is_void(books, await told_by(books, visa.id))
    assert await books.findings() == []


async def test_transfer_that_stays_goes_on_to_stand_for_its_row(
    desk: Desk, books: Books
) -> None:
    """Each for its own: of two of one amount the other counts again."""
    bank, visa = await open_two(books)
    await desk.bring(visa.id, as_csv(RECEIVED, ("2026-11-25", "SECOND", "100.00")))
    await keep(books, new_rule("visa payment", transfer=visa.id))
    more = ("2026-11-25", "VISA PAYMENT AGAIN", "-100.00")
    done = await desk.bring(bank.id, as_csv(PAID, more))
    assert done.value.rows_matched == 2
    query = "SELECT id FROM transaction WHERE payee = 'VISA PAYMENT'"
    (paid,) = await books.rows(query)
    await make_transfer(books, paid.id, bank.id, visa.id)
    await perform(books.actor, take_back_import, TakeBack(done.value.id))
    assert await count_void(books) == 1
    assert await books.balance(visa.id) == money("200.00 EUR")
    every = TakeBack(done.value.id, all_edited=True)
    await perform(books.actor, take_back_import, every)
    assert await count_void(books) == 0
    assert await books.balance(visa.id) == money("200.00 EUR")
    assert await books.findings() == []


@pytest.mark.parametrize("how", ["another category", "another amount", "void", "many"])
async def test_row_counts_again_once_its_transfer_is_none_any_more(
    how: str, desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    fees = await books.category("Fees")
    await desk.bring(visa.id, as_csv(RECEIVED))
    await keep(books, new_rule("visa payment", transfer=visa.id))
    await desk.bring(bank.id, as_csv(PAID))
    paid = await told_by(books, bank.id)
    seen = await ask(books.actor, find_transaction, paid)
    mark = TransactionMark(paid, seen.version)
    if how == "void":
        await perform(books.actor, void_transaction, mark)
    elif how == "many":
        change = ManyChange(void=True)
        await perform(books.actor, change_many, Selection((mark,)), change)
    else:
        sent = money("-90 EUR" if how == "another amount" else "-100 EUR")
        target = visa.id if how == "another amount" else fees
        entry = Entry(seen.on_date, (Part(bank.id, sent), Part(target, -sent)))
        edit = TransactionChange(paid, seen.version, entry)
        await perform(books.actor, edit_transaction, edit)
    assert await count_void(books) == (how in ("void", "many"))
    left = "190.00 EUR" if how == "another amount" else "100.00 EUR"
    assert await books.balance(visa.id) == money(left)
    assert await books.findings() == []


async def test_money_that_did_not_arrive_ends_nothing(desk: Desk, books: Books) -> None:
    """The row by hand leaves the account, as what its bank told before has."""
    bank, visa = await open_two(books)
    await desk.bring(bank.id, as_csv(("2026-11-24", "ATM", "-100.00")))
    food = await books.category("Food")
    spent = await books.spend(bank.id, food, "100 EUR", date(2026, 11, 25))
    done = await make_transfer(books, spent.value.id, bank.id, visa.id)
    assert done.value.matched == 0
    assert await books.balance(bank.id) == money("-200.00 EUR")


async def test_note_and_tag_of_the_row_come_to_its_transfer(
    desk: Desk, books: Books
) -> None:
    """They may be a rule's: that must not let the money count twice."""
    bank, visa = await open_two(books)
    await keep(books, new_rule("received", tags=("mine",), note="Thanks"))
    await desk.bring(visa.id, as_csv(RECEIVED))
    await keep(books, new_rule("visa payment", transfer=visa.id, note="October"))
    await desk.bring(bank.id, as_csv(PAID))
    assert await books.balance(visa.id) == money("100.00 EUR")
    found = await ask(books.actor, find_transaction, await told_by(books, bank.id))
    assert found.note == "October\nThanks"
    assert found.tags == ("mine",)


async def test_row_that_a_person_made_void_stays_so_when_an_import_is_taken_back(
    desk: Desk, books: Books, clock: Clock
) -> None:
    bank, visa = await open_two(books)
    await desk.bring(visa.id, as_csv(RECEIVED))
    received = await told_by(books, visa.id)
    cash = await books.open("Cash")
    await desk.bring(cash.id, as_csv(("2026-11-26", "Lidl", "-7.00")))
    bought = await told_by(books, cash.id)
    seen = await ask(books.actor, find_transaction, bought)
    gone = TransactionMark(bought, seen.version)
    await perform(books.actor, void_transaction, gone)
    clock.advance(seconds=1)
    await keep(books, new_rule("visa payment", transfer=visa.id))
    done = await desk.bring(bank.id, as_csv(PAID))
    await perform(books.actor, take_back_import, TakeBack(done.value.id))
    assert not await is_void(books, received)
    assert await is_void(books, bought)


async def test_rule_applied_to_what_is_there_matches_and_is_taken_back(
    desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    await desk.bring(visa.id, as_csv(RECEIVED))
    await desk.bring(bank.id, as_csv(PAID))
    kept = await keep(books, new_rule("visa payment", transfer=visa.id))
    before = await books.snapshot()
    done = await perform(books.actor, apply_rule, mark(kept))
    assert (done.value.changed, done.value.matched) == (1, 1)
    assert await books.balance(visa.id) == money("100.00 EUR")
    await books.undo(done.change_id)
    assert await books.snapshot() == before


async def test_row_that_a_person_makes_a_transfer_stands_for_the_other(
    desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    await desk.bring(bank.id, as_csv(PAID))
    await desk.bring(visa.id, as_csv(RECEIVED))
    received = await told_by(books, visa.id)
    before = await books.snapshot()
    done = await make_transfer(books, received, bank.id, visa.id)
    assert done.value.matched == 1
    assert await books.balance(bank.id) == money("-100.00 EUR")
    assert await books.balance(visa.id) == money("100.00 EUR")
    await books.undo(done.change_id)
    assert await books.snapshot() == before


async def test_each_row_is_matched_once_and_by_the_nearest_day(
    desk: Desk, books: Books
) -> None:
    """
    Visa   22, 25 and 26 November  +100.00   the first is somebody else's
    Bank   25 and 26 November      -100.00   by a rule to Visa
    """
    bank, visa = await open_two(books)
    days = ("2026-11-22", "2026-11-25", "2026-11-26")
    received = [(day, f"RECEIVED {day}", "100.00") for day in days]
    await desk.bring(visa.id, as_csv(*received))
    await keep(books, new_rule("visa payment", transfer=visa.id))
    paid = [(day, f"VISA PAYMENT {day}", "-100.00") for day in days[1:]]
    assert (await desk.bring(bank.id, as_csv(*paid))).value.rows_matched == 2
    assert await books.balance(visa.id) == money("300.00 EUR")
    left = await books.rows(
        "SELECT on_date FROM transaction WHERE payee LIKE 'RECEIVED%' "
        "AND voided_at IS NULL"
    )
    assert [row.on_date for row in left] == [date(2026, 11, 22)]


async def test_what_a_person_gave_a_category_or_is_four_days_away_stays(
    desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    gift = await books.category("Gifts", "income")
    await keep(books, new_rule("a gift", gift))
    far = ("2026-11-29", "PAYMENT RECEIVED", "100.00")
    given = ("2026-11-25", "a gift", "100.00")
    await desk.bring(visa.id, as_csv(given, far))
    await keep(books, new_rule("visa payment", transfer=visa.id))
    assert (await desk.bring(bank.id, as_csv(PAID))).value.rows_matched == 0
    assert await books.balance(visa.id) == money("300.00 EUR")


async def test_what_was_entered_by_hand_is_not_matched(
    desk: Desk, books: Books
) -> None:
    """No bank has told of it: the row of its file will find the transfer as a twin."""
    bank, visa = await open_two(books)
    cash = await books.open("Cash")
    await desk.bring(cash.id, as_csv(RECEIVED))
    (opened,) = await books.rows(
        "SELECT id FROM account WHERE type = 'uncategorised' AND kind = 'income'"
    )
    into, out = money("100.00 EUR"), money("-100.00 EUR")
    parts = (Part(visa.id, into), Part(opened.id, out))
    await books.record(Entry(date(2026, 11, 26), parts))
    await keep(books, new_rule("visa payment", transfer=visa.id))
    assert (await desk.bring(bank.id, as_csv(PAID))).value.rows_matched == 0
    assert await books.balance(visa.id) == money("200.00 EUR")
