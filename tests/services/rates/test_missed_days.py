"""What was missed while the program was off: asked for later, day by day."""

from datetime import date, timedelta
from decimal import Decimal

from fintrack.core.rate_runs import Source
from fintrack.services.rates.fetching import fetch_rates
from tests.books import Books
from tests.conftest import Clock
from tests.services.rates.feeds.formats import midnight
from tests.services.rates.feeds.provider import Reply
from tests.services.rates.providers import (
    API,
    Providers,
    all_well,
    good,
    row_of,
    there,
)

__all__ = ["there"]
DAY = timedelta(days=1)


async def _missed_days(there: Providers) -> list[str]:
    return [one.path for one in there["currency-api"].asked if "latest" not in one.path]


async def test_days_that_were_missed_come_one_by_one(
    books: Books, there: Providers, clock: Clock
) -> None:
    """Away from Wednesday to Saturday: Thursday and Friday are asked for."""
    all_well(there, clock)
    await fetch_rates()
    clock.advance(days=3)
    all_well(there, clock)
    await fetch_rates()
    assert await _missed_days(there) == [
        "/usd@2026-11-18.json",
        "/usd@2026-11-19.json",
        "/usd@2026-11-20.json",
    ]
    assert (await row_of(books, Source.CURRENCY_API)).complete_on == date(2026, 11, 20)
    await fetch_rates()
    assert len(await _missed_days(there)) == 3


async def test_who_asks_each_day_has_missed_nothing(
    books: Books, there: Providers, clock: Clock
) -> None:
    for _ in range(3):
        all_well(there, clock)
        await fetch_rates()
        clock.advance(days=1)
        assert await _missed_days(there) == []
    del books


async def test_thirty_days_come_at_once_and_the_rest_with_the_next_run(
    books: Books, there: Providers, clock: Clock
) -> None:
    all_well(there, clock)
    await fetch_rates()
    clock.advance(days=40)
    there["currency-api"].replies = [good(API, midnight(clock(), -1))]
    for missed in (30, 40, 40):
        await fetch_rates()
        assert len(await _missed_days(there)) == missed
    del books


async def test_day_that_is_not_there_is_passed_over_and_a_plan_without_is_left(
    books: Books, there: Providers, clock: Clock
) -> None:
    all_well(there, clock)
    await fetch_rates()
    for status, asked in ((404, 3), (403, 1)):
        clock.advance(days=3)
        latest = good(API, midnight(clock(), -1))
        there["currency-api"].say(latest, Reply(status=status))
        await fetch_rates()
        assert len(await _missed_days(there)) == asked
        row = await row_of(books, Source.CURRENCY_API)
        assert row.complete_on == clock().date() - DAY
        assert row.failures == 0


async def test_late_day_is_kept_where_it_belongs(
    books: Books, there: Providers, clock: Clock
) -> None:
    all_well(there, clock)
    await fetch_rates()
    clock.advance(days=2)
    now = clock()
    there["currency-api"].say(
        good(API, midnight(now), "0.7"),
        good(API, midnight(now, -2), "0.6"),
        good(API, midnight(now, -1), "0.6"),
    )
    await fetch_rates()
    rows = await books.rows(
        "SELECT per_usd, multiplier FROM rate_run WHERE source = 'currency-api' "
        "ORDER BY valid_from"
    )
    assert [tuple(row) for row in rows] == [
        (Decimal("0.5"), 1),
        (Decimal("0.6"), 2),
        (Decimal("0.7"), 1),
    ]
