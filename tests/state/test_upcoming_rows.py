"""The dashboard tells what comes, what waits, and which account runs dry."""

from datetime import date

from fintrack.core.recurrence import Pattern, Rule
from fintrack.services.commands import perform
from fintrack.services.recurring.item_rows import NewItem
from fintrack.services.recurring.items import add_item
from fintrack.state.dashboard import DashboardState
from tests.books import Books, money
from tests.state.desk import sit_down


async def test_what_comes_waits_and_runs_dry_is_told(books: Books) -> None:
    """A rent of 60 each week from today on, and 100 on the bank."""
    bank, rent = await books.open("Bank", "100 EUR"), await books.category("Rent")
    rule = Rule(Pattern.WEEKS, date(2026, 11, 18))
    new = NewItem("Landlord", bank.id, rent, money("-60 EUR"), rule)
    await perform(books.actor, add_item, new)
    page = await (await sit_down(books)).state(DashboardState)
    await page.load()
    assert [(row.name, row.detail) for row in page.board.upcoming] == [
        ("Landlord", "Wed, Nov 25 · Bank"),
        ("Landlord", "Wed, Dec 2 · Bank"),
    ]
    waits, dry = page.board.needs
    assert waits.text == "1 recurring date waits for your yes."
    assert dry.text.startswith("Bank falls below zero on Wed, Nov 25")


async def test_books_without_anything_recurring_tell_nothing(books: Books) -> None:
    await books.open("Bank", "100 EUR")
    page = await (await sit_down(books)).state(DashboardState)
    await page.load()
    assert (page.board.upcoming, page.board.needs) == ([], [])
