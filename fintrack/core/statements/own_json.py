"""Books as JSON in FinTrack's own form ``fintrack/1``, described in docs/json.md.

A file of one's own or another's: it is read account by account like a statement, and
amounts are texts in it, so that no program rounds them on the way.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from decimal import Decimal
from typing import Any

from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.statements.encoding import Opener
from fintrack.core.statements.entries import Aside, Entry, Item, Stated
from fintrack.core.statements.storable import part_name, storable
from fintrack.core.text import message_id

FORM = "fintrack/1"
NO_JSON = message_id("This file is damaged or ends too early: it is no whole JSON.")
OTHER_FORM = message_id("This file is not written in the form {form}.")
NOT_A_LIST = message_id("“{value}” is not a list in this file.")
NO_OBJECT = Problem("This is not written as the form asks.")
VOID = Problem("This transaction is void.")
NO_ACCOUNT = Problem("This posting names no account of the file.")
MAX_SHOWN = 500


def parse_json(open_file: Opener) -> Iterator[Item]:
    """The postings of every account, transaction by transaction, then its balance.

    Raises InvalidInput for what is no JSON or is of another form.
    """
    books = _load(open_file)
    if books.get("format") != FORM:
        raise InvalidInput(OTHER_FORM, field="file", form=FORM)
    accounts = {}
    for account in _objects(books, "accounts"):
        accounts[_text(account, "id")] = account
    categories = {_text(one, "id") for one in _objects(books, "categories")}
    for transaction in _list(books, "transactions"):
        yield from _entries(transaction, accounts, categories)
    for account in accounts.values():
        if "balance" in account:
            yield _balance(account)


def _load(open_file: Opener) -> Mapping[str, Any]:
    try:
        with closing(open_file()) as file:
            books = json.loads(file.read(), parse_float=Decimal)
    except (ValueError, RecursionError):
        # Also what is no UTF-8, and numbers of more digits than Python reads.
        raise InvalidInput(NO_JSON, field="file") from None
    return books if isinstance(books, dict) else {}


def _entries(
    transaction: object, accounts: Mapping[str, Any], categories: set[str]
) -> Iterator[Item]:
    if not isinstance(transaction, dict):
        yield Aside("", (_shown(transaction),), NO_OBJECT, is_doubtful=True)
        return
    postings = transaction.get("postings")
    for posting in postings if isinstance(postings, list) else [None]:
        if not isinstance(posting, dict):
            raw = (_shown(transaction),)
            yield Aside("", raw, NO_OBJECT, is_doubtful=True)
            continue
        account = _text(posting, "account")
        if account in accounts:
            yield _entry(transaction, posting, accounts[account])
        elif account not in categories:
            yield Aside("", (_shown(posting),), NO_ACCOUNT, is_doubtful=True)


def _entry(
    transaction: Mapping[str, Any],
    posting: Mapping[str, Any],
    account: Mapping[str, Any],
) -> Item:
    part = _name(account)
    told = [f"{key} {_shown(value)}" for key, value in posting.items()]
    head = ("id", "date", "payee", "description", "note", "void")
    told = [f"{k} {_shown(transaction[k])}" for k in head if k in transaction] + told
    if transaction.get("void") is True:
        return Aside(part, tuple(told), VOID)
    return Entry(
        part,
        tuple(told),
        _text(transaction, "date"),
        _text(posting, "amount"),
        currency=_text(posting, "currency") or _text(account, "currency"),
        payee=_text(transaction, "payee"),
        description=_text(transaction, "description") or _text(posting, "memo"),
        reference=_text(transaction, "reference"),
        bank_id=_text(transaction, "id"),
    )


def _balance(account: Mapping[str, Any]) -> Stated:
    return Stated(
        _name(account),
        _text(account, "balance_on"),
        _text(account, "balance"),
        is_out=False,
        currency=_text(account, "currency"),
        is_opening=False,
    )


def _name(account: Mapping[str, Any]) -> str:
    return part_name(_text(account, "name") or _text(account, "id"))


def _objects(books: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return [one for one in _list(books, name) if isinstance(one, dict)]


def _list(books: Mapping[str, Any], name: str) -> list[Any]:
    found = books.get(name, [])
    if not isinstance(found, list):
        raise InvalidInput(NOT_A_LIST, field="file", value=name)
    return found


def _text(values: Mapping[str, Any], name: str) -> str:
    """Texts only: a number would have been through a program's rounding."""
    value = values.get(name, "")
    return storable(value) if isinstance(value, str) else ""


def _shown(value: object) -> str:
    return storable(str(value)[:MAX_SHOWN])
