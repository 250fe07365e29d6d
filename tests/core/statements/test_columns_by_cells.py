"""Cells tell what the names of their columns do not."""

from collections.abc import Sequence

import pytest

from fintrack.core.statements.column_names import Role
from fintrack.core.statements.columns_by_cells import (
    add_by_cells,
    cells_of,
    contradicts,
    mostly,
)


def _roles(rows: Sequence[Sequence[str]], *named: Role) -> list[Role]:
    width = len(rows[0])
    roles = [*named, *[Role.IGNORE] * width][:width]
    add_by_cells(roles, rows, [True] * width)
    return roles


def test_blank_cells_are_not_filled() -> None:
    assert cells_of([["a", " 1 "], ["b", "  "], ["c"]], 1) == ["1"]


@pytest.mark.parametrize(
    ("cells", "passes"), [(["1", "x"], False), (["1", "2", "x"], True), ([], True)]
)
def test_more_than_half_decide(cells: list[str], *, passes: bool) -> None:
    assert mostly(str.isdecimal, cells, empty=True) is passes


def test_columns_that_take_turns_are_out_and_in() -> None:
    rows = [
        ["2026-05-19", "PAYMENT THANK YOU", "", "524.02"],
        ["2026-05-18", "COFFEE SHOP", "4.56", ""],
    ]
    assert _roles(rows)[2:] == [Role.DEBIT, Role.CREDIT]


def test_balance_beside_an_amount_is_not_a_side() -> None:
    rows = [
        ["2026-05-19", "COFFEE SHOP", "-4.56", "100.00"],
        ["2026-05-18", "PAY", "50.00", "104.56"],
    ]
    assert _roles(rows)[2:] == [Role.AMOUNT, Role.IGNORE]


@pytest.mark.parametrize(
    ("marks", "role"),
    [
        (("D", "C"), Role.SIGN),
        (("debit", "debit"), Role.SIGN),
        (("C", "C"), Role.IGNORE),
        (("D", "POS"), Role.IGNORE),
    ],
)
def test_sides_are_marked_beyond_doubt(marks: tuple[str, str], role: Role) -> None:
    rows = [["2026-05-19", "SHOP IN TOWN", "4.56", mark] for mark in marks]
    named = (Role.DATE, Role.DESCRIPTION, Role.AMOUNT)
    assert _roles(rows, *named)[3] is role


def test_kind_of_a_payment_is_not_a_currency() -> None:
    rows = [["2026-05-19", "SHOP IN TOWN", "-4.56", "TFR"]]
    assert _roles(rows)[3] is Role.IGNORE
    assert _roles([[*rows[0][:3], "SEK"]])[3] is Role.CURRENCY


def test_account_number_is_not_an_amount() -> None:
    rows = [["40817810000000000001", "2026-05-19", "SHOP IN TOWN", "4,56"]]
    assert _roles(rows)[0] is Role.IGNORE
    assert _roles(rows)[3] is Role.AMOUNT


def test_empty_column_of_words_says_nothing() -> None:
    rows = [["2026-05-19", "-4.56", "", "Coffee in town"]]
    named = (Role.DATE, Role.AMOUNT, Role.DESCRIPTION)
    assert _roles(rows, *named)[3] is Role.DESCRIPTION


def test_names_and_texts_are_words_but_codes_and_accounts_are_not() -> None:
    rows = [
        ["2026-05-19", "NL00ASNB9999999999", "Example Cards BV", "1.00", "NGM", ""],
        [
            "2026-05-20",
            "NL11ABNA0000000000",
            "",
            "2.00",
            "IDM",
            "Costs of this account",
        ],
    ]
    words = [Role.DESCRIPTION, Role.AMOUNT, Role.IGNORE, Role.DESCRIPTION]
    assert _roles(rows)[1:] == [Role.IGNORE, *words]


def test_reference_in_words_is_the_text_where_there_is_no_other() -> None:
    rows = [["2026-05-19", "Shop in town", "1.00", "groceries"]]
    named = (Role.DATE, Role.REFERENCE, Role.AMOUNT)
    assert _roles(rows, *named)[1] is Role.DESCRIPTION


def test_marks_contradict_the_signs_only_if_they_always_do() -> None:
    card = [["DEBIT", "8.50"], ["CREDIT", "-20.00"], ["", "1.00"]]
    assert contradicts(0, 1, card)
    assert not contradicts(0, 1, [*card, ["DEBIT", "-1.00"]])
    assert not contradicts(0, 1, [["", "1.00"]])


def test_dash_and_not_applicable_are_empty_cells() -> None:
    assert cells_of([["-"], ["n/a"], ["—"], ["1"]], 0) == ["1"]


def test_columns_of_which_one_is_always_zero_are_out_and_in() -> None:
    rows = [["2026-05-19", "Shop in town", "10", "0"], ["2026-05-20", "Me", "0", "7"]]
    assert _roles(rows)[2:] == [Role.DEBIT, Role.CREDIT]


def test_column_that_speaks_where_the_others_are_silent_is_read() -> None:
    rows = [
        ["2026-05-19", "5.00", "rent", "Transfer"],
        ["2026-05-20", "7.00", "", "Shop"],
    ]
    roles = _roles(rows, Role.DATE, Role.AMOUNT, Role.DESCRIPTION)
    assert roles[3] is Role.DESCRIPTION
