"""``/api/v1/transactions``: recorded, listed, edited, voided."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, ConfigDict, Field

from fintrack.api.entries import EntryEdit, EntryGiven
from fintrack.api.identity import SignedIn
from fintrack.api.money import MoneyShown
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
    changed,
    created,
)
from fintrack.core.amount_text import parse_plain
from fintrack.core.errors import InvalidInput
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.clearing import Clearing, clear_transactions
from fintrack.services.ledger.listing import MAX_PAGE, Filter, list_transactions
from fintrack.services.ledger.reading import find_transaction
from fintrack.services.ledger.transactions import (
    TransactionChange,
    TransactionMark,
    edit_transaction,
    record_transaction,
    void_transaction,
)

PLACE = "/v1/transactions"
MAX_CLEARED = 1000
routes = Routes()


class PostingShown(View):
    """One posting; positive is into the account or category."""

    account_id: Id
    account_name: str
    kind: str
    amount: Annotated[MoneyShown, Field(validation_alias="money")]
    memo: str
    original: MoneyShown | None
    cleared_at: datetime | None
    reconciliation_id: int | None


class TransactionShown(View):
    """A transaction with its postings in the order they were entered."""

    id: Id
    on_date: Day
    payee: str
    description: str
    note: str
    category_source: str
    rule_id: int | None
    import_id: int | None
    voided_at: datetime | None
    version: int
    postings: list[PostingShown]
    tags: list[str]
    attachments: int
    matched: int


class TransactionVoid(Body):
    """Cancels a transaction; it stays in the books.

    ``unlock`` says that it may break what is reconciled; else that is 409.
    """

    version: Version
    unlock: bool = False


class ClearingGiven(Body):
    """Transactions that the bank has seen, or has not; on one account or on all."""

    transaction_ids: Annotated[list[Id], Field(min_length=1, max_length=MAX_CLEARED)]
    cleared: bool
    account_id: Id | None = None


class ClearedShown(View):
    """How many postings changed their mark."""

    changed: int


class FilterQuery(BaseModel):
    """What a list shows; what is left out does not narrow it.

    A category has those under it. ``until`` is the last day shown. ``min`` and ``max``
    are amounts without sign, in the currency of the account. ``attached`` keeps what
    has files, or what has none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    account_id: Id | None = None
    category_id: Id | None = None
    tag_id: Id | None = None
    q: Text = ""
    since: Day | None = None
    until: Day | None = None
    min: Annotated[str | None, Field(max_length=40)] = None
    max: Annotated[str | None, Field(max_length=40)] = None
    with_void: bool = False
    cleared: bool | None = None
    reconciled: bool | None = None
    attached: bool | None = None

    def read(self) -> Filter:
        """The filter that this means.

        Raises:
            InvalidInput: names the field.
        """
        return Filter(
            account_ids=() if self.account_id is None else (self.account_id,),
            category_ids=() if self.category_id is None else (self.category_id,),
            tag_ids=() if self.tag_id is None else (self.tag_id,),
            words=self.q,
            since=self.since,
            until=self.until,
            least=_read_size(self.min, "min"),
            most=_read_size(self.max, "max"),
            with_void=self.with_void,
            cleared=self.cleared,
            reconciled=self.reconciled,
            attached=self.attached,
        )


class TransactionQuery(FilterQuery):
    """A page of a filtered list."""

    cursor: Annotated[str | None, Field(pattern=r"^[0-9]{8}-[0-9]{1,18}$")] = None
    limit: Annotated[int, Field(ge=1, le=MAX_PAGE)] = 50


transaction = Resource(TransactionShown, find_transaction)


@routes.declare("GET", PLACE, access=PERSON, verb=list_transactions)
async def get_transactions(
    caller: SignedIn, wanted: Annotated[TransactionQuery, Query()]
) -> Page[TransactionShown]:
    """Lists transactions, newest first."""
    page = await ask(
        caller.actor,
        list_transactions,
        wanted.read(),
        after=wanted.cursor,
        limit=wanted.limit,
    )
    items = [TransactionShown.model_validate(view) for view in page.items]
    return Page(items=items, next=page.next)


@routes.declare("POST", PLACE, access=PERSON, status=201, verb=record_transaction)
async def post_transaction(
    given: EntryGiven, caller: SignedIn, answer: Response, key: IdempotencyKey = None
) -> Changed[TransactionShown]:
    """Records an expense, an income, a split, a transfer or postings."""
    done = await perform(caller.actor, record_transaction, given.read(), key=key)
    return created(TransactionShown, done, answer, PLACE)


@routes.declare("POST", PLACE + "/clear", access=PERSON, verb=clear_transactions)
async def post_clearing(
    given: ClearingGiven, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[ClearedShown]:
    """Marks transactions as cleared, or takes the mark away."""
    clearing = Clearing(tuple(given.transaction_ids), given.cleared, given.account_id)
    done = await perform(caller.actor, clear_transactions, clearing, key=key)
    return changed(ClearedShown, done)


@routes.declare(
    "GET", PLACE + "/{transaction_id}", access=PERSON, verb=find_transaction
)
async def get_transaction(transaction_id: PathId, caller: SignedIn) -> TransactionShown:
    """Gives one transaction."""
    return await transaction.show(caller, transaction_id)


@routes.declare(
    "PUT", PLACE + "/{transaction_id}", access=PERSON, verb=edit_transaction
)
async def put_transaction(
    transaction_id: PathId,
    given: EntryEdit,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> Changed[TransactionShown]:
    """Replaces what a transaction says."""
    change = TransactionChange(transaction_id, given.version, given.read())
    doing = perform(caller.actor, edit_transaction, change, key=key)
    return await transaction.answer(caller, transaction_id, sent=given, doing=doing)


@routes.declare(
    "POST", PLACE + "/{transaction_id}/void", access=PERSON, verb=void_transaction
)
async def post_transaction_void(
    transaction_id: PathId,
    given: TransactionVoid,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> Changed[TransactionShown]:
    """Cancels a transaction: it stays in the books and no sum counts it."""
    mark = TransactionMark(transaction_id, given.version, given.unlock)
    doing = perform(caller.actor, void_transaction, mark, key=key)
    return await transaction.answer(caller, transaction_id, sent=given, doing=doing)


def _read_size(text: str | None, name: str) -> Decimal | None:
    if text is None:
        return None
    size = parse_plain(text, field=name)
    if size < 0:
        raise InvalidInput("Give the amount without a sign.", field=name)
    return size
