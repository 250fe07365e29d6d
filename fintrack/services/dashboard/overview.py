"""The dashboard: net worth, cash flow, spending, accounts, what is new, what waits."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.exchange import UnknownRate
from fintrack.core.period import Period
from fintrack.models.imports import ImportPreview
from fintrack.models.ledger import Account, Ledger, Transaction
from fintrack.services.commands import Work, question
from fintrack.services.dashboard import figures
from fintrack.services.dashboard.figures import (
    AccountBalance,
    CashFlow,
    NetWorth,
    Place,
    Spending,
)
from fintrack.services.dashboard.sums import Span, Sums, read_sums
from fintrack.services.ledger import reading
from fintrack.services.ledger.reading import TransactionView

RECENT = 8
FLOWS_BEFORE = 5
USUAL_OF = 3

_UNCATEGORISED = text(
    "SELECT coalesce(sum(b.posting_count), 0) FROM balance_month b JOIN account a "
    "ON a.ledger_id = b.ledger_id AND a.id = b.account_id "
    "WHERE a.ledger_id = :ledger_id AND a.type = 'uncategorised'"
)
_FIRST_MONTH = text("SELECT min(month) FROM balance_month WHERE ledger_id = :ledger_id")


@dataclass(frozen=True, slots=True)
class Attention:
    """What waits for the person; numbers of zero and nothing else need none.

    ``uncategorised`` counts postings on the places for what has no category, in all
    the books; ``previews`` the own files that wait for a yes.
    """

    uncategorised: int
    previews: int
    overdrawn: tuple[AccountBalance, ...]


@dataclass(frozen=True, slots=True)
class DashboardView:
    """All figures of a period, each currency apart and the ledger's own first.

    Balances stand at the end of ``balances_on``; flows of a period that has not ended
    go up to that day. ``unknown_rates`` names what could not be converted.
    """

    period: Period
    balances_on: date
    base_currency: str
    net_worth: tuple[NetWorth, ...]
    unknown_rates: tuple[UnknownRate, ...]
    cash_flow: tuple[CashFlow, ...]
    spending: tuple[Spending, ...]
    accounts: tuple[AccountBalance, ...]
    recent: tuple[TransactionView, ...]
    attention: Attention


@question("dashboard.build", ledger=LedgerRole.VIEWER)
async def build_dashboard(work: Work, *, period: Period, as_of: date) -> DashboardView:
    """The figures of ``period`` as they stand at the end of ``as_of``.

    A period that is over stands at its last day. One that has not begun has moved
    nothing, and shows what is planned up to its start.
    """
    until = min(max(as_of + timedelta(days=1), period.start), period.end)
    chart, currencies = await _read_chart(work)
    base = await _base_currency(work)
    flows = [*_periods_before(period, FLOWS_BEFORE), period]
    spans = [
        Span(None, until),
        *(Span(one.start, min(one.end, until)) for one in flows),
        *await _usual_spans(work, period, until),
    ]
    balances, *moved = await read_sums(work, spans)
    moved, earlier = moved[: len(flows)], moved[len(flows) :]
    worth = figures.list_net_worth(chart, balances, moved[-1], base)
    accounts = figures.list_balances(chart, balances, currencies, until)
    return DashboardView(
        period=period,
        balances_on=until - timedelta(days=1),
        base_currency=base,
        net_worth=worth,
        unknown_rates=figures.list_unknown(worth, base, until - timedelta(days=1)),
        cash_flow=_cash_flow(chart, flows, moved, base),
        spending=figures.list_spending(chart, moved[-1], earlier, base),
        accounts=accounts,
        recent=await _recent(work, until),
        attention=await _attention(work, accounts),
    )


def _cash_flow(
    chart: figures.Chart, flows: list[Period], moved: list[Sums], base: str
) -> tuple[CashFlow, ...]:
    return figures.list_cash_flow(chart, list(zip(flows, moved, strict=True)), base)


def _periods_before(period: Period, count: int) -> list[Period]:
    """The ``count`` periods before, oldest first."""
    before: list[Period] = []
    while len(before) < count:
        period = period.previous()
        before.insert(0, period)
    return before


async def _usual_spans(work: Work, period: Period, until: date) -> list[Span]:
    """The periods before, each up to the day that this one has reached.

    Those from before the books began are left out: nothing spent is not usual there.
    """
    began: date | None = await work.session.scalar(
        _FIRST_MONTH, {"ledger_id": work.ledger_id}
    )
    reached = until - period.start
    return [
        Span(one.start, one.end if until == period.end else one.start + reached)
        if one.start + reached < one.end
        else Span(one.start, one.end)
        for one in _periods_before(period, USUAL_OF)
        if began is not None and began <= one.start and reached
    ]


async def _read_chart(work: Work) -> tuple[dict[int, Place], dict[int, str]]:
    """All accounts and categories, and the currency of each account."""
    columns = [
        getattr(Account, name)
        for name in ("id", "name", "kind", "type", "parent_id", "closed_on", "currency")
    ]
    query = select(*columns).where(col(Account.ledger_id) == work.ledger_id)
    chart, currencies = {}, {}
    for *place, currency in (await work.session.execute(query)).all():
        found = Place(*place)
        chart[found.id] = found
        if found.kind in ACCOUNT_KINDS:
            currencies[found.id] = currency
    return chart, currencies


async def _base_currency(work: Work) -> str:
    query = select(col(Ledger.base_currency)).where(col(Ledger.id) == work.ledger_id)
    return (await work.session.execute(query)).scalar_one()


async def _recent(work: Work, until: date) -> tuple[TransactionView, ...]:
    query = (
        select(Transaction)
        .where(
            col(Transaction.ledger_id) == work.ledger_id,
            col(Transaction.on_date) < until,
            col(Transaction.voided_at).is_(None),
        )
        .order_by(col(Transaction.on_date).desc(), col(Transaction.id).desc())
        .limit(RECENT)
    )
    found = (await work.session.scalars(query)).all()
    return tuple(await reading.with_postings(work, found))


async def _attention(work: Work, accounts: tuple[AccountBalance, ...]) -> Attention:
    waiting = select(func.count()).where(
        col(ImportPreview.ledger_id) == work.ledger_id,
        col(ImportPreview.person_id) == work.person_id,
        col(ImportPreview.expires_at) > work.now,
    )
    ledger = {"ledger_id": work.ledger_id}
    return Attention(
        uncategorised=int(await work.session.scalar(_UNCATEGORISED, ledger) or 0),
        previews=await work.session.scalar(waiting) or 0,
        overdrawn=tuple(one for one in accounts if one.is_overdrawn),
    )
