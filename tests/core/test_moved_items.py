"""What comes again in a file is read as it was written, or refused with its name."""

from datetime import date
from typing import Any

import pytest

from fintrack.core import moved_items
from fintrack.core.errors import InvalidInput
from fintrack.core.moved_items import MovedDate, read_items
from fintrack.core.recurrence import SKIPPED, Pattern, Rule, Shift
from tests.books import money
from tests.core.habit_files import PLACES, item

START = date(2026, 1, 1)


def test_item_is_read_with_all_that_it_says() -> None:
    skipped = {"on": "2026-02-01", "due": "2026-02-02", "outcome": "skipped"}
    said = item(
        other="d",
        received="11.00",
        received_currency="USD",
        every=2,
        day=31,
        ends_on="2027-01-01",
        shift="after",
        automatic=True,
        dates=[skipped],
    )
    (one,) = read_items({"recurring": [item(id="h"), said]}, PLACES)[1:]
    assert (one.account, one.other) == (1, 2)
    assert (one.amount, one.received) == (money("-10 EUR"), money("11 USD"))
    assert one.rule == Rule(
        Pattern.MONTH_DAY,
        START,
        2,
        day=31,
        ends_on=date(2027, 1, 1),
        shift=Shift.AFTER,
    )
    assert (one.is_automatic, one.counts_from) == (True, START)
    assert one.dates == (MovedDate(1, date(2026, 2, 1), date(2026, 2, 2), SKIPPED),)


def test_item_that_was_ended_before_its_start_is_read_as_it_is() -> None:
    (one,) = read_items({"recurring": [item(ends_on="2025-01-01")]}, PLACES)
    assert one.rule.ends_on == date(2025, 1, 1)


def test_what_the_file_does_not_say_is_as_by_hand() -> None:
    (one,) = read_items({"recurring": [item(counts_from=None)]}, PLACES)
    assert (one.counts_from, one.is_automatic, one.dates) == (None, False, ())
    assert (one.rule.every, one.rule.shift) == (1, Shift.NONE)
    assert read_items({}, PLACES) == ()


def _date(on: object, outcome: object = "skipped", **more: Any) -> dict[str, Any]:
    return {"on": on, "outcome": outcome, **more}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"account": "?"}, "The recurring item 1 Rent cannot come in. It names"),
        ({"account": "c"}, "not an account"),
        ({"other": "x"}, "not in the file"),
        ({"other": None}, "not in the file"),
        ({"name": "x" * 101}, "a name of at most 100"),
        ({"other": "a"}, "two different accounts"),
        ({"amount": "0.00"}, "other than zero"),
        ({"currency": "USD"}, "Bank is kept in EUR"),
        ({"other": "d"}, "what arrives"),
        ({"other": "old", "amount": "10.00"}, "takes money out"),
        ({"received": "1.00", "received_currency": "USD"}, "two currencies"),
        (
            {"other": "d", "received": "1.00", "received_currency": "GBP"},
            "is kept in USD",
        ),
        ({"amount": -10}, "as the form asks"),
        ({"amount": "1.234"}, "."),
        ({"currency": "???"}, "."),
        ({"pattern": "hourly"}, "as the form asks"),
        ({"every": 0}, "1 to 999"),
        ({"every": 1.5}, "as the form asks"),
        ({"pattern": "weeks", "day": 40}, "as the form asks"),
        ({"week": 6}, "choose one"),
        ({"starts_on": None}, "as the form asks"),
        ({"starts_on": "1700-01-01"}, "as the form asks"),
        ({"ends_on": "2200-01-01"}, "as the form asks"),
        ({"counts_from": "then"}, "as the form asks"),
        ({"automatic": 1}, "as the form asks"),
        ({"dates": {}}, "not a list"),
        ({"dates": [_date(None)]}, "as the form asks"),
        ({"dates": [_date("2026-02-01", "booked")]}, "as the form asks"),
        ({"dates": [_date("2026-02-01", due="2026-02-04")]}, "as the form asks"),
        ({"dates": [_date("2026-02-01")] * 2}, "twice"),
    ],
)
def test_what_cannot_be_is_refused_and_named(more: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as refused:
        read_items({"recurring": [item(**more)]}, PLACES)
    assert {one.field for one in refused.value.problems} == {"file"}
    assert refused.value.text.startswith("The recurring item 1")


def test_two_items_of_one_id_are_refused() -> None:
    with pytest.raises(InvalidInput, match="one id"):
        read_items({"recurring": [item(), item()]}, PLACES)


def test_there_is_an_end_to_items_and_their_dates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(moved_items, "MOST_OF_FILE", 2)
    monkeypatch.setattr(moved_items, "MOST_DATES", 1)
    items = [item(id=str(n), dates=[_date("2026-02-01")]) for n in range(3)]
    with pytest.raises(InvalidInput, match="“recurring” holds more than 2"):
        read_items({"recurring": items}, PLACES)
    with pytest.raises(InvalidInput, match="more than 1 dates"):
        read_items({"recurring": items[:2]}, PLACES)
