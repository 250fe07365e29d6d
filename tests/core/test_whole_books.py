"""Whole books are read as they were written, or refused with what cannot be."""

import json
from datetime import date
from typing import Any

import pytest

from fintrack.core.book_fields import MOST_FINDINGS
from fintrack.core.chart import AccountType, Equity, Kind
from fintrack.core.errors import InvalidInput
from fintrack.core.whole_books import read_books
from tests.books import money


def file(**more: Any) -> dict[str, Any]:
    """A bank, a category and one payment of ten euros."""
    return {
        "format": "fintrack/1",
        "accounts": [account()],
        "categories": [{"id": "c", "name": "Food", "kind": "expense", "parent": None}],
        "transactions": [payment()],
        **more,
    }


def account(**more: Any) -> dict[str, Any]:
    said = {"id": "a", "name": "Bank", "type": "checking", "currency": "EUR"}
    return {**said, **more}


def payment(**more: Any) -> dict[str, Any]:
    return {
        "id": "t1",
        "date": "2026-03-05",
        "payee": "Shop",
        "postings": [posting("a", "-10.00", cleared=True), posting("c", "10.00")],
        **more,
    }


def posting(account: str, amount: str, **more: Any) -> dict[str, Any]:
    return {"account": account, "amount": amount, "currency": "EUR", **more}


def test_books_are_read_with_all_that_a_move_needs() -> None:
    original = {"original_amount": "-11.00", "original_currency": "USD"}
    legs = [posting("a", "-10.00", memo="m", **original), posting("c", "10.00")]
    said = payment(postings=legs, tags=["trip", 5], note="\u202en", void=True)
    books = read_books(json.dumps(file(transactions=[said])))
    (account,), (category,), (one,) = (
        books.accounts,
        books.categories,
        books.transactions,
    )
    assert (account.type, account.currency) == (AccountType.CHECKING, "EUR")
    assert (category.kind, category.parent) == (Kind.EXPENSE, "")
    assert (one.on_date, one.tags, one.note, one.is_void) == (
        date(2026, 3, 5),
        ("trip",),
        "n",
        True,
    )
    own, other = one.postings
    assert (own.money, own.original, own.memo) == (
        money("-10 EUR"),
        money("-11 USD"),
        "m",
    )
    assert (own.cleared, other.cleared) == (False, False)


def test_equity_of_an_older_file_is_known_by_its_name() -> None:
    places = [
        {"id": "o", "name": "Opening balances", "kind": "equity"},
        {"id": "x", "name": "Currency exchange", "kind": "equity"},
    ]
    books = read_books(json.dumps(file(categories=places, transactions=[])))
    assert [one.type for one in books.categories] == [Equity.OPENING, Equity.EXCHANGE]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"format": "other"}, "not written in the form"),
        ({"transactions": {}}, "is not a list"),
        ({"accounts": [{"id": "a", "name": "B", "currency": "???"}]}, "no currency"),
        ({"accounts": [account(opened_on="1700-01-01")]}, "A day of the account"),
        ({"accounts": [account(closed_on="then")]}, "A day of the account “Bank”"),
        ({"categories": [{"id": "a", "name": "B", "kind": "expense"}]}, "have the id"),
        ({"transactions": [payment(date="2026-02-30")]}, "no day"),
        ({"transactions": [payment(postings=[])]}, "do not sum to zero"),
        ({"transactions": [payment(payee="x" * 501)]}, "too long"),
        (
            {
                "transactions": [
                    payment(postings=[posting("?", "1"), posting("c", "-1")])
                ]
            },
            "not in the file",
        ),
        (
            {
                "transactions": [
                    payment(postings=[posting("a", "1"), posting("c", "1")])
                ]
            },
            "do not sum to zero",
        ),
        (
            {"transactions": [payment(postings=[{"account": "a", "amount": 1.5}])]},
            "cannot be read",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_named(more: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as refused:
        read_books(json.dumps(file(**more)))
    assert refused.value.problems[0].field == "file"


def test_posting_in_another_currency_than_its_account_is_refused() -> None:
    legs = [posting("a", "-1", currency="USD"), posting("c", "1", currency="USD")]
    with pytest.raises(InvalidInput, match="another currency"):
        read_books(json.dumps(file(transactions=[payment(postings=legs)])))


def test_first_findings_are_told() -> None:
    many = [payment(date="x", id=f"t{n}") for n in range(20)]
    accounts = [account(currency="x", id=f"a{n}") for n in range(20)]
    for said in (file(transactions=many), file(accounts=accounts)):
        with pytest.raises(InvalidInput) as refused:
            read_books(json.dumps(said))
        assert len(refused.value.problems) == MOST_FINDINGS


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", "null"])
def test_what_is_no_json_of_ours_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_books(text)
