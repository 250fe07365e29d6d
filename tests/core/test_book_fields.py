"""Fields of a file are read as they are written, or refused under ``file``."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fintrack.core import book_fields
from fintrack.core.amount_text import POINT, evaluate
from fintrack.core.errors import Conflict, InvalidInput
from tests.books import money
from tests.core.habit_files import PLACES


def test_what_is_there_is_read() -> None:
    said = {"t": "\u202ex", "b": True, "n": 3, "d": "2026-03-05", "m": "1.50"}
    assert book_fields.strict_text(said, "t") == "x"
    assert book_fields.strict_flag(said, "b", default=False)
    assert book_fields.strict_whole(said, "n", 1) == 3
    assert book_fields.strict_day(said, "d") == date(2026, 3, 5)
    assert book_fields.strict_number(said, "m") == Decimal("1.50")
    priced = {**said, "c": "EUR"}
    assert book_fields.strict_money(priced, "m", "c") == money("1.50 EUR")


def test_what_is_not_there_has_its_usual_value() -> None:
    said = dict[str, Any]()
    assert book_fields.strict_text(said, "t") == ""
    assert not book_fields.strict_flag(said, "b", default=False)
    assert book_fields.strict_whole(said, "n", 7) == 7
    assert book_fields.strict_day(said, "d") is None
    assert book_fields.strict_number(said, "m") is None
    assert (book_fields.tags_of(said), book_fields.objects_of(said, "o")) == ((), [])


def test_bound_that_was_calculated_keeps_all_its_digits() -> None:
    third = evaluate("10/3", POINT) / 10**30
    found = book_fields.strict_number({"m": f"{third:f}"}, "m")
    assert found == third
    for text in ("1e9", "NaN", "1_0", "٣", "1." + "0" * 401):
        with pytest.raises(InvalidInput):
            book_fields.strict_number({"m": text}, "m")


@pytest.mark.parametrize("value", [1.5, 10**400, "1", True, [], None])
def test_what_is_no_small_whole_number_is_refused(value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        book_fields.strict_whole({"n": value}, "n", 1)
    assert refused.value.problems[0].field == "file"


def test_account_and_category_are_told_apart() -> None:
    assert book_fields.account_of({"p": "a"}, "p", PLACES).number == 1
    assert book_fields.category_of({"p": "c"}, "p", PLACES).number == 4
    for read, name in ((book_fields.account_of, "c"), (book_fields.category_of, "a")):
        with pytest.raises(InvalidInput):
            read({"p": name}, "p", PLACES)


def test_refusal_is_named_and_stands_under_the_file() -> None:
    said = pytest.raises(InvalidInput, match=r"It is x\. Pot is closed\.")
    with said as refused, book_fields.naming("It is {name}.", "x"):
        raise Conflict("{name} is closed.", field="other", name="Pot")
    assert [one.field for one in refused.value.problems] == ["file", "file"]
