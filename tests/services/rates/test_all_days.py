"""Values of all days, read as runs: just what the lookup of each day gives."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from fintrack.core.rate_runs import Source
from fintrack.services.commands import Work, ask, perform, question
from fintrack.services.people import configure, find_settings
from fintrack.services.rates.all_days import DayRate, read_all_days
from fintrack.services.rates.lookup import RateView, rates_of
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from tests.books import Books
from tests.conftest import Clock
from tests.services.rates.observing import observe

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(n) for n in range(40, 200)]
PAIRS = (
    ("EUR", "TRY"),
    ("USD", "EUR"),
    ("TRY", "USD"),
    ("BTC", "TRY"),
    ("EUR", "EUR"),
    ("BTC", "GBP"),
)

Both = tuple[tuple[DayRate, ...], tuple[DayRate, ...]]


@question("test.all_days")
async def both(work: Work, base: str, quote: str, days: list[date]) -> Both:
    """As runs, and as the lookup has them."""
    found = await rates_of(work, [(base, quote)], days)
    views = [view for (view,) in found.values() if isinstance(view, RateView)]
    told = [DayRate(one.rate.on, one.rate.value, one.seen_on) for one in views]
    return await read_all_days(work, base, quote, days), tuple(told)


async def _observe(books: Books, chance: Random) -> None:
    """Sources that stand still, are away for weeks, and disagree."""
    for code in ("EUR", "TRY", "BTC"):
        for source, often in ((Source.EUROPE, 0.6), (Source.CURRENCY_API, 0.1)):
            rates = {
                FIRST + timedelta(n): str(chance.choice((2, "2.5", 3)))
                for n in range(chance.randrange(60), chance.randrange(90, 200))
                if chance.random() < often
            }
            await observe(books.home, code, rates, source, hour=chance.randrange(24))


@pytest.mark.parametrize("seed", range(5))
async def test_each_day_is_as_the_lookup_has_it(books: Books, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - rates of a test, no secrets
    await _observe(books, chance)
    for day in chance.sample(DAYS, 3):
        given = OwnRateGiven("TRY", "EUR", day, Decimal("0.9"))
        await perform(books.actor, set_own_rate, given)
    for base, quote in PAIRS:
        found, told = await ask(books.actor, both, base, quote, DAYS)
        assert found == told
        assert found or quote == "GBP"


LAWS = (
    ("DEM", "USD", 1998),
    ("USD", "DEM", 1998),
    ("DEM", "EUR", 1998),
    ("EUR", "DEM", 1998),
    ("ITL", "DEM", 1998),
    ("TRL", "TRY", 2004),
    ("TRL", "EUR", 2004),
    ("HRK", "USD", 2022),
    ("BGL", "USD", 1998),
    ("BGN", "EUR", 2025),
    ("EUR", "BGN", 2025),
)


@pytest.mark.parametrize(("base", "quote", "year"), LAWS)
async def test_from_its_day_on_a_law_speaks_on_each_day(
    books: Books, base: str, quote: str, year: int
) -> None:
    """A market says something else before that day, and still does so for weeks."""
    chance = Random(year)  # noqa: S311 - rates of a test, no secrets
    days = [date(year, 11, 1) + timedelta(n) for n in range(365)]
    for code in {base, quote, "EUR", "TRY", "BGN"} - {"USD"}:
        rates = {
            day: str(chance.choice((2, "2.5", 3)))
            for day in days
            if chance.random() < 0.2 and (code != base or day < days[100])
        }
        await observe(books.home, code, rates)
    found, told = await ask(books.actor, both, base, quote, days)
    assert found == told
    assert len(found) > 300


async def test_west_of_greenwich_today_goes_on(books: Books, clock: Clock) -> None:
    """21:00 on the 17th in Lima is 02:00 on the 18th in UTC."""
    clock.now = clock.now.replace(hour=2)
    tomorrow = clock.now.date()
    today = tomorrow - timedelta(1)
    await observe(books.home, "EUR", {today: "0.8", tomorrow: "0.9"}, hour=1)
    settings = await ask(books.actor, find_settings)
    await perform(books.actor, configure, replace(settings, time_zone="America/Lima"))
    found, told = await ask(books.actor, both, "USD", "EUR", [today])
    assert found == told
    assert found[0].value == Decimal("0.9")
