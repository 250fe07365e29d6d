"""A line moves what its columns of money say, and nothing where they contradict."""

from dataclasses import replace

import pytest

from fintrack.core.amount_text import COMMA
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.dates import DateOrder
from fintrack.core.statements.flows import Flows, Unclear, read_minor
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.minor import MinorUnits

SIDES = Mapping(
    encoding="utf-8-sig",
    separator=";",
    quote='"',
    skip_rows=0,
    header=(),
    roles=(Role.DEBIT, Role.CREDIT, Role.FEE),
    date_order=DateOrder.DMY,
    number_style=COMMA,
)
SIGNED = replace(SIDES, roles=(Role.AMOUNT, Role.SIGN))
EUROS = MinorUnits(COMMA, "EUR", 2)


@pytest.mark.parametrize(
    ("cells", "minor"),
    [
        (["5,00", "", ""], -500),
        (["-5,00", "-", "0,00"], -500),
        (["n/a", "5,00", ""], 500),
        (["", "-5,00", ""], 500),
        (["5,00", "", "0,20"], -520),
        (["", "", "-0,20"], -20),
    ],
)
def test_sides_tell_the_direction_with_or_without_a_minus(
    cells: list[str], minor: int
) -> None:
    assert Flows(SIDES).minor(cells, EUROS) == minor
    assert Flows(SIDES).moved(cells)


def test_sides_are_turned_round_but_the_fee_is_not() -> None:
    flows = Flows(replace(SIDES, flip_sign=True))
    assert flows.minor(["5,00", "", "0,20"], EUROS) == 480


@pytest.mark.parametrize("cells", [["", "", ""], ["-", "n/a", "0,00"]])
def test_line_without_money_moves_nothing(cells: list[str]) -> None:
    assert not Flows(SIDES).moved(cells)


def test_both_sides_contradict_each_other() -> None:
    flows = Flows(SIDES)
    assert flows.are_totals(["1,00", "2,00", ""])
    assert flows.are_totals(["Saldo", "", ""])
    assert not flows.are_totals(["1,00", "-", ""])
    with pytest.raises(Unclear):
        flows.minor(["1,00", "2,00", ""], EUROS)


def test_only_a_minus_before_money_in_is_worth_a_look() -> None:
    assert Flows(SIDES).remarks(["", "-5,00", ""])
    assert not Flows(SIDES).remarks(["-5,00", "", ""])
    assert not Flows(SIDES).remarks(["", "-", ""])


def test_mark_counts_more_than_the_sign_of_the_amount() -> None:
    flows = Flows(SIGNED)
    assert flows.minor(["5,00", ""], EUROS) == -500
    assert flows.minor(["-5,00", "CR"], EUROS) == 500
    assert flows.minor(["5,00", "DR"], EUROS) == -500
    with pytest.raises(Unclear):
        flows.minor(["5,00", ""], EUROS)
    with pytest.raises(Unclear):
        flows.minor(["5,00", "CHECK"], EUROS)


def test_what_is_no_amount_is_unclear() -> None:
    with pytest.raises(Unclear):
        read_minor(EUROS, "five")
