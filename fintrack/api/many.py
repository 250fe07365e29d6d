"""``/api/v1/transactions/change``: one change of many transactions at once."""

from typing import Annotated

from fastapi import Query
from pydantic import ConfigDict, Field

from fintrack.api.identity import SignedIn
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import (
    Changed,
    Day,
    Id,
    IdempotencyKey,
    Text,
    Version,
    View,
    changed,
)
from fintrack.api.transactions import PLACE, FilterQuery
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.transactions import TransactionMark
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.deeds import Reason
from fintrack.services.many.selecting import MAX_MANY, Selection, select_transactions
from fintrack.services.tags.rows import MAX_TAGS

routes = Routes()

Tags = Annotated[list[Text], Field(max_length=MAX_TAGS)]


class SelectedShown(View):
    """How many a filter keeps; ``seal`` is another one when any of them changed."""

    count: int
    seal: str


class Marked(Body):
    """A transaction as you read it."""

    id: Id
    version: Version


class FilterGiven(FilterQuery):
    """The filter of a list, in a body."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ManyGiven(Body):
    """A selection and one thing to do with all of it.

    The selection is ``transactions`` or ``filter``; with ``seal`` the filter must keep
    what it kept then. The thing to do is exactly one of a category, an account, a day,
    tags to add and remove, ``void``, and ``cleared``; beside the latter an account says
    where it is marked, and without one it is on each that it is on.
    """

    transactions: Annotated[
        list[Marked] | None, Field(min_length=1, max_length=MAX_MANY)
    ] = None
    filter: FilterGiven | None = None
    seal: Annotated[str, Field(max_length=64)] = ""
    category_id: Id | None = None
    account_id: Id | None = None
    on_date: Day | None = None
    add_tags: Tags = Field(default_factory=list)
    remove_tags: Tags = Field(default_factory=list)
    void: bool = False
    cleared: bool | None = None

    def selection(self) -> Selection:
        """The selection that this means.

        Raises:
            InvalidInput: names the field of the filter.
        """
        marks = self.transactions or []
        return Selection(
            tuple(TransactionMark(mark.id, mark.version) for mark in marks),
            self.filter.read() if self.filter else None,
            self.seal,
        )

    def change(self) -> ManyChange:
        """The change that this means."""
        return ManyChange(
            self.category_id,
            self.account_id,
            self.on_date,
            tuple(self.add_tags),
            tuple(self.remove_tags),
            self.void,
            self.cleared,
        )


class LeftShown(View):
    """Transactions that stayed as they were, for one reason."""

    reason: Reason
    transaction_ids: list[Id]


class ManyShown(View):
    """How many were changed, and which were not.

    ``matched`` rows of other accounts are void: transfers stand for them.
    """

    changed: int
    left: list[LeftShown]
    matched: int


@routes.declare("GET", PLACE + "/selection", access=PERSON, verb=select_transactions)
async def get_selection(
    caller: SignedIn, wanted: Annotated[FilterQuery, Query()]
) -> SelectedShown:
    """Counts and seals what a filter keeps, for a change of all of it.

    At most 10,000; more are 413.
    """
    found = await ask(caller.actor, select_transactions, wanted.read())
    return SelectedShown.model_validate(found)


@routes.declare("POST", PLACE + "/change", access=PERSON, verb=change_many)
async def post_change(
    given: ManyGiven, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[ManyShown]:
    """Does one thing with many transactions, at most 10,000, as one change.

    What cannot take it stays as it was and is named with its reason: changed since its
    version was read, void, split or a transfer where a category is given, of another
    currency than the account, not on the account that is marked, on a closed account or
    one beyond the plan, reconciled, or on its way into a reconciled period. `change_id`
    takes all of it back.
    """
    done = await perform(
        caller.actor, change_many, given.selection(), given.change(), key=key
    )
    return changed(ManyShown, done)
