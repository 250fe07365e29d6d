"""``/api/v1/accounts``: the places where money is."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from fintrack.api.curves import CurveShown, PeriodText, Points, chosen_period
from fintrack.api.identity import SignedIn
from fintrack.api.money import MoneyGiven, MoneyShown
from fintrack.api.resource import Resource
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import (
    Changed,
    Day,
    Id,
    IdempotencyKey,
    Page,
    PathId,
    Text,
    Version,
    View,
    created,
)
from fintrack.core.chart import AccountType
from fintrack.core.currency import find_current
from fintrack.services.commands import ask, perform
from fintrack.services.dashboard.curves import MAX_POINTS, account_curve
from fintrack.services.ledger.accounts import (
    AccountChange,
    AccountMark,
    NewAccount,
    close_account,
    edit_account,
    find_account,
    list_accounts,
    open_account,
    reopen_account,
)
from fintrack.services.ledger.openings import find_opening

PLACE = "/v1/accounts"
routes = Routes()


class AccountShown(View):
    """An account; ``balance`` is what is there today, ``planned`` what comes later.

    One that is beyond the plan is `read_only`: it takes no transactions.
    """

    id: Id
    name: str
    type: AccountType
    kind: str
    currency: str
    balance: MoneyShown
    planned: MoneyShown
    opened_on: Day
    begins_on: Day
    closed_on: Day | None
    note: str
    version: int
    read_only: bool


class AccountGiven(Body):
    """An account to open; a debt is a negative ``opening``.

    Its currency is any that has not ended: money, metals and coins.
    """

    name: Text
    type: Annotated[AccountType, Field(strict=False)]
    opening: MoneyGiven
    opened_on: Day
    note: Text = ""

    def read(self, at: str = "") -> NewAccount:
        """The account that this means; ``at`` is the prefix of its fields.

        Raises:
            InvalidInput: names the field.
        """
        opening = self.opening.read(f"{at}opening")
        find_current(opening.currency, field=f"{at}opening.currency")
        return NewAccount(self.name, self.type, opening, self.opened_on, self.note)


class AccountEdit(Body):
    """New words for an account; type and currency stay.

    ``opening`` and ``opened_on`` are for one that was opened with nothing; an opening
    balance that stands is edited as the transaction that it is.
    """

    version: Version
    name: Text
    note: Text = ""
    opening: MoneyGiven | None = None
    opened_on: Day | None = None

    def read(self, account_id: int) -> AccountChange:
        """The change that this means.

        Raises:
            InvalidInput: names the field.
        """
        opening = None if self.opening is None else self.opening.read("opening")
        return AccountChange(
            account_id, self.version, self.name, self.note, opening, self.opened_on
        )


class OpeningShown(View):
    """What was on an account on the day it was opened.

    ``transaction_id`` is null where that is nothing.
    """

    on_date: Day
    money: MoneyShown
    transaction_id: Id | None


class AccountClosing(Body):
    """Closes an empty account on a day."""

    version: Version
    on: Day


class AccountReopening(Body):
    """Opens a closed account again."""

    version: Version


account = Resource(AccountShown, find_account)


@routes.declare("GET", PLACE, access=PERSON, verb=list_accounts)
async def get_accounts(
    caller: SignedIn, *, closed: Annotated[bool, Query()] = False
) -> Page[AccountShown]:
    """Lists accounts with their balances.

    ``closed=true`` lists closed ones too.
    """
    found = await ask(caller.actor, list_accounts, closed=closed)
    return Page(items=[AccountShown.model_validate(view) for view in found])


@routes.declare("POST", PLACE, access=PERSON, status=201, verb=open_account)
async def post_account(
    given: AccountGiven, caller: SignedIn, answer: Response, key: IdempotencyKey = None
) -> Changed[AccountShown]:
    """Opens an account."""
    done = await perform(caller.actor, open_account, given.read(), key=key)
    return created(AccountShown, done, answer, PLACE)


@routes.declare("GET", PLACE + "/{account_id}", access=PERSON, verb=find_account)
async def get_account(account_id: PathId, caller: SignedIn) -> AccountShown:
    """Gives one account."""
    return await account.show(caller, account_id)


@routes.declare(
    "GET", PLACE + "/{account_id}/opening", access=PERSON, verb=find_opening
)
async def get_account_opening(account_id: PathId, caller: SignedIn) -> OpeningShown:
    """Gives what was on an account when it was opened, and the transaction for it."""
    return OpeningShown.model_validate(
        await ask(caller.actor, find_opening, account_id)
    )


@routes.declare("PUT", PLACE + "/{account_id}", access=PERSON, verb=edit_account)
async def put_account(
    account_id: PathId, given: AccountEdit, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[AccountShown]:
    """Renames an account or changes its note, or gives it an opening balance later."""
    doing = perform(caller.actor, edit_account, given.read(account_id), key=key)
    return await account.answer(caller, account_id, sent=given, doing=doing)


@routes.declare(
    "POST", PLACE + "/{account_id}/close", access=PERSON, verb=close_account
)
async def post_account_close(
    account_id: PathId,
    given: AccountClosing,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> Changed[AccountShown]:
    """Closes an account that is empty."""
    mark = AccountMark(account_id, given.version)
    doing = perform(caller.actor, close_account, mark, given.on, key=key)
    return await account.answer(caller, account_id, sent=given, doing=doing)


@routes.declare(
    "POST", PLACE + "/{account_id}/reopen", access=PERSON, verb=reopen_account
)
async def post_account_reopen(
    account_id: PathId,
    given: AccountReopening,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> Changed[AccountShown]:
    """Opens a closed account again."""
    mark = AccountMark(account_id, given.version)
    doing = perform(caller.actor, reopen_account, mark, key=key)
    return await account.answer(caller, account_id, sent=given, doing=doing)


@routes.declare("GET", PLACE + "/{account_id}/curve", access=PERSON, verb=account_curve)
async def get_account_curve(
    account_id: PathId,
    caller: SignedIn,
    period: PeriodText = "",
    points: Points = MAX_POINTS,
) -> CurveShown:
    """Gives the balance of an account over a period, this month if none is named."""
    curve = await ask(
        caller.actor,
        account_curve,
        account_id,
        period=chosen_period(period, caller),
        points=points,
    )
    return CurveShown.model_validate(curve)
