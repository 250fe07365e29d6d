"""FinTrack's own JSON gives the postings of each account."""

import json
from typing import Any

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.encoding import opener_of
from fintrack.core.statements.entries import Item
from fintrack.core.statements.own_json import parse_json
from tests.core.statements.items import asides, entries, stated


def _parse(data: bytes) -> list[Item]:
    return list(parse_json(opener_of(data)))


def _books(*transactions: Any, **more: Any) -> bytes:
    accounts = [{"id": "a", "name": "Cash", "currency": "EUR", **more}]
    return json.dumps(
        {
            "format": "fintrack/1",
            "accounts": accounts,
            "categories": [{"id": "c"}],
            "transactions": transactions,
        }
    ).encode()


def _one(amount: Any, **more: Any) -> dict[str, Any]:
    legs = [{"account": "a", "amount": amount}, {"account": "c", "amount": "1.00"}]
    return {"id": "t", "date": "2026-02-03", "postings": legs, **more}


def test_posting_of_an_account_is_a_transaction_and_a_category_is_none() -> None:
    (entry,) = entries(_parse(_books(_one("-1.00", payee="Baker"))))
    assert (entry.part, entry.amount, entry.currency) == ("Cash", "-1.00", "EUR")
    assert (entry.payee, entry.bank_id) == ("Baker", "t")


def test_amount_that_is_a_number_is_not_read() -> None:
    (entry,) = entries(_parse(_books(_one(-1.5))))
    assert entry.amount == ""


def test_void_transaction_is_left_out() -> None:
    items = _parse(_books(_one("-1.00", void=True)))
    assert asides(items) == ["This transaction is void."]


def test_balance_closes_its_account() -> None:
    assert stated(_parse(_books(balance="5.00"))) == [("Cash", "5.00", False)]


@pytest.mark.parametrize("odd", ["x", None, {"postings": 3}, {"postings": ["x"]}])
def test_what_is_no_transaction_is_doubtful(odd: Any) -> None:
    assert asides(_parse(_books(odd))) == ["This is not written as the form asks."]


@pytest.mark.parametrize(
    "data",
    [
        b'{"format": "fintrack/1"',
        b"\xff",
        b"[" * 100_000,
        b'{"format": "fintrack/1", "x": ' + b"9" * 5_000 + b"}",
        b'{"format": "fintrack/2"}',
        b"[]",
        b'{"format": "fintrack/1", "transactions": 7}',
    ],
)
def test_what_is_not_this_form_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        _parse(data)
