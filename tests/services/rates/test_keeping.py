"""What sources say is kept: exactly, once, and a jump only when somebody says so."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.core.currency import all_currencies
from fintrack.core.rate_runs import Observation, Source, are_same
from fintrack.services import database
from fintrack.services.rates import keeping
from fintrack.services.rates.keeping import Kept, keep_observations
from tests.books import Books
from tests.conftest import Clock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def keep(
    seen: Iterable[Observation], source: Source = Source.CURRENCY_API
) -> Kept:
    async with database.current().unit_of_work() as session:
        return await keep_observations(session, source, seen)


def seen(code: str, rate: str, at: datetime) -> Observation:
    return Observation(code, Decimal(rate), at)


async def _runs(books: Books) -> list[tuple[str, Decimal, int]]:
    rows = await books.rows(
        "SELECT code, per_usd, multiplier FROM rate_run ORDER BY code, valid_from"
    )
    return [(row.code, row.per_usd, row.multiplier) for row in rows]


async def test_equal_ones_in_a_row_are_one_run(books: Books, clock: Clock) -> None:
    for hours, rate in ((3, "0.9"), (2, "0.9000001"), (1, "0.9"), (0, "0.91")):
        await keep([seen("EUR", rate, clock() - hours * HOUR)])
    assert await _runs(books) == [
        ("EUR", Decimal("0.9"), 3),
        ("EUR", Decimal("0.91"), 1),
    ]


async def test_counts_say_what_became_of_each(books: Books, clock: Clock) -> None:
    await keep([seen("EUR", "0.9", clock() - HOUR)])
    kept = await keep(
        [
            seen("EUR", "0.9", clock() - HOUR),
            seen("EUR", "0.9", clock()),
            seen("CHF", "0.8", clock()),
            seen("NOPE", "1", clock()),
            seen("JPY", "NaN", clock()),
            seen("GBP", "-1", clock()),
            seen("TRY", "45", clock() + 2 * HOUR),
        ]
    )
    assert (kept.known, kept.extended, kept.added) == (1, 1, 1)
    assert (kept.unknown, kept.held) == (1, 0)
    assert [one.code for one in kept.refused] == ["JPY", "GBP", "TRY"]
    assert await _runs(books) == [
        ("CHF", Decimal("0.8"), 1),
        ("EUR", Decimal("0.9"), 2),
    ]


async def test_late_batches_are_read_as_if_each_had_been_kept_by_itself(
    books: Books, clock: Clock
) -> None:
    """Three currencies, one of them pegged, in batches that arrive in any order."""
    drawn = random.Random(5)  # noqa: S311 - a shuffle, no secret
    naive: dict[str, dict[datetime, Decimal]] = defaultdict(dict)
    said = [
        seen(code, drawn.choice(rates), clock() - n * HOUR)
        for code, rates in (
            ("EUR", ["0.9"]),
            ("CHF", ["0.8", "0.81"]),
            ("JPY", ["150"]),
        )
        for n in drawn.sample(range(200), 90)
    ]
    drawn.shuffle(said)
    for start in range(0, len(said), 40):
        batch = sorted(said[start : start + 40], key=lambda one: one.at)
        await keep(batch)
        for code, rate, at in batch:
            naive[code].setdefault(at, rate)
    for code, known in naive.items():
        for at, rate in known.items():
            (found,) = await books.rows(
                "SELECT per_usd FROM rate_run WHERE code = :code AND valid_from <= :at "
                "ORDER BY valid_from DESC LIMIT 1",
                code=code,
                at=at,
            )
            assert are_same(found.per_usd, rate)
    (counted,) = await books.rows("SELECT sum(multiplier) AS n FROM rate_run")
    assert counted.n == sum(map(len, naive.values()))


async def test_jump_is_held_and_what_goes_on_as_before_is_kept(
    books: Books, clock: Clock
) -> None:
    await keep([seen("TRY", "40", clock() - 2 * HOUR)])
    kept = await keep([seen("TRY", "400", clock() - HOUR), seen("TRY", "41", clock())])
    assert (kept.held, kept.added) == (1, 1)
    assert await _runs(books) == [("TRY", Decimal(40), 1), ("TRY", Decimal(41), 1)]
    (held,) = await books.rows("SELECT * FROM rate_held")
    assert (held.per_usd, held.in_force_per_usd) == (Decimal(400), Decimal(40))
    assert (held.held_at, held.decision) == (clock(), "")


async def test_jump_that_is_told_again_is_held_once(books: Books, clock: Clock) -> None:
    await keep([seen("TRY", "40", clock() - HOUR)])
    told = [await keep([seen("TRY", "9", clock())]) for _ in range(2)]
    assert [(kept.held, kept.known) for kept in told] == [(1, 0), (0, 1)]
    assert len(await books.rows("SELECT 1 FROM rate_held")) == 1


async def test_another_source_is_a_measure_for_thirty_days(
    books: Books, clock: Clock
) -> None:
    await keep([seen("TRY", "40", clock() - 31 * DAY)], Source.EUROPE)
    await keep([seen("CHF", "0.8", clock() - 30 * DAY)], Source.EUROPE)
    kept = await keep([seen("TRY", "400", clock()), seen("CHF", "8", clock())])
    assert (kept.added, kept.held) == (1, 1)
    assert [row.code for row in await books.rows("SELECT code FROM rate_held")] == [
        "CHF"
    ]


@pytest.mark.parametrize("source", [Source.CURRENCY_API, Source.EUROPE])
@pytest.mark.parametrize("days", [29, 31, 400, 4000])
async def test_thousand_times_as_much_is_held_however_old_the_last_rate_is(
    books: Books, clock: Clock, source: Source, days: int
) -> None:
    await keep([seen("TRY", "40", clock() - days * DAY)], source)
    for hours, rate in ((2, "40000"), (1, "0.04")):
        kept = await keep([seen("TRY", rate, clock() - hours * HOUR)])
        assert (kept.held, kept.added) == (1, 0)
    assert (await keep([seen("TRY", "100", clock())])).added == 1
    assert len(await _runs(books)) == 2


async def test_an_old_rate_excuses_no_jump_from_a_new_one(
    books: Books, clock: Clock
) -> None:
    await keep([seen("TRY", "40", clock() - 40 * DAY)])
    await keep([seen("TRY", "40", clock() - DAY)], Source.EUROPE)
    assert (await keep([seen("TRY", "400", clock())])).held == 1
    del books


async def test_rate_from_before_a_law_is_no_measure(books: Books, clock: Clock) -> None:
    """Since 2005 a million liras are one new lira, whatever a feed still means."""
    first, then = (clock().replace(year=year, month=6) for year in (2004, 2005))
    await keep([seen("TRL", "1500000", first)])
    kept = await keep([seen("TRL", "1.35", then)])
    assert (kept.held, kept.added) == (0, 1)
    del books


async def test_two_sources_that_disagree_go_on_each_in_its_own_way(
    books: Books, clock: Clock
) -> None:
    """What one said before the other was there is no jump of either."""
    await keep([seen("TRY", "400", clock() - 40 * DAY)], Source.EUROPE)
    await keep([seen("TRY", "40", clock() - 9 * DAY)])
    await keep([seen("TRY", "400", clock() - 12 * DAY)], Source.EUROPE)
    assert (await keep([seen("TRY", "401", clock())], Source.EUROPE)).held == 0
    assert (await keep([seen("TRY", "41", clock())])).held == 0
    del books


async def test_late_one_is_measured_by_what_comes_after_it_too(
    books: Books, clock: Clock
) -> None:
    await keep([seen("TRY", "40", clock() - DAY)])
    for days, rate, held in ((9, "40000", 1), (8, "0.04", 1), (7, "39", 0)):
        assert (await keep([seen("TRY", rate, clock() - days * DAY)])).held == held
    rows = await books.rows("SELECT per_usd, in_force_per_usd FROM rate_held")
    assert {row.in_force_per_usd for row in rows} == {Decimal(40)}
    await keep([seen("CHF", "0.8", clock() - DAY)], Source.EUROPE)
    assert (await keep([seen("CHF", "800", clock() - 2 * DAY)])).held == 1


async def test_late_one_that_fits_only_on_one_side_is_held(
    books: Books, clock: Clock
) -> None:
    """What was believed before it may itself be wrong."""
    await keep([seen("TRY", "40000", clock() - 9 * DAY)])
    async with database.current().unit_of_work() as session:
        right = [seen("TRY", "40", clock() - DAY)]
        await keeping.merge_observations(session, Source.CURRENCY_API, right)
    assert (await keep([seen("TRY", "40001", clock() - 5 * DAY)])).held == 1
    del books


async def test_what_is_far_away_is_no_measure_beside_what_is_near(
    books: Books, clock: Clock
) -> None:
    """A coin is worth 150 times as much a year later; its days go on one by one."""
    await keep([seen("DOGE", "150", clock() - 400 * DAY)])
    async with database.current().unit_of_work() as session:
        today = [seen("DOGE", "1", clock())]
        await keeping.merge_observations(session, Source.CURRENCY_API, today)
    assert (await keep([seen("DOGE", "149", clock() - 399 * DAY)])).held == 0
    del books


async def test_late_one_within_a_run_goes_on_as_the_run_does(
    books: Books, clock: Clock
) -> None:
    await keep([seen("TRY", "40", clock() - n * DAY) for n in (9, 8, 7)])
    async with database.current().unit_of_work() as session:
        jump = [seen("TRY", "400", clock() - 6 * DAY)]
        await keeping.merge_observations(session, Source.CURRENCY_API, jump)
    assert (await keep([seen("TRY", "41", clock() - 8 * DAY + HOUR)])).held == 0
    del books


async def test_rate_from_after_a_law_is_no_measure_of_what_was_before(
    books: Books, clock: Clock
) -> None:
    first, then = (clock().replace(year=year, month=6) for year in (2004, 2005))
    await keep([seen("TRL", "1.35", then)])
    assert (await keep([seen("TRL", "1500000", first)])).held == 0
    del books


async def test_of_one_instant_the_first_counts_unless_somebody_asks_again(
    books: Books, clock: Clock
) -> None:
    await keep([seen("TRY", "40", clock())])
    assert (await keep([seen("TRY", "41", clock())])).known == 1
    async with database.current().unit_of_work() as session:
        kept = await keep_observations(
            session,
            Source.CURRENCY_API,
            [seen("TRY", "41", clock())],
            asked_again=True,
        )
    assert (kept.held, kept.known, kept.days) == (1, 0, {clock().date()})
    assert await _runs(books) == [("TRY", Decimal(40), 1)]


@pytest.fixture
def ten() -> Iterator[None]:
    before = keeping._Installed.most
    keeping.set_most(Decimal(10))
    yield
    keeping.set_most(before)


@pytest.mark.usefixtures("books", "ten")
async def test_what_a_jump_is_can_be_set(clock: Clock) -> None:
    await keep([seen("TRY", "40", clock() - HOUR)])
    assert (await keep([seen("TRY", "399", clock())])).held == 0


async def test_thousand_currencies_and_a_year_of_one(
    books: Books, clock: Clock
) -> None:
    codes = [one.code for one in all_currencies() if one.code != "USD"]
    kept = await keep(seen(code, "1.5", clock()) for code in codes)
    assert kept.added == len(codes)
    year = [seen("EUR", "1.5", clock() - n * DAY) for n in range(1, 366)]
    kept = await keep(year)
    assert (kept.added, kept.extended) == (1, 364)
    (eur, last) = await books.rows(
        "SELECT multiplier FROM rate_run WHERE code = 'EUR' ORDER BY valid_from"
    )
    assert (eur.multiplier, last.multiplier) == (365, 1)
