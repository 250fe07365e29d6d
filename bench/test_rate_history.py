"""A year of hourly rates of all currencies: what it takes, and how fast it answers.

Nobody sells us such a year, so it is drawn. Currencies that people trade move each hour
of a working day; most money has one rate a day, as free sources give it; what is pegged
stands still; metals move on working days, and coins every hour of the year. ``HOURS``
makes the year shorter.
"""

import os
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from time import perf_counter

from sqlalchemy import text

from bench.table import measure_in_turns, print_table
from fintrack.core.currency import Currency, CurrencyKind, all_currencies
from fintrack.core.money import Money
from fintrack.core.period import Period
from fintrack.core.rate_runs import HUB, Observation, Run, Source, runs_of
from fintrack.services import bulk
from fintrack.services.commands import ask
from fintrack.services.rates.course import read_course
from fintrack.services.rates.currencies import convert_money
from fintrack.services.rates.dated import read_dated
from tests.books import Books, money

HOURS = int(os.environ.get("HOURS", "8760"))
HOUR = timedelta(hours=1)
CONVERSIONS = 200_000
MAX_CONVERT_MS, MAX_YEAR_MS = 10, 20
TRADED = frozenset(
    [
        "EUR",
        "GBP",
        "JPY",
        "CHF",
        "AUD",
        "CAD",
        "NZD",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "TRY",
        "ZAR",
        "MXN",
        "BRL",
        "INR",
        "CNY",
        "KRW",
        "SGD",
        "HKD",
        "THB",
        "ILS",
        "IDR",
        "PHP",
        "MYR",
        "RON",
        "ISK",
    ]
)
PEGGED = frozenset(
    [
        "AED",
        "BHD",
        "OMR",
        "QAR",
        "SAR",
        "JOD",
        "BBD",
        "BZD",
        "BMD",
        "BSD",
        "XCD",
        "AWG",
        "CUP",
        "DJF",
        "ERN",
        "PAB",
        "KYD",
        "LBP",
    ]
)
RUN = (
    "COPY rate_run (code, source, valid_from, last_seen_at, per_usd, multiplier) "
    "FROM STDIN"
)
ONE = "COPY one_each (code, source, at, per_usd) FROM STDIN"
SAMPLE = 20
PAIRS = (("USD", "TRY"), ("EUR", "TRY"), ("BTC", "EUR"))


def _moves(one: Currency, at: datetime) -> bool:
    if one.kind is CurrencyKind.CRYPTO:
        return True
    works = at.weekday() < 5
    if one.code in TRADED or one.kind is CurrencyKind.METAL:
        return works
    return one.code not in PEGGED and works and at.hour == 0


def _seen(one: Currency, until: datetime) -> Iterator[Observation]:
    chance = Random(one.code)  # noqa: S311 - rates to measure, no secrets
    rate = Decimal(chance.randrange(10_000, 9_999_999)).scaleb(-chance.randrange(1, 9))
    step = rate.adjusted() - 6
    for hour in range(HOURS, 0, -1):
        at = until - hour * HOUR
        if _moves(one, at):
            # About a thousandth an hour, in seven digits as sources write them.
            rate += Decimal(chance.randrange(-900, 901)).scaleb(step)
        yield Observation(one.code, rate, at)


async def _store(books: Books, until: datetime) -> tuple[int, int]:
    """How many observations there were, and how many of them are in the sample."""
    await books.rows("SELECT 1")
    seen = sampled = 0
    others = [one for one in all_currencies() if one.code != HUB]
    every = len(others) // SAMPLE
    async with books.home.unit_of_work() as session:
        await session.execute(
            text("INSERT INTO rate_source (name, bundled) VALUES (:name, '')"),
            {"name": Source.CURRENCY_API},
        )
        await session.execute(
            text(
                "CREATE TABLE one_each (code varchar, source varchar, "
                "at timestamptz, per_usd numeric, PRIMARY KEY (code, source, at))"
            )
        )
    for place, one in enumerate(others):
        observations = [*_seen(one, until)]
        seen += len(observations)
        async with books.home.unit_of_work() as session:
            await bulk.copy_in(session, RUN, _run_lines(runs_of(observations)))
            if place % every == 0:
                sampled += len(observations)
                await bulk.copy_in(session, ONE, _one_lines(observations))
    return seen, sampled


def _run_lines(runs: Iterable[Run]) -> bytes:
    return "".join(
        f"{one.code}\t{Source.CURRENCY_API}\t{one.valid_from.isoformat()}"
        f"\t{one.last_seen_at.isoformat()}\t{one.per_usd}\t{one.multiplier}\n"
        for one in runs
    ).encode()


def _one_lines(observations: Iterable[Observation]) -> bytes:
    return "".join(
        f"{one.code}\t{Source.CURRENCY_API}\t{one.at.isoformat()}\t{one.per_usd}\n"
        for one in observations
    ).encode()


async def test_a_year_of_hours(books: Books) -> None:
    now = books.home.clock()
    until = now.replace(minute=0, second=0, microsecond=0)
    seen, sampled = await _store(books, until)
    engine = books.home.main.execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("VACUUM (ANALYZE) rate_run"))
    (size,) = await books.rows(
        "SELECT count(*) AS runs, pg_total_relation_size('rate_run') AS bytes, "
        "pg_total_relation_size('one_each') AS sample FROM rate_run"
    )
    each = size.sample * seen // sampled
    print_table(
        f"A year of hours: {seen:,} observations of all currencies",
        [
            ("rows, as runs", f"{size.runs:,}"),
            ("bytes, one row each", f"{each / 2**20:,.0f} MiB"),
            ("bytes, as runs", f"{size.bytes / 2**20:,.0f} MiB"),
            *await _answers(books, now),
        ],
    )
    assert size.runs < seen


async def _answers(books: Books, now: datetime) -> list[tuple[str, str]]:
    today = now.date()
    year = Period(today - timedelta(days=365), today + timedelta(days=1))

    def course(base: str, quote: str) -> Callable[[], Awaitable[object]]:
        return lambda: ask(books.actor, read_course, base, quote, year)

    convert, *courses = await measure_in_turns(
        lambda: ask(books.actor, convert_money, money("100 USD"), "TRY", today),
        *(course(*pair) for pair in PAIRS),
    )
    years = [
        (f"a year of {'/'.join(pair)}, p95 (≤ {MAX_YEAR_MS} ms)", f"{one.p95:.1f} ms")
        for pair, one in zip(PAIRS, courses, strict=True)
    ]
    per_second = await _conversions_per_second(books, now)
    return [
        (f"one conversion, p95 (≤ {MAX_CONVERT_MS} ms)", f"{convert.p95:.1f} ms"),
        *years,
        ("conversions at dated rates (≥ 200,000/s)", f"{per_second:,.0f}/s"),
    ]


async def _conversions_per_second(books: Books, now: datetime) -> float:
    """Amounts of 20 currencies on the days of a year, with the reading of the rates."""
    codes = ["USD", *sorted(TRADED)][:20]
    days = [now.date() - timedelta(days=back) for back in range(1, HOURS // 24)]
    amounts = [
        (Money(place % 99_999 + 1, codes[place % len(codes)]), days[place % len(days)])
        for place in range(CONVERSIONS)
    ]
    began = perf_counter()
    wanted = {(one.currency, on) for one, on in amounts}
    rates = await ask(books.actor, read_dated, "EUR", wanted)
    converted = sum(rates.convert(one, on) is not None for one, on in amounts)
    seconds = perf_counter() - began
    assert converted == CONVERSIONS
    return CONVERSIONS / seconds
