"""FinTrack's own JSON gives the postings of each account."""

import json
from typing import Any

import pytest

from fintrack.core.errors import InvalidInput, TooLarge
from fintrack.core.statements import own_json
from fintrack.core.statements.encoding import opener_of
from fintrack.core.statements.entries import Aside, Item
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


def test_what_is_left_aside_is_shown_as_it_stands_in_the_file() -> None:
    (item, *_) = _parse(_books({"postings": [3], "void": True, "n": "é"}))
    assert isinstance(item, Aside)
    assert item.raw == ('{"postings": [3], "void": true, "n": "é"}',)


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


def test_accounts_of_one_name_are_told_apart() -> None:
    accounts = [{"id": n, "name": "Cash", "currency": "EUR"} for n in ("a", "b")]
    legs = [{"account": n, "amount": "1.00"} for n in ("a", "b")]
    data = json.dumps(
        {
            "format": "fintrack/1",
            "accounts": accounts,
            "transactions": [{"date": "2026-02-03", "postings": legs}],
        }
    )
    found = entries(_parse(data.encode()))
    assert [entry.part for entry in found] == ["Cash (a)", "Cash (b)"]


def test_large_file_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(own_json, "MAX_BYTES", 10)
    with pytest.raises(TooLarge):
        _parse(_books())


def test_text_that_the_books_cannot_keep_is_replaced() -> None:
    (entry,) = entries(_parse(_books(_one("-1.00", payee="a\0b\ud800"))))
    assert entry.payee.startswith("a\ufffdb\ufffd")
    assert "\0" not in "".join(entry.raw)
