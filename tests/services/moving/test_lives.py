"""Accounts of a file open and close on days on which that can be."""

import json
from datetime import date
from typing import Any

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.whole_books import WholeBooks, read_books
from fintrack.services.moving.lives import Life, check_bounds, life_of
from fintrack.services.moving.reading import figures_of
from tests.conftest import Clock
from tests.core.test_whole_books import file, payment, posting

NOW = Clock().now
FIRST, LAST = date(2026, 3, 5), date(2026, 4, 6)


def _books(*payments: dict[str, Any], name: str = "Old", **days: str) -> WholeBooks:
    """One account with these payments, and a category."""
    account = {"id": "a", "name": name, "type": "checking", "currency": "EUR", **days}
    equity = {"id": "o", "name": "x", "kind": "equity", "type": "opening"}
    said = file(accounts=[account], transactions=[*payments])
    said["categories"].append(equity)
    return read_books(json.dumps(said))


def _move(day: date, amount: str, other: str = "c", **more: Any) -> dict[str, Any]:
    back = amount.removeprefix("-") if amount.startswith("-") else f"-{amount}"
    legs = [posting("a", amount), posting(other, back)]
    return payment(date=day.isoformat(), postings=legs, **more)


OPENING, SPENT = _move(FIRST, "10.00", "o"), _move(LAST, "-10.00")


@pytest.mark.parametrize(
    ("payments", "days", "life"),
    [
        ([SPENT, OPENING], {}, Life(FIRST, None)),
        ([SPENT, OPENING], {"opened_on": "2026-11-01"}, Life(FIRST, None)),
        ([SPENT, OPENING], {"closed_on": "2026-05-07"}, Life(FIRST, date(2026, 5, 7))),
        ([SPENT, OPENING], {"closed_on": "2026-04-01"}, Life(FIRST, LAST)),
        ([OPENING], {"closed_on": "2026-04-01"}, Life(FIRST, None)),
        (
            [_move(date(2026, 12, 24), "-10.00"), OPENING],
            {"closed_on": "2026-04-01"},
            Life(FIRST, None),
        ),
        (
            [_move(LAST, "-1.00", void=True)],
            {"opened_on": "2026-01-01", "closed_on": "2026-02-03"},
            Life(date(2026, 1, 1), date(2026, 2, 3)),
        ),
        (
            [],
            {"opened_on": "2026-02-03", "closed_on": "2026-01-01"},
            Life(date(2026, 2, 3), date(2026, 2, 3)),
        ),
        ([], {"closed_on": "2026-01-01"}, Life(date(2026, 1, 1), date(2026, 1, 1))),
        ([], {}, Life(NOW.date(), None)),
    ],
    ids=[
        "opening",
        "opening comes before the first day",
        "closed later",
        "last transaction comes after the closing",
        "money is left",
        "something is planned",
        "void counts for nothing",
        "closed before it opened",
        "no first day",
        "no day at all",
    ],
)
def test_life_follows_what_happened_there(
    payments: list[dict[str, Any]], days: dict[str, str], life: Life
) -> None:
    books = _books(*payments, **days)
    assert life_of(books.accounts[0], figures_of(books), NOW) == life
    check_bounds(books, figures_of(books), NOW)


@pytest.mark.parametrize(
    ("books", "said"),
    [
        (_books(name="n" * 300), "account “n+…” is longer than 80"),
        (_books(closed_on="2099-05-05"), "“Old” closes on 2099-05-05"),
        (_books(opened_on="2099-05-05"), "“Old” opens on 2099-05-05"),
        (_books(_move(date(2026, 12, 24), "1.00", "o")), "“Old” opens on 2026-12-24"),
    ],
    ids=["name", "closing to come", "first day to come", "opening to come"],
)
def test_what_nobody_could_enter_by_hand_is_refused(
    books: WholeBooks, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said) as refused:
        check_bounds(books, figures_of(books), NOW)
    assert refused.value.problems[0].field == "file"


def test_long_name_of_a_category_is_refused_and_that_of_equity_is_not() -> None:
    long = [
        {"id": kind, "name": kind + "n" * 60, "kind": kind}
        for kind in ("equity", "income")
    ]
    books = read_books(json.dumps(file(categories=long, transactions=[])))
    with pytest.raises(InvalidInput, match="category “income") as refused:
        check_bounds(books, figures_of(books), NOW)
    assert len(refused.value.problems) == 1
