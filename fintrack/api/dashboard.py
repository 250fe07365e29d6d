"""``/api/v1/dashboard``: all figures of a period."""

from typing import Annotated

from fastapi import Query

from fintrack.api.curves import PeriodShown, PeriodText, chosen_period, today_of
from fintrack.api.identity import SignedIn
from fintrack.api.money import MoneyShown
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import Day, Id, View
from fintrack.api.transactions import TransactionShown
from fintrack.services.commands import ask
from fintrack.services.dashboard.overview import build_dashboard

routes = Routes()


class NetWorthShown(View):
    """What is owned and owed; ``owed`` is negative."""

    total: MoneyShown
    owned: MoneyShown
    owed: MoneyShown
    change: MoneyShown


class FlowShown(View):
    """Income and spending of a period, both as people say them."""

    period: PeriodShown
    came_in: MoneyShown
    went_out: MoneyShown
    left: MoneyShown


class CashFlowShown(View):
    """The flow of the period, and those before."""

    now: FlowShown
    before: list[FlowShown]


class SpendingShown(View):
    """What a top category took; ``usual`` is null while it is unknown."""

    category_id: Id
    name: str
    uncategorised: bool
    spent: MoneyShown
    usual: MoneyShown | None


class SeenRateShown(View):
    """A currency whose rate is used for a day, and the day (UTC) it was last seen."""

    currency: str
    on: Day
    seen_on: Day


class TogetherShown(View):
    """All currencies in the base one, each amount at the rate of its own day.

    The change of net worth is the sum of ``left`` of the cash flow and of four parts,
    to the last digit: ``revalued`` is what only the rates made, ``exchanged`` what
    transfers between currencies brought against the rates of their days, ``opened``
    opening balances, and ``beside`` what went to currencies that are not in the change
    or came from them, less what the cash flow counts of those.

    What no rate brings there is in no figure: ``unconverted`` is missing in the net
    worth, ``unconverted_flow`` in cash flow and spending, by currency.
    ``not_in_change`` has what is there at the end in each currency that is in no
    change, because its rate was not known all the time. ``oldest_rate`` is the one in
    the net worth that was seen longest ago, ``oldest_flow_rate`` the oldest on its day
    in cash flow and spending of the period; null where none is needed.
    """

    net_worth: NetWorthShown
    revalued: MoneyShown
    exchanged: MoneyShown
    beside: MoneyShown
    opened: MoneyShown
    cash_flow: CashFlowShown
    spending: list[SpendingShown]
    unconverted: list[MoneyShown]
    not_in_change: list[MoneyShown]
    unconverted_flow: list[FlowShown]
    oldest_rate: SeenRateShown | None
    oldest_flow_rate: SeenRateShown | None


class AccountBalanceShown(View):
    """An account with what was on it at the end of the day."""

    account_id: Id
    name: str
    type: str
    kind: str
    balance: MoneyShown
    is_overdrawn: bool


class AttentionShown(View):
    """What waits for the person."""

    uncategorised: int
    previews: int
    overdrawn: list[AccountBalanceShown]


class DashboardShown(View):
    """All figures of a period: together, and each currency apart, the base first."""

    period: PeriodShown
    balances_on: Day
    base_currency: str
    together: TogetherShown
    net_worth: list[NetWorthShown]
    cash_flow: list[CashFlowShown]
    spending: list[SpendingShown]
    accounts: list[AccountBalanceShown]
    recent: list[TransactionShown]
    attention: AttentionShown


@routes.declare("GET", "/v1/dashboard", access=PERSON, verb=build_dashboard)
async def get_dashboard(
    caller: SignedIn,
    period: PeriodText = "",
    as_of: Annotated[Day | None, Query()] = None,
) -> DashboardShown:
    """Gives net worth, cash flow, spending, accounts and what waits.

    Without ``period`` it is this month, without ``as_of`` today.
    """
    view = await ask(
        caller.actor,
        build_dashboard,
        period=chosen_period(period, caller),
        as_of=as_of or today_of(caller),
    )
    return DashboardShown.model_validate(view)
