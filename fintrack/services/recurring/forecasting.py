"""The balances of the next days, from what is in the books and what comes again."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Row, text

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS, Kind
from fintrack.core.money import Money
from fintrack.services.commands import Work, question
from fintrack.services.dashboard.curves import Point
from fintrack.services.dashboard.sums import Span, read_sums
from fintrack.services.ledger.days import ledger_today
from fintrack.services.recurring import item_rows
from fintrack.services.recurring.coming import COMING, Coming, read_dates, read_waiting

DAYS: Final = 90

_ACCOUNTS = text(
    "SELECT id, name, kind, currency FROM account WHERE ledger_id = :ledger_id "
    "AND kind IN ('asset', 'liability') AND closed_on IS NULL "
    "ORDER BY kind, name_folded"
)
# One index-only scan for each account; see sums.
_PLANNED = text(
    "SELECT p.account_id, p.on_date, p.minor FROM account a CROSS JOIN LATERAL "
    "(SELECT account_id, on_date, sum(amount_minor) AS minor FROM posting "
    "WHERE ledger_id = a.ledger_id AND account_id = a.id AND on_date > :today "
    "AND on_date < :past AND voided_at IS NULL GROUP BY 1, 2) p "
    "WHERE a.ledger_id = :ledger_id AND a.kind IN ('asset', 'liability')"
)


@dataclass(frozen=True, slots=True)
class AccountForecast:
    """Today's balance of an account and that of each day after it.

    ``lowest`` is the first of the lowest points. ``dry_on`` is the first day on which
    an account that is owned and holds money today stands below zero, or None. Whether
    anything comes on it is ``moves``.
    """

    account_id: int
    name: str
    kind: str
    points: tuple[Point, ...]
    lowest: Point
    dry_on: date | None
    moves: bool = True


@question("recurring.forecast", ledger=LedgerRole.VIEWER)
async def forecast_balances(work: Work) -> tuple[AccountForecast, ...]:
    """The open accounts on which something comes in 90 days; the others stay as now.

    What is planned in the books counts on its day, what comes again on the day on which
    it is due, and what waits for a yes tomorrow. Nothing is guessed.
    """
    found = await read_forecasts(work, await ledger_today(work))
    return tuple(one for one in found if one.moves)


async def read_forecasts(work: Work, today: date) -> tuple[AccountForecast, ...]:
    """The same of all open accounts; none where nothing comes again."""
    items = await item_rows.read_items(work, today)
    if not items:
        return ()
    past = today + timedelta(days=DAYS + 1)
    inside = await read_dates(work, items, today, past)
    coming = [one for one in inside if one.outcome == COMING]
    waiting = await read_waiting(work, items)
    moves = _moves([*coming, *waiting], today + timedelta(days=1))
    values = {"ledger_id": work.ledger_id, "today": today, "past": past}
    for row in await work.session.execute(_PLANNED, values):
        moves[row.account_id][row.on_date] += int(row.minor)
    (balances,) = await read_sums(work, [Span(None, today + timedelta(days=1))])
    accounts = await work.session.execute(_ACCOUNTS, {"ledger_id": work.ledger_id})
    return tuple(
        _forecast(
            account,
            balances.get((account.id, account.currency), 0),
            moves.get(account.id),
            today,
        )
        for account in accounts.all()
    )


def _moves(dates: list[Coming], tomorrow: date) -> dict[int, dict[date, int]]:
    """What open dates move by account and day; positive is into the account."""
    moves: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for one in dates:
        on = max(one.due_on, tomorrow)
        moves[one.account_id][on] += one.amount.minor
        if one.other_kind in ACCOUNT_KINDS:
            moves[one.other_id][on] += one.other_moves.minor
    return moves


def _forecast(
    account: Row[*tuple[Any, ...]],
    minor: int,
    moved: Mapping[date, int] | None,
    today: date,
) -> AccountForecast:
    points, coming = [], moved or {}
    for number in range(DAYS + 1):
        on = today + timedelta(days=number)
        minor += coming.get(on, 0)
        points.append(Point(on, Money(minor, account.currency)))
    is_held = account.kind == Kind.ASSET and points[0].balance.minor >= 0
    dry = (point.on for point in points if is_held and point.balance.minor < 0)
    return AccountForecast(
        account_id=account.id,
        name=account.name,
        kind=account.kind,
        points=tuple(points),
        lowest=min(points, key=lambda point: point.balance.minor),
        dry_on=next(dry, None),
        moves=moved is not None,
    )
