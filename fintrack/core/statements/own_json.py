"""Books as JSON in FinTrack's own form ``fintrack/1``, described in docs/json.md.

A file of one's own or another's: it is read account by account like a statement, and
amounts are texts in it, so that no program rounds them on the way.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from decimal import Decimal
from typing import Any, NamedTuple

from fintrack.core.errors import InvalidInput, Problem, TooLarge
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
LARGE = message_id("As JSON a file may have at most {most} MB.")
MAX_SHOWN = 500
MIB = 1024 * 1024
# The whole file is held while it is read, at some ten times its size.
MAX_BYTES = 32 * MIB
_HEAD = ("id", "date", "payee", "description", "note", "void")


class _Account(NamedTuple):
    """An account under the name that a person chooses it by."""

    part: str
    currency: str


def parse_json(open_file: Opener) -> Iterator[Item]:
    """The postings of every account, transaction by transaction, then its balance.

    Raises InvalidInput for what is no JSON or is of another form.
    """
    books = _load(open_file)
    if books.get("format") != FORM:
        raise InvalidInput(OTHER_FORM, field="file", form=FORM)
    accounts = {_text(one, "id"): one for one in _objects(books, "accounts")}
    named = _named(accounts)
    categories = {_text(one, "id") for one in _objects(books, "categories")}
    for transaction in _list(books, "transactions"):
        yield from _entries(transaction, named, categories)
    for id_, account in accounts.items():
        if "balance" in account:
            yield _balance(account, named[id_])


def _named(accounts: Mapping[str, Mapping[str, Any]]) -> dict[str, _Account]:
    """The accounts by their ids; two of one name carry their ids in it."""
    names = {id_: part_name(_text(one, "name") or id_) for id_, one in accounts.items()}
    often = Counter(names.values())
    return {
        id_: _Account(
            name if often[name] == 1 else part_name(f"{name} ({id_})"),
            _text(accounts[id_], "currency"),
        )
        for id_, name in names.items()
    }


def _load(open_file: Opener) -> Mapping[str, Any]:
    try:
        with closing(open_file()) as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise TooLarge(LARGE, field="file", most=MAX_BYTES // MIB)
        books = json.loads(data, parse_float=Decimal)
    except (ValueError, RecursionError):
        # Also what is no UTF-8, and numbers of more digits than Python reads.
        raise InvalidInput(NO_JSON, field="file") from None
    return books if isinstance(books, dict) else {}


def _entries(
    transaction: object, accounts: Mapping[str, _Account], categories: set[str]
) -> Iterator[Item]:
    postings = transaction.get("postings") if isinstance(transaction, dict) else None
    for posting in postings if isinstance(postings, list) else [None]:
        if not isinstance(posting, dict):
            raw = (_shown(transaction),)
            yield Aside("", raw, NO_OBJECT, is_doubtful=True)
        elif (account := _text(posting, "account")) in accounts:
            yield _entry(transaction, posting, accounts[account])
        elif account not in categories:
            yield Aside("", (_shown(posting),), NO_ACCOUNT, is_doubtful=True)


def _entry(
    transaction: Any,  # noqa: ANN401 - an object of JSON
    posting: Mapping[str, Any],
    account: _Account,
) -> Item:
    head = {name: transaction[name] for name in _HEAD if name in transaction}
    raw = tuple(f"{_shown(k)} {_shown(v)}" for k, v in {**head, **posting}.items())
    if transaction.get("void") is True:
        return Aside(account.part, raw, VOID)
    return Entry(
        account.part,
        raw,
        _text(transaction, "date"),
        _text(posting, "amount"),
        currency=_text(posting, "currency") or account.currency,
        payee=_text(transaction, "payee"),
        description=_text(transaction, "description") or _text(posting, "memo"),
        reference=_text(transaction, "reference"),
        bank_id=_text(transaction, "id"),
    )


def _balance(said: Mapping[str, Any], account: _Account) -> Stated:
    return Stated(
        account.part,
        _text(said, "balance_on"),
        _text(said, "balance"),
        is_out=False,
        currency=account.currency,
        is_opening=False,
    )


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
    said = (
        value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False, default=str)
    )
    return storable(said[:MAX_SHOWN])
