"""The first rule that matches decides a field; tags of all that match add up."""

from datetime import date
from decimal import Decimal

import pytest

from fintrack.core.money import Money
from fintrack.core.rules import (
    Actions,
    Comparison,
    Condition,
    Facts,
    Field,
    Rule,
    Share,
    decide,
    divide,
)

FOOD, FUN = 11, 12
LIDL = Facts(1, Money(-1250, "EUR"), date(2026, 3, 5), "LIDL  Berlin", "Card 42")


def words(field: Field, test: Comparison, text: str) -> Condition:
    return Condition(field, test, text)


PAYEE = words(Field.PAYEE, Comparison.CONTAINS, "lidl")
NEVER = words(Field.PAYEE, Comparison.CONTAINS, "xyz")


def rule(
    id_: int, *conditions: Condition, needs_all: bool = True, **does: object
) -> Rule:
    actions = Actions(**does)  # type: ignore[arg-type] - as the test says it
    return Rule(id_, conditions, actions, needs_all, "EUR")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (words(Field.PAYEE, Comparison.CONTAINS, "DL b"), True),
        (words(Field.PAYEE, Comparison.STARTS, "lídl"), True),
        (words(Field.PAYEE, Comparison.STARTS, "berlin"), False),
        (words(Field.PAYEE, Comparison.EQUALS, "lidl berlin"), True),
        (words(Field.PAYEE, Comparison.EQUALS, "lidl"), False),
        (words(Field.PAYEE, Comparison.PATTERN, "lidl*"), True),
        (words(Field.TEXT, Comparison.CONTAINS, "card 42"), True),
        (words(Field.PAYEE, Comparison.CONTAINS, "card"), False),
        (words(Field.FLOW, Comparison.IS, "out"), True),
        (words(Field.FLOW, Comparison.IS, "in"), False),
        (Condition(Field.ACCOUNT, Comparison.IS, account_id=1), True),
        (Condition(Field.ACCOUNT, Comparison.IS, account_id=2), False),
        (Condition(Field.AMOUNT, Comparison.BETWEEN, least=Decimal("12.5")), True),
        (Condition(Field.AMOUNT, Comparison.BETWEEN, most=Decimal("12.49")), False),
        (
            Condition(Field.DAY, Comparison.BETWEEN, least=Decimal(1), most=Decimal(5)),
            True,
        ),
        (Condition(Field.DAY, Comparison.BETWEEN, least=Decimal(6)), False),
    ],
)
def test_condition_holds(condition: Condition, *, expected: bool) -> None:
    found = decide([rule(1, condition, payee="x")], LIDL)
    assert bool(found.matched) is expected


def test_and_needs_all_and_or_needs_one() -> None:
    both = rule(1, PAYEE, NEVER, payee="x")
    either = rule(2, PAYEE, NEVER, needs_all=False, payee="y")
    assert decide([both, either], LIDL).matched == (either,)


def test_first_that_matches_decides_each_field_and_tags_add_up() -> None:
    first = rule(1, PAYEE, payee="Lidl", tag_ids=(7, 8))
    second = rule(2, PAYEE, payee="Other", shares=(Share(FOOD),), tag_ids=(8, 9))
    third = rule(3, PAYEE, shares=(Share(FUN),), note="n")
    found = decide([first, second, third], LIDL)
    assert (found.payee, found.category, found.note) == (first, second, third)
    assert found.tag_ids == (7, 8, 9)


@pytest.mark.parametrize(("account_id", "currency"), [(1, "EUR"), (2, "USD")])
def test_transfer_goes_to_another_account_in_the_same_currency(
    account_id: int, currency: str
) -> None:
    away = Rule(
        1,
        (PAYEE,),
        Actions(transfer_account_id=account_id),
        needs_all=True,
        transfer_currency=currency,
    )
    later = rule(2, PAYEE, shares=(Share(FOOD),))
    assert decide([away, later], LIDL).category is later


def test_shares_lose_no_unit_and_an_empty_one_is_left_out() -> None:
    thirds = (Share(FOOD, 33), Share(FUN, 33), Share(13, 34))
    parts = divide(Money(1001, "EUR"), thirds)
    assert sum(part.minor for _, part in parts) == 1001
    assert divide(Money(1, "EUR"), (Share(FOOD, 99), Share(FUN, 1))) == [
        (FOOD, Money(1, "EUR"))
    ]
