"""Rates of all currencies kept, beside the history that came with the program."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from bench.test_import import show, timed
from fintrack.core.currency import all_currencies
from fintrack.core.rate_runs import HUB, Observation, Source
from fintrack.services import database
from fintrack.services.rates.bundled import load_bundled
from fintrack.services.rates.keeping import Kept, keep_observations
from tests.books import Books

MAX_SECONDS = 2
CODES = [one.code for one in all_currencies() if one.code != HUB]
DAYS = 90


async def _keep(observations: Iterable[Observation]) -> Kept:
    async with database.current().unit_of_work() as session:
        return await keep_observations(session, Source.CURRENCY_API, observations)


def _of_all(at: datetime, rate: str) -> list[Observation]:
    return [Observation(code, Decimal(rate), at) for code in CODES]


async def test_rates_of_all_currencies_are_kept(books: Books) -> None:
    now, hour = books.home.clock(), timedelta(hours=1)
    _, load_s = await timed(load_bundled())
    first, first_s = await timed(_keep(_of_all(now - 3 * hour, "1.5")))
    _, same_s = await timed(_keep(_of_all(now - 2 * hour, "1.5")))
    moved, moved_s = await timed(_keep(_of_all(now - hour, "1.6")))
    late, late_s = await timed(
        _keep(
            one
            for day in range(DAYS)
            for one in _of_all(now - timedelta(days=400 - day), "1.5")
        )
    )
    assert first.added + first.held == moved.added + moved.held == len(CODES)
    assert late.added + late.extended + late.held == DAYS * len(CODES)
    show(
        [
            (f"first rates of {len(CODES)} currencies", first_s, "s", MAX_SECONDS),
            ("the same an hour later", same_s, "s", MAX_SECONDS),
            ("others an hour later", moved_s, "s", MAX_SECONDS),
            (f"{DAYS} days of all of them, late and at once", late_s, "s"),
            ("bundled history loaded", load_s, "s"),
        ]
    )
    assert max(first_s, same_s, moved_s) <= MAX_SECONDS
