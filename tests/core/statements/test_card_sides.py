"""A card that thanks for negative amounts has bought for the positive ones."""

import pytest

from fintrack.core.statements.card_sides import purchases_are_positive
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.sniffing import sniff

ROLES = (Role.DATE, Role.DESCRIPTION, Role.AMOUNT)
CARD = [
    ["09/28/2026", "MARKET", "54.12"],
    ["09/25/2026", "AUTOPAY PAYMENT - THANK YOU", "-320.00"],
    ["09/22/2026", "TAXI", "18.40"],
]


def test_thanks_for_a_negative_amount_turn_the_signs_round() -> None:
    assert purchases_are_positive(ROLES, CARD)


@pytest.mark.parametrize(
    "row",
    [
        ["09/20/2026", "CARD PAYMENT TO SHOP", "-3.00"],
        ["09/20/2026", "THANK YOU BAKERY", "3.00"],
        ["09/20/2026", "PAYMENT - THANK YOU", "-20.00"],
    ],
)
def test_doubt_leaves_the_signs_as_they_are(row: list[str]) -> None:
    assert not purchases_are_positive(ROLES, [*CARD, row])


@pytest.mark.parametrize("role", [Role.BALANCE, Role.SIGN])
def test_balance_and_marks_tell_the_sides_themselves(role: Role) -> None:
    assert not purchases_are_positive((*ROLES, role), CARD)


def test_file_without_an_amount_has_no_sides() -> None:
    assert not purchases_are_positive(ROLES[:2], CARD)


def test_card_statement_is_proposed_with_its_signs_turned_round() -> None:
    lines = ["Date,Description,Amount", *map(",".join, CARD)]
    assert sniff("\n".join(lines).encode()).mapping.flip_sign
    assert not sniff("\n".join(lines[:2]).encode()).mapping.flip_sign
