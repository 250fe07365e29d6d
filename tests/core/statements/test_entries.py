"""Texts of a file become days and amounts, and one account is told from the others."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fintrack.core.amount_text import COMMA, POINT
from fintrack.core.errors import Problem, TooLarge
from fintrack.core.statements.dates import DateOrder
from fintrack.core.statements.entries import (
    OPEN_SPLIT,
    Aside,
    Entry,
    Item,
    Stated,
    read_entries,
)
from fintrack.core.statements.formats import Format
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.place_names import account_name, category_name
from fintrack.core.statements.records import Limits
from fintrack.core.statements.rows import DoubtfulRow, SkippedRow, StatedBalance
from tests.core.statements.test_files import EXPONENTS

MAPPING = Mapping(
    "utf-8-sig", "", "", 0, (), (), DateOrder.YMD, POINT, format=Format.OFX, part="A"
)
WHY = Problem("No transaction.")


def _entry(day: str, amount: str, **more: Any) -> Entry:
    return Entry("A", (day, amount), day, amount, currency="EUR")._replace(**more)


def _read(*items: Item, mapping: Mapping = MAPPING) -> list[Any]:
    return list(read_entries(items, mapping, EXPONENTS))


def test_only_the_rows_of_the_chosen_part_are_read_under_their_own_numbers() -> None:
    other = _entry("2026-02-01", "1.00", part="B")
    rows = _read(other, _entry("2026-02-02", "2.00"))
    assert [(row.number, row.amount_minor) for row in rows] == [(2, 200)]


def test_out_turns_the_sign_round_and_flip_once_more() -> None:
    out = _entry("2026-02-01", "1.00", is_out=True)
    (row,) = _read(out)
    (flipped,) = _read(out, mapping=replace(MAPPING, flip_sign=True))
    assert (row.amount_minor, flipped.amount_minor) == (-100, 100)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (_entry("2026-02-31", "1.00"), "day that does not exist"),
        (_entry("soon", "1.00"), "not a date"),
        (_entry("2026-02-01", ""), "enter an amount"),
        (_entry("2026-02-01", "1.234,56"), "not an amount"),
        (_entry("2026-02-01", "1.005"), "more decimals"),
        (_entry("2026-02-01", "NaN"), "not an amount"),
        (_entry("2026-02-01", "1.00", currency="XXQ"), "not a known currency"),
        (_entry("2026-02-01", "1.00", currency=""), "currency is not known"),
    ],
)
def test_what_cannot_be_read_is_doubtful_with_its_reason(
    entry: Entry, words: str
) -> None:
    (row,) = _read(entry)
    assert isinstance(row, DoubtfulRow)
    assert words in row.problems[0].message


def test_asides_keep_their_reason_and_those_of_no_part_belong_to_all() -> None:
    rows = _read(
        Aside("A", (), WHY), Aside("B", (), WHY), Aside("", (), WHY, is_doubtful=True)
    )
    assert rows == [SkippedRow(1, (), WHY), DoubtfulRow(3, (), (WHY,))]


def test_zero_is_no_transaction() -> None:
    assert isinstance(_read(_entry("2026-02-01", "0.00"))[0], SkippedRow)


def test_balance_is_read_or_left_out() -> None:
    good = Stated(
        "A", "2026-02-01", "5.00", is_out=True, currency="EUR", is_opening=True
    )
    found = _read(good, good._replace(amount="x"), good._replace(part="B"))
    assert found == [StatedBalance(date(2026, 2, 1), -500, "EUR", is_opening=True)]


def test_unreadable_letters_are_remarked() -> None:
    (row,) = _read(_entry("2026-02-01", "1.00", payee="Caf\ufffd"))
    assert row.problems


def test_number_style_of_the_mapping_decides() -> None:
    comma = replace(MAPPING, number_style=COMMA)
    (row,) = _read(_entry("2026-02-01", "1.234,56"), mapping=comma)
    assert row.amount_minor == 123_456


def test_more_rows_than_allowed_are_refused() -> None:
    items = [_entry("2026-02-01", "1.00")] * 3
    with pytest.raises(TooLarge):
        list(read_entries(items, MAPPING, EXPONENTS, Limits(rows=2)))


def test_parts_of_a_split_give_its_amount_or_are_left_out() -> None:
    food, visa = category_name("Food"), account_name("Visa")
    said = ((food, "3.00"), (visa, "2.00"), (food, "0.00"))
    split = _entry("2026-02-01", "5.00", is_out=True, places=said)
    short = split._replace(amount="6.00")
    torn = split._replace(places=((food, "x"), (visa, "2.00")))
    alone = split._replace(places=said[:1])
    plain = split._replace(places=((food, ""),))
    rows = _read(split, short, torn, alone, alone._replace(amount="3.00"), plain)
    assert [row.places for row in rows] == [
        ((food, -300), (visa, -200)),
        (),
        (),
        (),
        ((food, -300),),
        ((food, -500),),
    ]
    torn_ones = [row for row in rows if row.problems == (OPEN_SPLIT,)]
    assert torn_ones == rows[1:4]
