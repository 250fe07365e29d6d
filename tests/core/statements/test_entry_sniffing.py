"""Accounts, day order and number style are found in what a file says."""

import pytest

from fintrack.core.errors import InvalidInput, TooLarge
from fintrack.core.statements.encoding import EncodingFound
from fintrack.core.statements.entries import Entry, Item
from fintrack.core.statements.entry_sniffing import MAX_PARTS, sniff_entries
from fintrack.core.statements.formats import Format
from fintrack.core.statements.parts import Part
from fintrack.core.statements.place_names import account_name, category_name
from fintrack.core.statements.sniffing import (
    AMBIGUOUS_DATES,
    AMBIGUOUS_NUMBERS,
    Sniffed,
)


def _entry(part: str, day: str = "2026-01-31", amount: str = "1.00") -> Entry:
    return Entry(part, (), day, amount, currency="eur")


def _sniff(*items: Item, kind: Format = Format.QIF, part: str = "") -> Sniffed:
    return sniff_entries(items, kind, EncodingFound("utf-8-sig"), part)


def test_accounts_are_listed_and_the_fullest_is_proposed() -> None:
    found = _sniff(_entry("A"), _entry("B"), _entry("B"), kind=Format.OFX)
    assert found.parts == (Part("A", "EUR", 1), Part("B", "EUR", 2))
    assert (found.mapping.part, found.mapping.currency) == ("B", "EUR")


@pytest.mark.parametrize(
    ("days", "order"),
    [(["31/01/2026"], "dmy"), (["01/31/2026"], "mdy"), (["2026/01/31"], "ymd")],
)
def test_each_order_of_days_is_found(days: list[str], order: str) -> None:
    found = _sniff(*[_entry("A", day) for day in days])
    assert (found.mapping.date_order, found.notes) == (order, ())


def test_days_and_numbers_that_fit_two_ways_are_told() -> None:
    found = _sniff(_entry("A", "01/02/2026", "1.234"))
    assert found.notes == (AMBIGUOUS_DATES, AMBIGUOUS_NUMBERS)


def test_point_and_comma_mixed_follow_the_majority() -> None:
    amounts = ["1.234,56", "2,50", "3.75"]
    found = _sniff(*[_entry("A", "2026-01-31", amount) for amount in amounts])
    assert found.mapping.number_style.decimal == ","


def test_broken_letters_are_told() -> None:
    found = sniff_entries([_entry("A")], Format.OFX, EncodingFound("utf-8-sig", 2, 7))
    assert found.notes[0].field == "encoding"


def test_file_without_transactions_is_refused() -> None:
    with pytest.raises(InvalidInput, match="holds no transactions"):
        _sniff()


def test_too_many_accounts_are_refused() -> None:
    with pytest.raises(TooLarge):
        _sniff(*[_entry(str(n)) for n in range(MAX_PARTS + 1)])


def test_places_of_the_account_that_is_read_are_told_once() -> None:
    food, fun = category_name("Food"), category_name("Fun")
    nothing = (category_name(" : "), account_name(""))
    own = _entry("A")._replace(places=((food, "1"), *((one, "2") for one in nothing)))
    found = _sniff(own, own, _entry("B")._replace(places=((fun, ""),)))
    assert found.places == (food,)
