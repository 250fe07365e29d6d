"""What comes again in the sample: there from the next day on, and gone with it."""

from datetime import date

from fintrack.core.recurrence import Pattern, Rule
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import list_accounts
from fintrack.services.recurring.forecasting import forecast_balances
from fintrack.services.recurring.handling import DateMark, skip_date
from fintrack.services.recurring.item_rows import ItemView, NewItem
from fintrack.services.recurring.items import ItemChange, edit_item, list_items
from fintrack.services.recurring.settling import settle_all
from fintrack.services.recurring.suggesting import suggest_items
from fintrack.services.sample.adding import NewSample, add_sample
from fintrack.services.sample.recurring import ITEMS
from fintrack.services.sample.removing import remove_sample
from tests.books import Books
from tests.conftest import Clock

UNTIL = date(2026, 11, 18)


async def test_sample_has_items_forecasts_and_things_to_find(books: Books) -> None:
    await perform(books.actor, add_sample, NewSample(UNTIL, "tr"))
    found = await ask(books.actor, list_items)
    assert len(found) == len(ITEMS)
    assert all(item.next and item.next.due_on > UNTIL for item in found)
    assert await ask(books.actor, forecast_balances)
    assert len(await ask(books.actor, suggest_items)) > 2


async def test_what_the_sample_booked_meanwhile_goes_with_it(
    books: Books, clock: Clock
) -> None:
    await perform(books.actor, add_sample, NewSample(UNTIL, "en"))
    clock.advance(days=20)
    assert await settle_all() == 3
    removed = (await perform(books.actor, remove_sample)).value
    assert removed.kept == 0
    assert await ask(books.actor, list_items) == []
    assert await ask(books.actor, list_accounts) == []
    assert await books.findings() == []


async def test_dates_of_one_turn_that_went_together_come_again_together(
    books: Books,
) -> None:
    """Two weeks of a rule that is monthly by now."""
    await perform(books.actor, add_sample, NewSample(UNTIL, "en"))
    (item, *_) = await ask(books.actor, list_items)
    weekly = Rule(Pattern.WEEKS, date(2026, 12, 7))
    await _change(books, item, weekly, item.version)
    for day in (7, 14):
        await perform(books.actor, skip_date, DateMark(item.id, date(2026, 12, day)))
    await _change(books, item, item.rule, item.version + 1)
    before = await books.snapshot()
    removed = await perform(books.actor, remove_sample)
    await books.undo(removed.change_id)
    assert await books.snapshot() == before


async def _change(books: Books, item: ItemView, rule: Rule, version: int) -> None:
    new = NewItem(item.name, item.account_id, item.other_id, item.amount, rule)
    await perform(books.actor, edit_item, ItemChange(item.id, version, new))
