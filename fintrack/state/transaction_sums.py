"""What a list of transactions adds up to: the view in one sum, and each of its days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from fintrack.core.money import Money
from fintrack.core.period import Period
from fintrack.services.commands import Snapshot
from fintrack.services.ledger.listing import Filter, TransactionPage
from fintrack.services.ledger.totals import (
    DayFlow,
    ViewTotals,
    total_days,
    total_transactions,
)
from fintrack.services.rates.dated import DatedRates, read_dated
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.missing_rates import missing_flows_text, oldest_flow_text
from fintrack.state.rows import NOTHING, Amount

# A year and what surrounds it; the sums of more are not worth what they cost to read.
BOUNDED_DAYS = 400

DaySums = dict[date, tuple[Money, ...]]
"""What each day left in one currency, and then what no rate brings there."""


@dataclass(frozen=True)
class Summary:
    """The flows of the view in one currency; ``missing`` says what is not in them.

    ``oldest`` says of when the oldest rate is, if it is old.

    ``is_shown`` is false where nothing flowed, or where the view is not bounded; then
    nothing was counted either.
    """

    is_shown: bool = False
    count: str = ""
    came_in: Amount = NOTHING
    went_out: Amount = NOTHING
    left: Amount = NOTHING
    missing: str = ""
    oldest: str = ""


async def read_sums(
    books: Snapshot,
    wanted: Filter,
    period: Period | None,
    page: TransactionPage,
    reader: Reader,
) -> tuple[Summary, DaySums]:
    """The sums of a view when its days are bounded, else only those of its page."""
    summary, to = Summary(), reader.base_currency
    if period is not None and period.days <= BOUNDED_DAYS:
        totals = await books.ask(total_transactions, wanted, to)
        summary, days = _summary(totals, reader), totals.days
    else:
        days = await _read_days(books, wanted, page)
    pairs = {(one.left.currency, one.on_date) for one in days}
    return summary, day_sums(days, await books.ask(read_dated, to, pairs))


def day_sums(days: Iterable[DayFlow], rates: DatedRates) -> DaySums:
    """What each day left in one currency, and then what no rate brings there."""
    flows: dict[date, list[Money]] = defaultdict(list)
    for flow in days:
        flows[flow.on_date].append(flow.left)
    return {
        day: rates.total((one, day) for one in left).amounts
        for day, left in flows.items()
    }


def _summary(totals: ViewTotals, reader: Reader) -> Summary:
    """Spending has its minus, income its plus."""
    flow, tongue = totals.together, reader.language
    tone = "in" if flow.came_in.minor > 0 else ""
    return Summary(
        is_shown=bool(totals.flows),
        count=str(totals.count),
        came_in=amount_row(flow.came_in, tongue, tone=tone, plus=True),
        went_out=amount_row(-flow.went_out, tongue),
        left=amount_row(flow.left, tongue),
        missing=missing_flows_text(totals.unconverted, reader.base_currency, reader),
        oldest=oldest_flow_text(totals.oldest_rate, reader),
    )


async def _read_days(
    books: Snapshot, wanted: Filter, page: TransactionPage
) -> tuple[DayFlow, ...]:
    if not page.items:
        return ()
    since, until = page.items[-1].on_date, page.items[0].on_date
    return await books.ask(total_days, replace(wanted, since=since, until=until))
