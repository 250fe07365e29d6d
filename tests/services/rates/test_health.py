"""How rates do as a whole."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fintrack.core.actor import SYSTEM
from fintrack.core.errors import NotAllowed
from fintrack.core.rate_faults import TimedOut
from fintrack.core.rate_runs import Observation, Source
from fintrack.services.commands import ask
from fintrack.services.database import Database
from fintrack.services.rates import fetching, source_rows
from fintrack.services.rates.fetching import Fetching
from fintrack.services.rates.health import find_rate_health
from tests.books import Books
from tests.conftest import Clock
from tests.services.rates.feeds.formats import FORMATS
from tests.services.rates.test_keeping import keep

API, _, COINS, _ = FORMATS
HOUR = timedelta(hours=1)


@pytest.mark.usefixtures("home")
async def test_house_without_sources_and_rates_says_so() -> None:
    rates = await ask(SYSTEM, find_rate_health)
    assert (rates.sources, rates.newest_at, rates.age, rates.jumps) == (
        (),
        None,
        None,
        0,
    )


async def test_newest_rate_failures_and_jumps_are_told(
    home: Database, clock: Clock
) -> None:
    feeds = tuple(one.feed("http://127.0.0.1:9") for one in (API, COINS))
    fetching.install(Fetching(feeds))
    for hours, rate in ((4, "40"), (3, "41"), (2, "900"), (1, "910")):
        at = clock() - hours * HOUR
        await keep([Observation("TRY", Decimal(rate), at)], Source.CURRENCY_API)
    async with home.unit_of_work() as session:
        coins = Source.COIN_PAPRIKA
        await source_rows.note_failure(session, coins, TimedOut(), clock())
    rates = await ask(SYSTEM, find_rate_health)
    fetching.install(Fetching())
    # What waits for a decision is no rate.
    assert rates.age == 3 * HOUR
    assert rates.jumps == 1
    assert [view.row.failures for view in rates.sources] == [0, 1]


async def test_others_learn_nothing(books: Books) -> None:
    with pytest.raises(NotAllowed):
        await ask(books.actor, find_rate_health)
