"""``/api/v1/payees`` and ``/transactions/totals``: what helps to enter and to read."""

from typing import Annotated

from fastapi import Query

from fintrack.api.identity import SignedIn
from fintrack.api.money import MoneyShown
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import Day, Id, Page, Text, View
from fintrack.api.transactions import FilterQuery
from fintrack.services.commands import ask
from fintrack.services.ledger.payees import MAX_NAMES, recall_payee, suggest_payees
from fintrack.services.ledger.totals import total_days, total_transactions

routes = Routes()


class FlowShown(View):
    """Income and spending in one currency."""

    came_in: MoneyShown
    went_out: MoneyShown
    left: MoneyShown


class DayFlowShown(FlowShown):
    """The same of one day."""

    on_date: Day


class TotalsShown(View):
    """How many transactions a filter keeps, and their flows by currency.

    ``together`` has all in the base currency, each day at its rate; what no rate
    brings there is not in it, and stands in ``unconverted``.
    """

    count: int
    flows: list[FlowShown]
    together: FlowShown
    unconverted: list[FlowShown]


class PayeeShown(View):
    """Where a payee's money came from and went the last time, and its usual tags."""

    payee: str
    account_id: Id
    category_id: Id
    kind: str
    visits: int
    tags: list[str]


@routes.declare(
    "GET", "/v1/transactions/totals", access=PERSON, verb=total_transactions
)
async def get_transaction_totals(
    caller: SignedIn, wanted: Annotated[FilterQuery, Query()]
) -> TotalsShown:
    """Adds up what a list of transactions shows."""
    to = caller.view.base_currency
    found = await ask(caller.actor, total_transactions, wanted.read(), to)
    return TotalsShown.model_validate(found)


@routes.declare("GET", "/v1/transactions/days", access=PERSON, verb=total_days)
async def get_transaction_days(
    caller: SignedIn, wanted: Annotated[FilterQuery, Query()]
) -> Page[DayFlowShown]:
    """Adds up each day of what a list of transactions shows."""
    found = await ask(caller.actor, total_days, wanted.read())
    return Page(items=[DayFlowShown.model_validate(flow) for flow in found])


@routes.declare("GET", "/v1/payees", access=PERSON, verb=suggest_payees)
async def get_payees(
    caller: SignedIn,
    prefix: Text = "",
    limit: Annotated[int, Query(ge=1, le=MAX_NAMES)] = 50,
) -> Page[str]:
    """Lists payees that begin so, the most used first."""
    return Page(items=await ask(caller.actor, suggest_payees, prefix, limit=limit))


@routes.declare("GET", "/v1/payees/recall", access=PERSON, verb=recall_payee)
async def get_payee_recall(caller: SignedIn, payee: Text) -> Page[PayeeShown]:
    """Remembers account, category and tags of a payee: one item, or none."""
    found = await ask(caller.actor, recall_payee, payee)
    return Page(items=[PayeeShown.model_validate(found)] if found else [])
