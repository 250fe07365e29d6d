"""``/api/v1/reconciliations``: accounts compared with statements of the bank."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Query, Response

from fintrack.api.identity import SignedIn
from fintrack.api.money import MoneyGiven, MoneyShown, read_optional
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import (
    MAX_ID,
    Changed,
    Cursor,
    Day,
    Id,
    IdempotencyKey,
    Limit,
    Page,
    PathId,
    View,
    changed,
    created,
    page_of_ids,
    position,
)
from fintrack.api.transactions import PLACE as TRANSACTIONS
from fintrack.api.transactions import TransactionShown
from fintrack.services.commands import ask, perform
from fintrack.services.reconciling.comparing import Statement, compare_statement
from fintrack.services.reconciling.finishing import (
    Balancing,
    balance_statement,
    finish_reconciliation,
    reopen_reconciliation,
)
from fintrack.services.reconciling.listing import (
    find_reconciliation,
    list_reconciliations,
)

PLACE = "/v1/reconciliations"
routes = Routes()


class ReconciliationShown(View):
    """An account that agreed with its statement; opened ones say why."""

    id: Id
    account_id: Id
    account_name: str
    statement_on: Day
    balance: MoneyShown
    closed_at: datetime
    closed_by: str
    opened_at: datetime | None
    opened_by: str
    opened_by_command: str
    is_newest: bool


class ComparisonShown(View):
    """A statement beside the books; ``difference`` is what the books lack."""

    account_id: Id
    statement_on: Day
    balance: MoneyShown
    cleared: MoneyShown
    difference: MoneyShown
    open_count: int
    locked_until: date | None
    is_locked: bool


class StatementAsked(Body):
    """A statement to compare with; without a balance it is what is cleared."""

    account_id: Id
    statement_on: Day
    balance: MoneyGiven | None = None


class StatementGiven(Body):
    """What a statement says: what is owed on a card or loan is negative."""

    account_id: Id
    statement_on: Day
    balance: MoneyGiven

    def read(self) -> Statement:
        """The statement that this means.

        Raises:
            InvalidInput: names the field.
        """
        balance = self.balance.read("balance")
        return Statement(self.account_id, self.statement_on, balance)


class BalancingGiven(StatementGiven):
    """The difference that was seen, and the category that it goes to."""

    difference: MoneyGiven
    category_id: Id


@routes.declare("GET", PLACE, access=PERSON, verb=list_reconciliations)
async def get_reconciliations(
    caller: SignedIn,
    account_id: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ReconciliationShown]:
    """Lists reconciliations, newest first, those opened again too."""
    found = await ask(
        caller.actor,
        list_reconciliations,
        account_id,
        before=position(cursor),
        limit=limit + 1,
    )
    items = [ReconciliationShown.model_validate(view) for view in found]
    return page_of_ids(items, [item.id for item in items], limit)


@routes.declare("POST", PLACE + "/preview", access=PERSON, verb=compare_statement)
async def post_comparison(given: StatementAsked, caller: SignedIn) -> ComparisonShown:
    """Compares the books with a statement; nothing is changed."""
    found = await ask(
        caller.actor,
        compare_statement,
        given.account_id,
        given.statement_on,
        read_optional(given.balance, "balance"),
    )
    return ComparisonShown.model_validate(found)


@routes.declare(
    "POST", PLACE + "/balance", access=PERSON, status=201, verb=balance_statement
)
async def post_balancing(
    given: BalancingGiven,
    caller: SignedIn,
    answer: Response,
    key: IdempotencyKey = None,
) -> Changed[TransactionShown]:
    """Records what the books lack as a transaction of its own."""
    balancing = Balancing(
        given.read(), given.difference.read("difference"), given.category_id
    )
    done = await perform(caller.actor, balance_statement, balancing, key=key)
    return created(TransactionShown, done, answer, TRANSACTIONS)


@routes.declare("POST", PLACE, access=PERSON, status=201, verb=finish_reconciliation)
async def post_reconciliation(
    given: StatementGiven,
    caller: SignedIn,
    answer: Response,
    key: IdempotencyKey = None,
) -> Changed[ReconciliationShown]:
    """Locks what is cleared up to the day of a statement that it agrees with."""
    done = await perform(caller.actor, finish_reconciliation, given.read(), key=key)
    return created(ReconciliationShown, done, answer, PLACE)


@routes.declare(
    "GET", PLACE + "/{reconciliation_id}", access=PERSON, verb=find_reconciliation
)
async def get_reconciliation(
    reconciliation_id: PathId, caller: SignedIn
) -> ReconciliationShown:
    """Gives one reconciliation."""
    found = await ask(caller.actor, find_reconciliation, reconciliation_id)
    return ReconciliationShown.model_validate(found)


@routes.declare(
    "POST",
    PLACE + "/{reconciliation_id}/reopen",
    access=PERSON,
    verb=reopen_reconciliation,
)
async def post_reopening(
    reconciliation_id: PathId, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[ReconciliationShown]:
    """Unlocks the newest reconciliation of an account; its marks stay."""
    done = await perform(
        caller.actor, reopen_reconciliation, reconciliation_id, key=key
    )
    return changed(ReconciliationShown, done)
