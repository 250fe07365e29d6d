"""Small curves: of what was said, and of nothing else."""

from datetime import date, timedelta
from decimal import Decimal

from fintrack.services.commands import ask
from fintrack.services.rates.small_curves import read_small_curves
from tests.books import Books
from tests.services.rates.observing import observe

TODAY = date(2026, 11, 18)


async def test_curve_has_every_third_day_of_the_last_thirty(books: Books) -> None:
    days = [TODAY - timedelta(n) for n in range(32)]
    await observe(books.home, "EUR", dict.fromkeys(days, "0.8"))
    await observe(books.home, "TRY", {day: str(40 + day.day) for day in days})
    found = await ask(books.actor, read_small_curves, ("TRY", "EUR"), "EUR", TODAY)
    assert found.keys() == {"TRY"}
    assert len(found["TRY"]) == 11
    assert found["TRY"][-1] == Decimal("0.0137931034483")


async def test_what_stood_still_unsaid_has_no_curve(books: Books) -> None:
    days = [TODAY - timedelta(n) for n in range(32)]
    await observe(books.home, "EUR", dict.fromkeys(days, "0.8"))
    await observe(books.home, "EEK", {date(2010, 12, 31): "12"})
    found = await ask(books.actor, read_small_curves, ("EEK", "USD"), "EUR", TODAY)
    # The dollar is worth the same each day, and somebody said so.
    assert found.keys() == {"USD"}
