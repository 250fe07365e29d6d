"""A card that thanks for negative amounts has bought for the positive ones."""

import pytest

from fintrack.core.statements.card_sides import (
    purchases_are_positive,
    sides_are_unclear,
)
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.sniffing import sniff

NAMES = ("Date", "Description", "Amount")
ROLES = (Role.DATE, Role.DESCRIPTION, Role.AMOUNT)
CARD = [
    ["09/28/2026", "MARKET", "54.12"],
    ["09/25/2026", "AUTOPAY PAYMENT - THANK YOU", "-320.00"],
    ["09/22/2026", "TAXI", "18.40"],
]


def test_thanks_for_a_negative_amount_turn_the_signs_round() -> None:
    assert purchases_are_positive(NAMES, ROLES, CARD)


@pytest.mark.parametrize(
    "row",
    [
        ["09/20/2026", "CARD PAYMENT TO SHOP", "-3.00"],
        ["09/20/2026", "THANK YOU BAKERY", "3.00"],
        ["09/20/2026", "PAYMENT - THANK YOU", "-20.00"],
    ],
)
def test_doubt_leaves_the_signs_as_they_are(row: list[str]) -> None:
    assert not purchases_are_positive(NAMES, ROLES, [*CARD, row])


@pytest.mark.parametrize("role", [Role.BALANCE, Role.SIGN])
def test_balance_and_marks_tell_the_sides_themselves(role: Role) -> None:
    assert not purchases_are_positive(NAMES, (*ROLES, role), CARD)


def test_file_without_an_amount_has_no_sides() -> None:
    assert not purchases_are_positive(NAMES, ROLES[:2], CARD)


def test_card_statement_is_proposed_with_its_signs_turned_round() -> None:
    lines = ["Date,Description,Amount", *map(",".join, CARD)]
    assert sniff("\n".join(lines).encode()).mapping.flip_sign
    assert not sniff("\n".join(lines[:2]).encode()).mapping.flip_sign


def test_purchases_named_so_are_money_out() -> None:
    rows = [
        ["07/01/2026", "Purchase", "9.99"],
        ["07/15/2026", "Purchase", "254.20"],
        ["07/20/2026", "Payment", "-500.00"],
    ]
    kinds = (Role.DATE, Role.IGNORE, Role.AMOUNT)
    assert purchases_are_positive(NAMES, kinds, rows)
    assert not purchases_are_positive(NAMES, ROLES, rows)
    signed = [["07/01/2026", "Purchase", "-9.99"], ["07/20/2026", "Payment", "5.00"]]
    assert not purchases_are_positive(NAMES, kinds, signed)
    refunds = [["07/01/2026", "Purchase", "9.99"], ["07/20/2026", "Refund", "5.00"]]
    assert not purchases_are_positive(NAMES, kinds, refunds)


@pytest.mark.parametrize("credit", ["500.00 CR", "500.00Cr"])
def test_amounts_of_which_only_the_payments_are_marked_are_purchases(
    credit: str,
) -> None:
    rows = [["07/01/2026", "Shop", "9.99"], ["07/20/2026", "Me", credit]]
    assert purchases_are_positive(NAMES, ROLES, rows)
    assert purchases_are_positive(NAMES, (*ROLES, Role.BALANCE), rows)
    rows.append(["07/21/2026", "Shop", "-1.00"])
    assert not purchases_are_positive(NAMES, ROLES, rows)


def test_amount_that_is_called_spent_is_money_out() -> None:
    names = ("利用日", "利用店名", "利用金額")
    assert purchases_are_positive(names, ROLES, [["2026/9/1", "Shop", "1200"]])
    assert not purchases_are_positive(names, ROLES, [["2026/9/1", "Shop", "-1200"]])


def test_sides_are_unclear_where_few_amounts_have_a_minus() -> None:
    card = [["2026-03-10", "Shop", "5.00"]] * 3 + [["2026-03-11", "Paid", "-15.00"]]
    assert sides_are_unclear(ROLES, card)
    assert sides_are_unclear(ROLES, card[:3])
    assert not sides_are_unclear(ROLES, card[:2])
    assert not sides_are_unclear((*ROLES, Role.BALANCE), card)
    assert not sides_are_unclear(ROLES[:2], card)
    assert not sides_are_unclear(ROLES, [*card, ["2026-03-12", "Shop", "-1.00"]])
