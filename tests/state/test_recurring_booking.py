"""Dates are skipped or booked, also ahead of their day and where it is reconciled."""

from datetime import date

from fintrack.services.commands import perform
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.services.recurring.settling import settle_all
from fintrack.state.dashboard import DashboardState
from fintrack.state.recurring import RecurringState
from fintrack.state.recurring_month import DateRow
from tests.books import Books, money
from tests.conftest import Clock
from tests.state.desk import sit_down
from tests.state.test_recurring import add, page

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
    assert one.is_open
    await page.choose_date(one.item_id, one.rule_on, one.due_on)
    chosen = page.chosen
    assert page.is_date_open
    assert (chosen.name, chosen.detail) == ("Landlord", "Fri, Nov 20 · Bank")
    assert chosen.note == "It is booked by itself on its day."
    assert not chosen.is_today
    await page.skip(chosen.item_id, chosen.rule_on)
    assert not page.is_date_open
    assert page.notice.text == "Landlord is skipped this time."
    gone = _marked(page, "20")
    assert (gone.said, gone.is_open) == ("skipped", False)
    await page.choose_date(one.item_id, one.rule_on, one.due_on)
    assert page.notice.text == "This date was already dealt with."
    assert not page.is_date_open
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
