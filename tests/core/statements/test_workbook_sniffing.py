"""The sheet with the transactions is found, and how its amounts are written."""

from datetime import date
from typing import Any

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.encoding import opener_of
from fintrack.core.statements.sniffing import AMBIGUOUS_DATES
from fintrack.core.statements.workbook_sniffing import sniff_workbook
from fintrack.core.statements.workbooks import Workbook
from tests.core.statements.test_workbooks import book_of

HEADER = ["Date", "Payee", "Amount"]


def _book(*rows: list[Any]) -> Workbook:
    return Workbook(opener_of(book_of(*rows, title="Movements")))


def test_stored_numbers_have_no_mark_of_their_own() -> None:
    found = sniff_workbook(_book(HEADER, [date(2026, 2, 3), "A", -1234.5]))
    assert (found.mapping.part, found.mapping.number_style.decimal) == (
        "Movements",
        ".",
    )
    assert found.notes == ()


def test_amounts_written_as_words_tell_the_mark() -> None:
    found = sniff_workbook(_book(HEADER, ["03.02.2026", "A", "-1.234,50"]))
    assert found.mapping.number_style.decimal == ","


@pytest.mark.parametrize(
    ("day", "order"),
    [("31/01/2026", "dmy"), ("01/31/2026", "mdy"), ("2026/01/31", "ymd")],
)
def test_each_order_of_days_is_found(day: str, order: str) -> None:
    found = sniff_workbook(_book(HEADER, [day, "A", 1]))
    assert found.mapping.date_order == order


def test_days_that_fit_two_ways_are_told_unless_a_late_row_decides() -> None:
    rows = [["01/02/2026", "A", -1.5]] * 400
    assert AMBIGUOUS_DATES in sniff_workbook(_book(HEADER, *rows)).notes
    late = sniff_workbook(_book(HEADER, *rows, ["01/31/2026", "A", -1.5]))
    assert (late.mapping.date_order, late.notes) == ("mdy", ())


def test_sheet_without_columns_is_refused() -> None:
    with pytest.raises(InvalidInput, match="No columns"):
        sniff_workbook(_book(["only words"]))
