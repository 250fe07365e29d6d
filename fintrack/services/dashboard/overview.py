"""The dashboard: net worth, cash flow, spending, accounts, what is new, what waits."""

from dataclasses import dataclass, fields
from datetime import date, timedelta

from sqlalchemy import text

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import InvalidInput
from fintrack.core.period import MOST_DAYS, Period
from fintrack.services.commands import Work, question
from fintrack.services.dashboard import figures
from fintrack.services.dashboard.figures import (
    AccountBalance,
    CashFlow,
    NetWorth,
    Place,
    Spending,
)
from fintrack.services.dashboard.sums import Span, read_sums
from fintrack.services.dashboard.together import Figured, Together, bring_together
from fintrack.services.ledger import reading
from fintrack.services.ledger.reading import TransactionView

RECENT = 8
FLOWS_BEFORE = 5
USUAL_OF = 3

_CHART = text(
    f"SELECT {', '.join(field.name for field in fields(Place))} FROM account "  # noqa: S608 - constants only
    "WHERE ledger_id = :ledger_id"
)
_RECENT = text(
    f"SELECT {', '.join(reading.COLUMNS)} FROM transaction "  # noqa: S608 - as above
    "WHERE ledger_id = :ledger_id AND on_date < :until AND voided_at IS NULL "
    "ORDER BY on_date DESC, id DESC LIMIT :limit"
)
# One round trip for all that is one value each.
_FACTS = text(
    "SELECT l.base_currency, l.started_with, "
    "(SELECT min(month) FROM balance_month WHERE ledger_id = l.id) AS began, "
    "(SELECT coalesce(sum(b.posting_count), 0) FROM balance_month b JOIN account a "
    "ON a.ledger_id = b.ledger_id AND a.id = b.account_id "
    "WHERE a.ledger_id = l.id AND a.type = 'uncategorised') AS uncategorised, "
    "w.previews, w.waiting FROM ledger l CROSS JOIN LATERAL "
    "(SELECT count(*) AS previews, max(id) AS waiting FROM import_preview "
    "WHERE ledger_id = l.id AND person_id = :person_id AND expires_at > :now "
    "AND decisions->'import_id' IS NULL) w WHERE l.id = :ledger_id"
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is one value each; ``began`` is the first month with a posting."""

    base: str
    started_with: str | None
    began: date | None
    uncategorised: int
    previews: int
    waiting: int | None


@dataclass(frozen=True, slots=True)
class Attention:
    """What waits for the person; numbers of zero and nothing else need none.

    ``uncategorised`` counts postings on the places for what has no category, in all
    the books; ``previews`` the own files that wait for a yes, ``waiting`` is the newest
    of them.
    """

    uncategorised: int
    previews: int
    waiting: int | None
    overdrawn: tuple[AccountBalance, ...]


@dataclass(frozen=True, slots=True)
class DashboardView:
    """All figures of a period: each currency apart, and all of them together.

    Balances stand at the end of ``balances_on``; flows of a period that has not ended
    go up to that day. Of single currencies the ledger's own is the first.
    ``started_with`` says how the books began, or None.
    """

    period: Period
    balances_on: date
    base_currency: str
    started_with: str | None
    net_worth: tuple[NetWorth, ...]
    together: Together
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

    Raises:
        InvalidInput: the period is longer than a hundred years.
    """
    if period.days > MOST_DAYS:
        raise InvalidInput("A period has at most a hundred years.", field="period")
    until = min(max(as_of + timedelta(days=1), period.start), period.end)
    chart = await _read_chart(work)
    facts = await _read_facts(work)
    base = facts.base
    flows = [*_periods_before(period, FLOWS_BEFORE), period]
    shown = [Span(one.start, min(one.end, until)) for one in flows]
    usual = _usual_spans(period, until, facts.began)
    balances, *moved = await read_sums(work, [Span(None, until), *shown, *usual])
    moved, earlier = moved[: len(flows)], moved[len(flows) :]
    figured = Figured(chart, base, balances, flows, shown, moved, usual, earlier)
    accounts = figures.list_balances(chart, balances, until)
    return DashboardView(
        period=period,
        balances_on=until - timedelta(days=1),
        base_currency=base,
        started_with=facts.started_with,
        net_worth=figures.list_net_worth(chart, balances, moved[-1], base),
        together=await bring_together(work, figured),
        cash_flow=figures.list_cash_flow(chart, flows, moved, base),
        spending=figures.list_spending(chart, moved[-1], earlier, base),
        accounts=accounts,
        recent=await _recent(work, until),
        attention=_list_attention(facts, accounts),
    )


def _list_attention(facts: _Facts, accounts: tuple[AccountBalance, ...]) -> Attention:
    return Attention(
        uncategorised=facts.uncategorised,
        previews=facts.previews,
        waiting=facts.waiting,
        overdrawn=tuple(one for one in accounts if one.is_overdrawn),
    )


def _periods_before(period: Period, count: int) -> list[Period]:
    """The ``count`` periods before, oldest first."""
    before: list[Period] = []
    while len(before) < count:
        period = period.previous()
        before.insert(0, period)
    return before


def _usual_spans(period: Period, until: date, began: date | None) -> list[Span]:
    """The periods before, each up to the day that this one has reached.

    Those from before the books began are left out: nothing spent is not usual there.
    """
    reached = until - period.start
    over = until == period.end
    return [
        Span(one.start, one.end if over else min(one.start + reached, one.end))
        for one in _periods_before(period, USUAL_OF)
        if began is not None and began <= one.start and reached
    ]


async def _read_chart(work: Work) -> dict[int, Place]:
    """All accounts and categories, also closed ones: what they held still counts."""
    found = await work.session.execute(_CHART, {"ledger_id": work.ledger_id})
    return {row.id: Place(*row) for row in found}


async def _read_facts(work: Work) -> _Facts:
    values = {
        "ledger_id": work.ledger_id,
        "person_id": work.actor.person_id,
        "now": work.now,
    }
    row = (await work.session.execute(_FACTS, values)).one()
    return _Facts(
        base=row.base_currency,
        started_with=row.started_with,
        began=row.began,
        uncategorised=int(row.uncategorised),
        previews=row.previews,
        waiting=row.waiting,
    )


async def _recent(work: Work, until: date) -> tuple[TransactionView, ...]:
    values = {"ledger_id": work.ledger_id, "until": until, "limit": RECENT}
    found = (await work.session.execute(_RECENT, values)).all()
    return tuple(await reading.with_postings(work, found))
