"""The dashboard beside hand-written SQL, and curves over a million transactions."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta

from sqlalchemy import text

from bench.books import LAST
from bench.conftest import TRANSACTIONS, Seeded, opened
from bench.statements import BY_MONTHS, BY_POSTINGS, RECOMPUTED
from bench.table import Times, measure, measure_in_turns, print_table
from fintrack.core.period import Period, month_of, year_of
from fintrack.services.commands import ask
from fintrack.services.dashboard.curves import net_worth_series
from fintrack.services.dashboard.overview import build_dashboard
from fintrack.services.rates.bundled import load_bundled
from tests.conftest import TestServer

MAX_RATIO = 2.0
# A whole curve beside one of its points added up from the postings; on a million it
# is far less, on the small books of a quick run the round trips count.
MAX_OF_POSTINGS = 2.0
MAX_P95 = 60


async def test_dashboard_costs_at_most_twice_its_statements(
    server: TestServer, many: Seeded
) -> None:
    """The statements read the same months and rates; the rows are what they save."""
    books = many.people[4]
    month = month_of(LAST)

    async with opened(server, many.name) as home:
        await load_bundled()

        async def product() -> object:
            return await ask(books.actor, build_dashboard, period=month, as_of=LAST)

        async def by_hand(statements: tuple[str, ...]) -> None:
            values = {
                "ledger": books.actor.ledger_id,
                "start": month.start,
                "past": LAST + timedelta(1),
                "base": "EUR",
            }
            async with home.reading() as session:
                for statement in statements:
                    (await session.execute(text(statement), values)).all()

        ours, months = await measure_in_turns(product, lambda: by_hand(BY_MONTHS))
        rows = await measure(lambda: by_hand(BY_POSTINGS), times=8)
    ratio = ours.p50 / months.p50
    print_table(
        f"Dashboard, one of 10 people with {TRANSACTIONS:,} transactions",
        [
            ("question p50", f"{ours.p50:.1f} ms"),
            ("question p95", f"{ours.p95:.1f} ms"),
            ("hand-written SQL on months p50", f"{months.p50:.1f} ms"),
            ("hand-written SQL on postings p50", f"{rows.p50:.1f} ms"),
            ("ratio to months", f"{ratio:.2f} ×"),
            ("ratio to postings", f"{ours.p50 / rows.p50:.2f} ×"),
        ],
    )
    assert ratio <= MAX_RATIO


async def test_net_worth_is_that_of_the_postings_at_a_fraction_of_the_time(
    server: TestServer, one: Seeded
) -> None:
    books = one.people[0]
    end = LAST + timedelta(1)
    periods = {
        "this year": year_of(LAST),
        "five years": Period(LAST - timedelta(5 * 365), end),
        "92 days": Period(end - timedelta(92), end),
    }
    async with opened(server, one.name) as home:

        async def recompute(on: date) -> dict[str, int]:
            values = {"ledger": books.actor.ledger_id, "on": on}
            async with home.reading() as session:
                rows = (await session.execute(text(RECOMPUTED), values)).all()
            return {row.currency: int(row.minor) for row in rows}

        for period in periods.values():
            series = await ask(books.actor, net_worth_series, period=period)
            curves = series.curves
            for place in (0, len(curves[0].points) // 2, -1):
                points = {c.currency: c.points[place] for c in curves}
                assert await recompute(points["EUR"].on) == {
                    code: point.balance.minor for code, point in points.items()
                }

        def draw(period: Period) -> Callable[[], Awaitable[object]]:
            return lambda: ask(books.actor, net_worth_series, period=period)

        found = await measure_in_turns(*map(draw, periods.values()))
        times = dict(zip(periods, found, strict=True))
        rows = await measure(lambda: recompute(LAST), times=5)
    _print_net_worth(times, rows)
    assert max(found.p50 for found in times.values()) <= MAX_OF_POSTINGS * rows.p50
    assert max(found.p95 for found in times.values()) <= MAX_P95


def _print_net_worth(times: Mapping[str, Times], rows: Times) -> None:
    print_table(
        f"Net worth of one person with {TRANSACTIONS:,} transactions (p95 ≤ 60 ms)",
        [
            *(
                (f"{name}, p50 / p95", f"{found.p50:.1f} / {found.p95:.1f} ms")
                for name, found in times.items()
            ),
            ("one point by postings, p50", f"{rows.p50:.1f} ms"),
        ],
    )
