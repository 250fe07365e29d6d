"""Dates are skipped or booked, also ahead of their day and where it is reconciled."""

from datetime import date

import pytest

from fintrack.services.commands import perform
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.services.recurring.handling import DateMark, skip_date
from fintrack.services.recurring.items import ItemEnd, end_item
from fintrack.services.recurring.settling import settle_all
from fintrack.state.dashboard import DashboardState
from fintrack.state.recurring import RecurringState
from fintrack.state.recurring_month import DateRow
from fintrack.state.rows import NOTHING
from tests.books import Books, money
from tests.conftest import Clock
from tests.state.desk import sit_down
from tests.state.test_recurring import add, fill, page

__all__ = ["page"]


def _marked(page: RecurringState, number: str) -> DateRow:
    """The one date on a day of the month that is shown."""
    (cell,) = (c for c in page.cells if c.number == number and not c.is_outside)
    (one,) = cell.dates
    return one


async def test_date_to_come_is_skipped_in_the_month_and_brought_back(
    page: RecurringState, clock: Clock
) -> None:
    await add(page, is_automatic="on")
    one = _marked(page, "20")
    await page.choose_date(one.item_id, one.rule_on, one.due_on)
    chosen = page.chosen
    assert page.is_date_open
    assert (chosen.name, chosen.detail) == ("Landlord", "Fri, Nov 20 · Bank")
    assert chosen.note == "It is booked by itself on its day."
    assert not chosen.is_today
    assert not chosen.is_dealt_with
    await page.skip(chosen.item_id, chosen.rule_on)
    assert not page.is_date_open
    assert page.notice.text == "Landlord is skipped this time."
    assert _marked(page, "20").said == "skipped"
    await page.choose_date(one.item_id, one.rule_on, one.due_on)
    assert (page.chosen.note, page.chosen.is_dealt_with) == ("It was skipped.", True)
    clock.advance(days=3)
    await settle_all()
    await page.load()
    assert _marked(page, "20").said == "skipped"


async def test_skipped_date_comes_back_with_undo(page: RecurringState) -> None:
    await add(page)
    one = _marked(page, "20")
    await page.skip(one.item_id, one.rule_on)
    await page.undo(page.notice.change)
    assert _marked(page, "20") == one


async def test_next_date_is_booked_today_ahead_of_its_day(
    page: RecurringState, books: Books
) -> None:
    await add(page)
    (row,) = page.items
    await page.choose_date(row.id, row.rule_on, row.due_on)
    assert page.chosen.note == "On its day it waits for your yes."
    await page.book_today(row.id, row.rule_on)
    assert (page.is_date_open, page.notice.text) == (False, "Landlord was booked.")
    assert page.items[0].next == "Sun, Dec 20"
    assert _marked(page, "20").said == "booked"
    (booked,) = await books.rows("SELECT on_date FROM transaction WHERE payee > ''")
    assert booked.on_date == date(2026, 11, 18)


async def test_date_is_booked_on_its_day_ahead_of_it(
    page: RecurringState, books: Books
) -> None:
    await add(page)
    one = _marked(page, "20")
    await page.book(one.item_id, one.rule_on)
    (booked,) = await books.rows("SELECT on_date FROM transaction WHERE payee > ''")
    assert booked.on_date == date(2026, 11, 20)


async def test_date_that_is_none_of_the_rule_is_not_asked_about(
    page: RecurringState,
) -> None:
    await add(page)
    one = _marked(page, "20")
    for rule_on, due_on in (("2026-11-21", one.due_on), (one.rule_on, "soon")):
        await page.choose_date(one.item_id, rule_on, due_on)
        assert (page.is_date_open, page.notice.tone) == (False, "bad")
    await page.choose_date(one.item_id, one.rule_on, one.due_on)
    page.set_date_open(True)
    assert page.is_date_open
    page.set_date_open(False)
    assert not page.is_date_open


async def test_date_on_a_reconciled_day_is_booked_after_a_question(
    page: RecurringState, books: Books, clock: Clock
) -> None:
    await add(page)
    clock.advance(days=3)
    await settle_all()
    await page.load()
    (waits,) = page.waiting
    bank = int(page.accounts[0].value)
    statement = Statement(bank, date(2026, 11, 20), money("1000 EUR"))
    await perform(books.actor, finish_reconciliation, statement)
    await page.load()
    assert page.waiting[0].lock == "Bank is reconciled up to Nov 20, 2026."
    await page.book(waits.item_id, waits.rule_on)
    assert page.breaks == "Bank is reconciled up to Nov 20, 2026."
    page.set_warning(False)
    await page.book_anyway()
    assert len(page.waiting) == 1
    await page.book(waits.item_id, waits.rule_on)
    await page.book_anyway()
    assert (page.breaks, page.waiting) == ("", [])
    assert page.notice.text == "Landlord was booked."


async def test_what_was_not_booked_by_itself_says_why(
    page: RecurringState, books: Books, clock: Clock
) -> None:
    await add(page, is_automatic="on")
    clock.advance(days=3)
    bank = int(page.accounts[0].value)
    statement = Statement(bank, date(2026, 11, 20), money("1000 EUR"))
    await perform(books.actor, finish_reconciliation, statement)
    await settle_all()
    await page.load()
    assert page.waiting[0].lock == (
        "Bank is reconciled up to Nov 20, 2026. So it was not booked by itself."
    )
    dashboard = await (await sit_down(books)).state(DashboardState)
    await dashboard.load()
    assert dashboard.board.needs[0].text == (
        "1 recurring date waits for your yes. 1 falls into a reconciled period."
    )


async def test_booked_date_whose_transaction_is_void_says_what_to_do(
    page: RecurringState, books: Books
) -> None:
    await add(page)
    one = _marked(page, "20")
    await page.book(one.item_id, one.rule_on)
    assert _marked(page, "20").said == "booked"
    await page.choose_date(one.item_id, one.rule_on, one.due_on)
    assert (page.chosen.note, page.chosen.amount.major) == ("It was booked.", "500")
    (paid,) = await books.rows("SELECT id FROM transaction WHERE payee > ''")
    await perform(books.actor, void_transaction, TransactionMark(paid.id, 1))
    await page.load()
    void = _marked(page, "20")
    assert (void.said, void.amount) == ("booked, void", NOTHING)
    assert "it does not count" in page.chosen.note
    assert page.chosen.is_dealt_with


async def test_reload_reads_the_date_of_the_open_dialog_anew(
    page: RecurringState, books: Books
) -> None:
    await add(page)
    one = _marked(page, "20")
    await page.choose_date(one.item_id, one.rule_on, one.due_on)
    mark = DateMark(int(one.item_id), date.fromisoformat(one.rule_on))
    skipped = await perform(books.actor, skip_date, mark)
    await page.load()
    assert (page.is_date_open, page.chosen.note) == (True, "It was skipped.")
    await books.undo(skipped.change_id)
    end = ItemEnd(mark.item_id, 1, date(2026, 11, 18))
    await perform(books.actor, end_item, end)
    await page.load()
    assert not page.is_date_open


@pytest.mark.parametrize("verb", ["skip", "book", "book_today"])
async def test_second_press_on_a_date_is_silent(
    page: RecurringState, books: Books, verb: str
) -> None:
    await add(page)
    one = _marked(page, "20")
    press = getattr(page, verb)
    await press(one.item_id, one.rule_on)
    done = page.notice
    await press(one.item_id, one.rule_on)
    assert page.notice == done
    # The other tab is told that it is too late.
    late = await (await sit_down(books)).state(RecurringState)
    await late.load()
    await getattr(late, verb)(one.item_id, one.rule_on)
    assert late.notice.text == "This date was already dealt with."


@pytest.mark.parametrize("verb", ["accept", "dismiss"])
async def test_second_press_on_a_suggestion_is_silent(
    page: RecurringState, books: Books, verb: str
) -> None:
    await page.start_new()
    bank = int(page.accounts[0].value)
    rent = int(page.categories[0].choices[0].value)
    for month in (9, 10, 11):
        await books.spend(bank, rent, "9 EUR", date(2026, month, 3), "Gym")
    await page.load_suggestions()
    (gym,) = page.suggestions
    press = getattr(page, verb)
    await press(gym.mark)
    done = page.notice
    assert done.tone != "bad"
    await press(gym.mark)
    assert page.notice == done
    await press("nothing")
    assert page.notice.tone == "bad"


async def test_lowest_balance_of_another_day_is_told_beside_the_first_below_zero(
    page: RecurringState,
) -> None:
    """Tomorrow 1,000.68 of 1,000 are due, and a million in February."""
    await add(page, amount="1000.68", day="19", ends_on="2026-11-19")
    last = {"starts_on": "2027-02-01", "ends_on": "2027-02-10"}
    await add(page, name="House", amount="1000000", day="10", **last)
    assert page.warnings == [
        (
            "Bank falls below zero on Thu, Nov 19: down to \u2068−€0.68\u2069."
            " Lowest: \u2068−€1,000,000.68\u2069 on Feb 10, 2027."
        )
    ]


async def test_form_says_that_dates_that_wait_are_booked_as_it_is_saved(
    page: RecurringState, clock: Clock
) -> None:
    await add(page)
    await page.start_edit(page.items[0].id)
    assert not page.waits
    clock.advance(days=2)
    await settle_all()
    await page.load()
    given = await fill(page, amount="600")
    assert not page.waits
    await page.start_edit(page.items[0].id)
    assert page.waits
    await page.save(given)
    (row,) = page.waiting
    assert row.amount.major == "600"
