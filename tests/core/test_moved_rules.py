"""Rules of a file are read as they were written, or refused with their names."""

from decimal import Decimal
from typing import Any

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.moved_rules import read_rules
from fintrack.core.rules import Actions, Comparison, Condition, Field, Share
from tests.core.habit_files import PLACES, payee_has, renaming, rule


def test_rule_is_read_with_all_that_it_says() -> None:
    conditions = [
        payee_has("Shop"),
        {"field": "account", "test": "is", "account": "a"},
        {"field": "amount", "test": "between", "least": "5", "most": "10.50"},
    ]
    said = rule(conditions=conditions, needs_all=False, on=False, tags=["trip", "Trip"])
    (one,) = read_rules({"rules": [said]}, PLACES)
    assert one.conditions == (
        Condition(Field.PAYEE, Comparison.CONTAINS, "Shop"),
        Condition(Field.ACCOUNT, Comparison.IS, account_id=1),
        Condition(
            Field.AMOUNT, Comparison.BETWEEN, least=Decimal(5), most=Decimal("10.50")
        ),
    )
    assert one.actions == Actions((Share(4, 100),))
    assert (one.needs_all, one.is_on, len(one.tags)) == (False, False, 1)


def test_numbers_become_the_ids_of_places() -> None:
    watched = [{"field": "account", "test": "is", "account": "a"}]
    said = [rule(conditions=watched), rule(shares=[], transfer="d")]
    first, second = (
        one.placed({1: 11, 2: 22, 4: 44}) for one in read_rules({"rules": said}, PLACES)
    )
    assert first.conditions[0].account_id == 11
    assert first.actions.shares == (Share(44),)
    assert second.actions.transfer_account_id == 22


def test_file_without_rules_has_none() -> None:
    assert read_rules({}, PLACES) == ()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"shares": [{"category": "?"}]}, "The rule 1 Shop cannot come in. It names"),
        ({"shares": [{"category": "x"}]}, "not in the file"),
        ({"shares": [{"category": "a"}]}, "not a category"),
        ({"shares": [], "transfer": "c"}, "not an account"),
        ({"shares": [{"category": "c", "percent": 300}]}, "not 100 %"),
        ({"shares": [{"category": "c", "percent": "100"}]}, "as the form asks"),
        ({"shares": [{"category": "c", "percent": True}]}, "as the form asks"),
        ({"shares": [{"category": "c", "percent": 10**30}]}, "as the form asks"),
        ({"shares": {}}, "not a list"),
        ({"shares": []}, "what the rule does"),
        ({"payee": 5}, "as the form asks"),
        ({"on": "yes"}, "as the form asks"),
        ({"tags": "trip"}, "as the form asks"),
        ({"tags": [f"t{n}" for n in range(21)]}, "too large"),
        ({"conditions": []}, "1 to 20 conditions"),
        ({"conditions": [payee_has("x")] * 21}, "more than 20"),
        ({"conditions": [[]]}, "not a list"),
        ({"conditions": [{"field": [[[]]], "test": "is"}]}, "as the form asks"),
        ({"conditions": [{"field": "payee", "test": "is"}]}, "does not fit"),
        (
            {"conditions": [{"field": "day", "test": "between", "least": "1e9"}]},
            "as the form asks",
        ),
        (
            {"conditions": [{"field": "account", "test": "is", "account": "?"}]},
            "not in the file",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_named(more: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as refused:
        read_rules({"rules": [rule(**more)]}, PLACES)
    assert {one.field for one in refused.value.problems} == {"file"}
    assert refused.value.text.startswith("The rule 1")


def test_five_that_cannot_be_are_named() -> None:
    many = [rule(shares=[{"category": "?"}]) for _ in range(9)]
    with pytest.raises(InvalidInput) as refused:
        read_rules({"rules": many}, PLACES)
    assert refused.value.text.count("cannot come in") == 5


def test_there_is_an_end_to_rules() -> None:
    assert len(read_rules({"rules": [rule()] * 500}, PLACES)) == 500
    with pytest.raises(InvalidInput, match="“rules” holds more than 500"):
        read_rules({"rules": [rule()] * 501}, PLACES)


def test_circle_is_refused_unless_a_rule_of_it_is_not_tried() -> None:
    there, back = renaming("sun", "moon"), renaming("moon", "sun")
    with pytest.raises(InvalidInput, match="circle") as refused:
        read_rules({"rules": [there, back]}, PLACES)
    assert refused.value.problems[0].field == "file"
    for rests in ({"on": False}, {"transfer": "old"}):
        assert len(read_rules({"rules": [there, {**back, **rests}]}, PLACES)) == 2
