"""The figures of the dashboard, worked out from sums by account: no database here.

Sums are signed as in the books: positive is into the account or category. Income is
therefore negative on its category, and is turned round here for people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fintrack.core.chart import ACCOUNT_KINDS, UNCATEGORISED_TYPE, Kind
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.period import Period
from fintrack.services.dashboard.sums import ExactSums, Sums


@dataclass(frozen=True, slots=True)
class Place:
    """An account or category as far as the figures need it."""

    id: int
    name: str
    kind: str
    type: str
    currency: str | None
    parent_id: int | None
    closed_on: date | None


Chart = Mapping[int, Place]


@dataclass(frozen=True, slots=True)
class NetWorth:
    """What is owned and owed in one currency; ``change`` is that of the period.

    ``owed`` is negative where there is debt; ``total`` is both together.
    """

    total: Money
    owned: Money
    owed: Money
    change: Money


@dataclass(frozen=True, slots=True)
class Flow:
    """Income and spending of a period in one currency, both as people say them."""

    period: Period
    came_in: Money
    went_out: Money

    @property
    def left(self) -> Money:
        """What came in and did not go out; negative when more went out."""
        return self.came_in - self.went_out


@dataclass(frozen=True, slots=True)
class CashFlow:
    """The flow of the period in one currency, and those before, oldest first."""

    now: Flow
    before: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Spending:
    """What a top category with those below it took; negative when it gave back.

    ``usual`` is the average of the periods before up to the same day, or None while
    the books are too young to know it.
    """

    category_id: int
    name: str
    uncategorised: bool
    spent: Money
    usual: Money | None


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """An account with what was on it at the end of the day."""

    account_id: int
    name: str
    type: str
    kind: str
    balance: Money

    @property
    def is_overdrawn(self) -> bool:
        """Whether something that is owned stands below zero."""
        return self.kind == Kind.ASSET and self.balance.minor < 0


def by_base(currencies: Iterable[str], base: str) -> list[str]:
    """The ledger's base currency first, the others by code."""
    return sorted(set(currencies), key=lambda code: (code != base, code))


def list_net_worth(
    chart: Chart, balances: ExactSums, moved: ExactSums, base: str
) -> tuple[NetWorth, ...]:
    """One for each currency that is or was there, the base currency first."""
    owned = _total(chart, balances, (Kind.ASSET,))
    owed = _total(chart, balances, (Kind.LIABILITY,))
    change = _total(chart, moved, ACCOUNT_KINDS)
    return tuple(
        NetWorth(
            total=Money(owned[code] + owed[code], code),
            owned=Money(owned[code], code),
            owed=Money(owed[code], code),
            change=Money(change[code], code),
        )
        for code in by_base([*owned, *owed, *change], base)
    )


def list_cash_flow(
    chart: Chart, periods: Sequence[Period], moved: Sequence[ExactSums], base: str
) -> tuple[CashFlow, ...]:
    """Cash flow by currency; the last of ``periods`` is the one that is shown."""
    came = [_total(chart, sums, (Kind.INCOME,)) for sums in moved]
    went = [_total(chart, sums, (Kind.EXPENSE,)) for sums in moved]
    result = []
    for code in by_base((code for sums in (*came, *went) for code in sums), base):
        *before, now = (
            Flow(period, Money(-come[code], code), Money(go[code], code))
            for period, come, go in zip(periods, came, went, strict=True)
        )
        result.append(CashFlow(now, tuple(before)))
    return tuple(result)


def no_cash_flow(periods: Sequence[Period], currency: str) -> CashFlow:
    """Nothing came in and nothing went out."""
    nothing = Money(0, currency)
    *before, now = (Flow(period, nothing, nothing) for period in periods)
    return CashFlow(now, tuple(before))


def list_spending(
    chart: Chart, sums: ExactSums, earlier: Sequence[ExactSums], base: str
) -> tuple[Spending, ...]:
    """Top categories with those below rolled up, by currency and then by amount.

    ``earlier`` are the spans that make up the usual; none means that it is unknown.
    """
    spent = _by_top(chart, sums)
    usual: dict[tuple[int, str], int | Fraction] = defaultdict(int)
    for one in earlier:
        for key, minor in _by_top(chart, one).items():
            usual[key] += minor
    order = by_base((code for _, code in (*spent, *usual)), base)
    found = [
        Spending(
            category_id=top,
            name=chart[top].name,
            uncategorised=chart[top].type == UNCATEGORISED_TYPE,
            spent=Money(round(spent.get((top, code), 0)), code),
            usual=_average(usual[top, code], len(earlier), code),
        )
        for top, code in {**spent, **usual}
    ]
    return tuple(
        sorted(
            found,
            key=lambda s: (order.index(s.spent.currency), -s.spent.minor, fold(s.name)),
        )
    )


def list_balances(
    chart: Chart, balances: Sums, until: date
) -> tuple[AccountBalance, ...]:
    """Accounts open before ``until``, and closed ones that held money; by name."""
    found = (
        AccountBalance(
            account_id=place.id,
            name=place.name,
            type=place.type,
            kind=place.kind,
            balance=Money(balances.get((place.id, place.currency), 0), place.currency),
        )
        for place in chart.values()
        if place.currency is not None and place.kind in ACCOUNT_KINDS
    )
    return tuple(
        sorted(
            (one for one in found if _is_shown(chart[one.account_id], one, until)),
            key=lambda one: (one.kind, fold(one.name)),
        )
    )


def _is_shown(place: Place, balance: AccountBalance, until: date) -> bool:
    is_open = place.closed_on is None or place.closed_on >= until
    return is_open or balance.balance.minor != 0


def _total(chart: Chart, sums: ExactSums, kinds: Sequence[Kind]) -> dict[str, int]:
    """By currency, rounded once; 0 for one that is not there."""
    total: dict[str, int | Fraction] = defaultdict(int)
    for (account_id, code), minor in sums.items():
        if chart[account_id].kind in kinds:
            total[code] += minor
    return defaultdict(int, {code: round(minor) for code, minor in total.items()})


def _by_top(chart: Chart, sums: ExactSums) -> dict[tuple[int, str], int | Fraction]:
    tops: dict[tuple[int, str], int | Fraction] = defaultdict(int)
    for (category_id, code), minor in sums.items():
        if chart[category_id].kind == Kind.EXPENSE:
            tops[chart[category_id].parent_id or category_id, code] += minor
    return tops


def _average(total: int | Fraction, count: int, currency: str) -> Money | None:
    """Rounded once, half to even."""
    return Money(round(Fraction(total) / count), currency) if count else None
