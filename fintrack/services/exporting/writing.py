"""Transactions as text, part by part: FinTrack's own JSON, or CSV.

Whatever the number of transactions, one batch of them is held at a time, and the ids
of all.
"""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

from fintrack.core.actor import Actor
from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.csv_text import csv_lines
from fintrack.core.statements.own_json import FORM
from fintrack.services.commands import ask
from fintrack.services.exporting import batches
from fintrack.services.exporting.batches import Place, read_chart
from fintrack.services.ledger.listing import Filter
from fintrack.services.ledger.reading import PostingView, TransactionView

COLUMNS: Final = (
    "date",
    "account",
    "payee",
    "description",
    "category",
    "amount",
    "currency",
    "note",
    "tags",
    "void",
)
# A spreadsheet takes a file for UTF-8 only when it begins with this mark.
BYTE_ORDER_MARK: Final = "\ufeff"


async def write_json(actor: Actor, wanted: Filter) -> AsyncIterator[str]:
    """The books in the form of docs/json.md, which an import reads.

    Accounts come last: one that is opened while the file is written is in it too.
    """
    yield f'{{"format": "{FORM}",\n"transactions": ['
    between = "\n"
    async for views in _batches(actor, wanted):
        if views:
            yield between + ",\n".join(_json(_transaction(view)) for view in views)
            between = ",\n"
    chart = await ask(actor, read_chart)
    accounts = [_account(one) for one in chart if one.kind in ACCOUNT_KINDS]
    categories = [_category(one) for one in chart if one.kind not in ACCOUNT_KINDS]
    yield f'\n],\n"accounts": {_json(accounts)},\n"categories": {_json(categories)}}}\n'


async def write_csv(actor: Actor, wanted: Filter) -> AsyncIterator[str]:
    """A line for each account that a transaction moved money on."""
    yield BYTE_ORDER_MARK + csv_lines([COLUMNS])
    async for views in _batches(actor, wanted):
        yield csv_lines(line for view in views for line in _lines(view, wanted))


async def _batches(
    actor: Actor, wanted: Filter
) -> AsyncIterator[list[TransactionView]]:
    ids = await ask(actor, batches.read_ids, wanted)
    for start in range(0, len(ids), batches.BATCH):
        some = ids[start : start + batches.BATCH]
        yield await ask(actor, batches.read_batch, some)


def _transaction(view: TransactionView) -> dict[str, Any]:
    return {
        "id": str(view.id),
        "date": view.on_date.isoformat(),
        "payee": view.payee,
        "description": view.description,
        "note": view.note,
        "tags": view.tags,
        "void": view.voided_at is not None,
        "postings": [_posting(posting) for posting in view.postings],
    }


def _posting(posting: PostingView) -> dict[str, str | bool]:
    found: dict[str, str | bool] = {
        "account": str(posting.account_id),
        "amount": posting.money.text,
        "currency": posting.money.currency,
        "memo": posting.memo,
    }
    if posting.kind in ACCOUNT_KINDS:
        found["cleared"] = posting.cleared_at is not None
    if posting.original is not None:
        found["original_amount"] = posting.original.text
        found["original_currency"] = posting.original.currency
    return found


def _account(place: Place) -> dict[str, str | None]:
    named = {"id": str(place.id), "name": place.name, "type": place.type}
    closed = None if place.closed_on is None else place.closed_on.isoformat()
    days = {"opened_on": place.opened_on.isoformat(), "closed_on": closed}
    return {**named, "currency": place.currency, **days, "note": place.note}


def _category(place: Place) -> dict[str, str | None]:
    parent = None if place.parent_id is None else str(place.parent_id)
    named = {"id": str(place.id), "name": place.name, "kind": str(place.kind)}
    return {**named, "type": place.type, "parent": parent}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(view: TransactionView, wanted: Filter) -> Iterator[tuple[str, ...]]:
    """The lines of the accounts that the filter names, or of all."""
    for own in view.postings:
        is_wanted = not wanted.account_ids or own.account_id in wanted.account_ids
        if own.kind in ACCOUNT_KINDS and is_wanted:
            others = [p.account_name for p in view.postings if p is not own]
            yield (
                view.on_date.isoformat(),
                own.account_name,
                view.payee,
                view.description,
                "; ".join(dict.fromkeys(others)),
                own.money.text,
                own.money.currency,
                view.note,
                ", ".join(view.tags),
                "void" if view.voided_at else "",
            )
