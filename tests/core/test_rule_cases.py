"""What a payee tells of a condition, and what conditions tell of each other."""

from decimal import Decimal

import pytest

from fintrack.core.rule_cases import (
    Asked,
    joined,
    lasts,
    may_hold,
    must_hold,
    plain,
    tells,
)
from fintrack.core.rules import Comparison, Condition, Field


def text(test: Comparison, words: str) -> Asked:
    return Asked.of(Condition(Field.TEXT, test, words))


def amount(least: int | None, most: int | None) -> Asked:
    bounds = (None if one is None else Decimal(one) for one in (least, most))
    return Asked.of(Condition(Field.AMOUNT, Comparison.BETWEEN, "", None, *bounds))


@pytest.mark.parametrize(
    ("test", "words", "answer"),
    [
        (Comparison.CONTAINS, "Mazo", True),
        (Comparison.CONTAINS, "prime", None),
        (Comparison.STARTS, "ama", True),
        (Comparison.STARTS, "amazon prime", None),
        (Comparison.STARTS, "prime", False),
        (Comparison.EQUALS, "amazon", None),
        (Comparison.EQUALS, "shop", False),
        (Comparison.PATTERN, "ama*", True),
        (Comparison.PATTERN, "*prime", None),
        (Comparison.PATTERN, "b*", False),
    ],
)
def test_description_decides_what_the_payee_leaves_open(
    test: Comparison, words: str, *, answer: bool | None
) -> None:
    assert tells(text(test, words), "amazon") is answer


def test_payee_decides_alone_where_nothing_else_is_looked_at() -> None:
    payee = Asked.of(Condition(Field.PAYEE, Comparison.CONTAINS, "prime"))
    assert tells(payee, "amazon") is False
    assert tells(amount(1, 2), "amazon") is None


def test_words_last_only_where_the_payee_had_no_part_in_them() -> None:
    assert lasts(text(Comparison.CONTAINS, "prime"), "amazon")
    assert not lasts(text(Comparison.CONTAINS, "amazon prime"), "amazon")
    assert lasts(text(Comparison.PATTERN, "*prime*"), "amazon")
    assert not lasts(text(Comparison.STARTS, "amazon prime"), "amazon")
    assert lasts(amount(1, 2), "amazon")


def test_narrow_range_implies_a_wide_one_and_shuts_out_another() -> None:
    narrow, wide, other = amount(3, 4), amount(None, 5), amount(6, None)
    known = (frozenset([narrow]),)
    assert must_hold((frozenset([wide]),), known)
    assert not must_hold(known, (frozenset([wide]),))
    assert not may_hold((frozenset([other]),), known)
    assert joined((frozenset([other]), frozenset([wide])), known) == (
        frozenset([narrow, wide]),
    )


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            Condition(Field.ACCOUNT, Comparison.IS, "typed", 1, Decimal(1)),
            Condition(Field.ACCOUNT, Comparison.IS, account_id=1),
        ),
        (
            Condition(Field.DAY, Comparison.BETWEEN, "typed", 1, Decimal(1)),
            Condition(Field.DAY, Comparison.BETWEEN, least=Decimal(1)),
        ),
        (
            Condition(Field.FLOW, Comparison.IS, "in", 1, Decimal(1)),
            Condition(Field.FLOW, Comparison.IS, "in"),
        ),
    ],
)
def test_what_a_field_does_not_look_at_is_left_out(
    one: Condition, said: Condition
) -> None:
    assert plain(one) == said
