"""A transaction of a file says for which date of a recurring item it stands."""

import json
from datetime import date
from typing import Any

import pytest

from fintrack.core import moved_items
from fintrack.core.errors import InvalidInput
from fintrack.core.moved_items import MovedDate
from fintrack.core.moved_transactions import Reading
from fintrack.core.recurrence import BOOKED
from fintrack.core.whole_books import read_books
from tests.core.habit_files import PLACES, item
from tests.core.test_whole_books import file, payment

DAY = "2026-03-01"


def _read(*said: dict[str, Any], **more: Any) -> list[MovedDate | None]:
    text = json.dumps(file(recurring=[item(**more)], transactions=list(said)))
    return [one.stands_for for one in read_books(text).transactions]


def test_transaction_stands_for_a_date_or_for_none() -> None:
    booked = payment(recurring={"item": "i", "on": DAY, "due": "2026-03-02"})
    found = MovedDate(0, date(2026, 3, 1), date(2026, 3, 2), BOOKED)
    assert _read(booked, payment(), payment(recurring=None)) == [found, None, None]


@pytest.mark.parametrize(
    ("recurring", "said"),
    [
        ({"item": "j", "on": DAY}, "names a recurring item that is not in the file"),
        ({"item": "i"}, "as the form asks"),
        ({"item": "i", "on": DAY, "due": "2027-03-01"}, "as the form asks"),
        ("i", "not a list"),
        ({"item": "i", "on": "2026-02-01"}, "twice"),
    ],
)
def test_date_that_cannot_be_is_refused_and_named(recurring: Any, said: str) -> None:
    dates = [{"on": "2026-02-01", "outcome": "skipped"}]
    with pytest.raises(InvalidInput, match=said) as refused:
        _read(payment(recurring=recurring), dates=dates)
    assert refused.value.text.startswith("The date that the transaction t1 Shop")
    assert refused.value.problems[0].field == "file"


def test_two_transactions_for_one_date_are_refused() -> None:
    booked = payment(recurring={"item": "i", "on": DAY})
    with pytest.raises(InvalidInput, match="twice"):
        _read(booked, booked)


def test_dates_of_transactions_and_of_items_are_counted_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(moved_items, "MOST_DATES", 2)
    dates = [{"on": "2026-02-01", "outcome": "skipped"}]
    booked = [
        payment(recurring={"item": "i", "on": f"2026-0{month}-01"}) for month in (3, 4)
    ]
    assert len(_read(booked[0], dates=dates)) == 1
    with pytest.raises(InvalidInput, match="more than 2 dates") as refused:
        _read(*booked, dates=dates)
    assert refused.value.problems[0].field == "file"


def test_transaction_without_items_is_read_as_before() -> None:
    found = Reading.of(PLACES, ()).transaction(payment())
    assert (found.payee, found.stands_for) == ("Shop", None)
