"""Transactions as text, part by part: FinTrack's own JSON, or CSV.

Whatever the number of transactions, one batch of them is held at a time, and the ids
of all, with the habits and their dates where the file is of the whole books.
"""

import json
from array import array
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Final

from fintrack.core.actor import Actor
from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.csv_text import csv_lines
from fintrack.core.statements.own_json import FORM
from fintrack.services.commands import ask
from fintrack.services.exporting import batches, habits
from fintrack.services.exporting.batches import Place, read_chart
from fintrack.services.exporting.habits import Contents
from fintrack.services.exporting.taking import is_of_whole_books
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

    Accounts come last: one that is opened while the file is written is in it too. What
    is of the whole books has rules, recurring items and templates behind them.
    """
    yield f'{{"format": "{FORM}",\n"transactions": ['
    contents = await _contents(actor, wanted)
    between = "\n"
    for ids in _parts(contents.ids):
        views = await ask(actor, batches.read_batch, ids)
        if views:
            yield between + ",\n".join(
                _json(_transaction(view, contents.dates.get(view.id))) for view in views
            )
            between = ",\n"
    chart = await ask(actor, read_chart)
    accounts = [_account(one) for one in chart if one.kind in ACCOUNT_KINDS]
    categories = [_category(one) for one in chart if one.kind not in ACCOUNT_KINDS]
    ends = {"accounts": accounts, "categories": categories, **contents.habits}
    lists = ",\n".join(f'"{name}": {_json(each)}' for name, each in ends.items())
    yield f"\n],\n{lists}}}\n"


async def write_csv(actor: Actor, wanted: Filter) -> AsyncIterator[str]:
    """A line for each account that a transaction moved money on."""
    yield BYTE_ORDER_MARK + csv_lines([COLUMNS])
    for ids in _parts(await ask(actor, batches.read_ids, wanted)):
        views = await ask(actor, batches.read_batch, ids)
        yield csv_lines(line for view in views for line in _lines(view, wanted))


def _parts(ids: "array[int]") -> Iterator["array[int]"]:
    for start in range(0, len(ids), batches.BATCH):
        yield ids[start : start + batches.BATCH]


async def _contents(actor: Actor, wanted: Filter) -> Contents:
    if is_of_whole_books(wanted):
        return await ask(actor, habits.read_contents, wanted)
    return Contents(await ask(actor, batches.read_ids, wanted), {}, {})


def _transaction(
    view: TransactionView, stands_for: Mapping[str, Any] | None
) -> dict[str, Any]:
    said = {
        "id": str(view.id),
        "date": view.on_date.isoformat(),
        "payee": view.payee,
        "description": view.description,
        "note": view.note,
        "tags": view.tags,
        "void": view.voided_at is not None,
        "postings": [_posting(posting) for posting in view.postings],
    }
    return said if stands_for is None else said | {"recurring": stands_for}


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
