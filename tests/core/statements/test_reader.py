"""Each line becomes a row, a doubtful row or a skipped one; none is lost."""

from dataclasses import replace
from datetime import date
from itertools import repeat

import pytest

from fintrack.core.amount_text import COMMA
from fintrack.core.errors import InvalidInput
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.dates import DateOrder
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.reader import read_rows
from fintrack.core.statements.rows import DoubtfulRow, Row, SkippedRow, StatementRow

MAPPING = Mapping(
    encoding="utf-8-sig",
    separator=";",
    quote='"',
    skip_rows=0,
    header=(),
    roles=(Role.DATE, Role.DESCRIPTION, Role.AMOUNT),
    date_order=DateOrder.DMY,
    number_style=COMMA,
    currency="EUR",
)
EXPONENTS = {"EUR": 2, "JPY": 0}
IN_OUT = replace(MAPPING, roles=(Role.DATE, Role.DEBIT, Role.CREDIT))


def _read(line: str, mapping: Mapping = MAPPING) -> Row:
    [row] = read_rows([line + "\n"], mapping, EXPONENTS)
    return row


def _minor(line: str, mapping: Mapping) -> int:
    row = _read(line, mapping)
    assert isinstance(row, StatementRow)
    return row.amount_minor


def test_row_is_understood_and_keeps_what_was_written() -> None:
    assert _read("05.01.2026; two  words ;-1.234,50") == StatementRow(
        1,
        ("05.01.2026", " two  words ", "-1.234,50"),
        date(2026, 1, 5),
        -123450,
        "EUR",
        description="two words",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("31.02.2026;a;1,00", "day that does not exist"),
        ("32;a;1,00", "not a date"),
        (";a;1,00", "not a date"),
        ("05.01.2026;a;NaN", "not an amount"),
        ("05.01.2026;a;1e999999", "not an amount"),
        ("05.01.2026;a;1,005", "more decimals"),
        ("05.01.2026;a;99.999.999.999.999,00", "larger"),
        ("05.01.2026;a;5,00 USD", "not in EUR"),
    ],
)
def test_line_that_cannot_be_understood_is_doubtful(line: str, reason: str) -> None:
    row = _read(line)
    assert isinstance(row, DoubtfulRow)
    problem = row.problems[0]
    assert reason in problem.message.format(**dict(problem.values))


@pytest.mark.parametrize(
    "line",
    ["", ";;", "05.01.2026;opening;", "Total;;5,00", "05.01.2026;a;0,00", "just words"],
)
def test_line_without_transaction_is_skipped_and_listed(line: str) -> None:
    assert isinstance(_read(line), SkippedRow)


def test_rows_are_numbered_as_in_a_spreadsheet() -> None:
    lines = ["Date;Text;Amount\n", "\n", "05.01.2026;a;1,00\n"]
    rows = list(read_rows(lines, replace(MAPPING, skip_rows=1), EXPONENTS))
    assert [row.number for row in rows] == [2, 3]


@pytest.mark.parametrize(
    ("line", "minor"),
    [
        ("05.01.2026;1,00;", -100),
        ("05.01.2026;-1,00;", -100),
        ("05.01.2026;;1,00", 100),
        ("05.01.2026;0,00;1,00", 100),
    ],
)
def test_in_and_out_columns_give_one_signed_amount(line: str, minor: int) -> None:
    assert _minor(line, IN_OUT) == minor


def test_money_in_and_out_at_once_is_doubtful() -> None:
    assert isinstance(_read("05.01.2026;1,00;2,00", IN_OUT), DoubtfulRow)


@pytest.mark.parametrize(("mark", "minor"), [("S", -100), ("H", 100)])
def test_sign_column_gives_the_direction(mark: str, minor: int) -> None:
    mapping = replace(MAPPING, roles=(Role.DATE, Role.SIGN, Role.AMOUNT))
    assert _minor(f"05.01.2026;{mark};1,00", mapping) == minor
    assert isinstance(_read("05.01.2026;?;1,00", mapping), DoubtfulRow)


def test_card_that_writes_purchases_as_positive_is_flipped() -> None:
    assert _minor("05.01.2026;a;1,00", replace(MAPPING, flip_sign=True)) == -100


def test_fee_is_taken_off_the_amount() -> None:
    mapping = replace(MAPPING, roles=(Role.DATE, Role.FEE, Role.AMOUNT))
    assert _minor("05.01.2026;1,00;-50,00", mapping) == -5100


def test_currency_of_the_row_decides_its_decimals() -> None:
    mapping = replace(MAPPING, roles=(Role.DATE, Role.CURRENCY, Role.AMOUNT))
    assert _minor("05.01.2026;JPY;500", mapping) == 500
    assert _minor("05.01.2026;;500", mapping) == 50000
    assert isinstance(_read("05.01.2026;XXX;500", mapping), DoubtfulRow)


def test_row_without_any_currency_is_doubtful() -> None:
    row = _read("05.01.2026;a;5,00", replace(MAPPING, currency=""))
    assert isinstance(row, DoubtfulRow)


def test_missing_booking_day_is_taken_from_the_value_date() -> None:
    mapping = replace(MAPPING, roles=(Role.DATE, Role.VALUE_DATE, Role.AMOUNT))
    row = _read(";06.01.2026;5,00", mapping)
    assert isinstance(row, StatementRow)
    assert row.on_date == date(2026, 1, 6)


@pytest.mark.parametrize(
    ("state", "kind"),
    [("COMPLETED", StatementRow), ("REVERTED", SkippedRow), ("PENDING", SkippedRow)],
)
def test_payment_that_is_not_final_is_skipped(state: str, kind: type[Row]) -> None:
    mapping = replace(MAPPING, roles=(Role.DATE, Role.STATE, Role.AMOUNT))
    assert isinstance(_read(f"05.01.2026;{state};5,00", mapping), kind)


@pytest.mark.parametrize(
    "line",
    [
        "05.01.2026;a\ufffdb;5,00",
        "05.01.2026;a;5,00;surplus",
        '05.01.2026;"a;1,00\n06.01.2026;b";5,00',
    ],
)
def test_readable_row_with_something_odd_says_so(line: str) -> None:
    row = _read(line)
    assert isinstance(row, StatementRow)
    assert len(row.problems) == 1


def test_mapping_without_amount_is_refused_before_reading() -> None:
    mapping = replace(MAPPING, roles=(Role.DATE, Role.IGNORE, Role.IGNORE))
    with pytest.raises(InvalidInput) as caught:
        list(read_rows([], mapping, EXPONENTS))
    assert [problem.field for problem in caught.value.problems] == ["amount"]


def test_rows_are_read_one_by_one_from_a_file_without_end() -> None:
    endless = repeat("05.01.2026;a;1,00\n")
    first = next(iter(read_rows(endless, MAPPING, EXPONENTS)))
    assert first.number == 1


def test_old_code_of_the_rouble_is_the_rouble() -> None:
    mapping = replace(MAPPING, roles=(Role.DATE, Role.CURRENCY, Role.AMOUNT))
    [row] = read_rows(["05.01.2026;RUR;-5,00\n"], mapping, {"RUB": 2})
    assert isinstance(row, StatementRow)
    assert row.currency == "RUB"


FEE = replace(MAPPING, roles=(Role.DATE, Role.DEBIT, Role.CREDIT, Role.FEE))
SIGNED = replace(MAPPING, roles=(Role.DATE, Role.AMOUNT, Role.SIGN))


def test_line_with_nothing_but_a_fee_is_a_fee() -> None:
    assert _minor("05.01.2026;;;-0,35", FEE) == -35
    assert isinstance(_read("05.01.2026;;;0,00", FEE), SkippedRow)


@pytest.mark.parametrize("blank", ["-", "n/a", "—", " "])
def test_dash_in_a_column_of_money_is_no_money(blank: str) -> None:
    assert _minor(f"05.01.2026;{blank};7,00", IN_OUT) == 700
    assert isinstance(_read(f"05.01.2026;{blank};{blank}", IN_OUT), SkippedRow)


def test_dash_in_the_column_of_currency_is_that_of_the_account() -> None:
    mapping = replace(MAPPING, roles=(Role.DATE, Role.CURRENCY, Role.AMOUNT))
    row = _read("05.01.2026;-;7,00", mapping)
    assert isinstance(row, StatementRow)
    assert row.currency == "EUR"


def test_dash_is_no_payee() -> None:
    mapping = replace(MAPPING, roles=(Role.DATE, Role.PAYEE, Role.AMOUNT))
    row = _read("05.01.2026;-;7,00", mapping)
    assert isinstance(row, StatementRow)
    assert row.payee == ""


@pytest.mark.parametrize("line", [";Total;7,00", ";Gesamtsumme;7,00", ";合計;7,00"])
def test_total_below_the_rows_is_no_transaction(line: str) -> None:
    assert isinstance(_read(line), SkippedRow)


def test_line_without_a_day_that_fills_both_sides_is_a_total() -> None:
    assert isinstance(_read(";-7,00;8,00", IN_OUT), SkippedRow)


def test_minus_in_the_column_of_money_in_is_said() -> None:
    row = _read("05.01.2026;;-7,00", IN_OUT)
    assert isinstance(row, StatementRow)
    assert row.amount_minor == 700
    assert [problem.field for problem in row.problems] == ["credit"]


def test_blank_mark_is_out_where_only_money_in_is_marked() -> None:
    lines = ["05.01.2026;5,00;\n", "06.01.2026;7,00;CR\n"]
    rows = list(read_rows(lines, SIGNED, EXPONENTS))
    assert [r.amount_minor for r in rows if isinstance(r, StatementRow)] == [-500, 700]


def test_blank_mark_is_doubtful_where_money_out_is_marked_too() -> None:
    lines = ["05.01.2026;5,00;DR\n", "06.01.2026;7,00;\n"]
    assert isinstance(list(read_rows(lines, SIGNED, EXPONENTS))[1], DoubtfulRow)


def test_credit_behind_an_amount_is_money_in_also_where_plus_is_out() -> None:
    flipped = replace(MAPPING, flip_sign=True)
    assert _minor("05.01.2026;a;7,00", flipped) == -700
    assert _minor("05.01.2026;a;7,00 CR", flipped) == 700
    assert _minor("05.01.2026;a;7,00Cr", flipped) == 700
    assert _minor("05.01.2026;a;7,00 DR", flipped) == -700


def test_line_without_a_day_and_a_number_in_its_money_is_no_transaction() -> None:
    assert isinstance(_read(";Saldo contabilístico;;", IN_OUT), SkippedRow)
    assert isinstance(_read(";7,00;;", IN_OUT), DoubtfulRow)
