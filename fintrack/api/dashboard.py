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
    """What is owned and owed in one currency; ``owed`` is negative."""

    total: MoneyShown
    owned: MoneyShown
    owed: MoneyShown
    change: MoneyShown


class UnknownRateShown(View):
    """A currency that no rate brings into the base currency."""

    base: str
    quote: str
    on: Day


class FlowShown(View):
    """Income and spending of a period, both as people say them."""

    period: PeriodShown
    came_in: MoneyShown
    went_out: MoneyShown
    left: MoneyShown


class CashFlowShown(View):
    """The flow of the period in one currency, and those before."""

    now: FlowShown
    before: list[FlowShown]


class SpendingShown(View):
    """What a top category took; ``usual`` is null while it is unknown."""

    category_id: Id
    name: str
    uncategorised: bool
    spent: MoneyShown
    usual: MoneyShown | None


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
    """All figures of a period, each currency apart and the base currency first."""

    period: PeriodShown
    balances_on: Day
    base_currency: str
    net_worth: list[NetWorthShown]
    unknown_rates: list[UnknownRateShown]
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
