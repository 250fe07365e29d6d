"""A date that waits and whose day is reconciled."""

from datetime import date

from fintrack.services.commands import perform
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.services.recurring.settling import settle_all
from fintrack.state.dashboard import DashboardState
from fintrack.state.recurring import RecurringState
from tests.books import Books, money
from tests.conftest import Clock
from tests.state.desk import sit_down
from tests.state.test_recurring import add, page

__all__ = ["page"]


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
