"""What a rule may not say, and rules that would rename for ever."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from fintrack.core import rule_checks
from fintrack.core.errors import InvalidInput
from fintrack.core.rule_checks import check_loops, check_rule
from fintrack.core.rules import Actions, Comparison, Condition, Field, Rule, Share
from fintrack.core.wildcards import MAX_PATTERN

SHOP = Condition(Field.PAYEE, Comparison.CONTAINS, "shop")
FOOD = Actions(shares=(Share(1),))


def field_of(conditions: tuple[Condition, ...], actions: Actions) -> str:
    with pytest.raises(InvalidInput) as caught:
        check_rule(conditions, actions)
    return caught.value.problems[0].field


def between(field: Field, least: str, most: str) -> Condition:
    return Condition(
        field, Comparison.BETWEEN, least=Decimal(least), most=Decimal(most)
    )


def test_sound_rule_passes() -> None:
    check_rule((SHOP, between(Field.DAY, "1", "31")), FOOD)
    check_rule((SHOP,), Actions(shares=(Share(1, 60), Share(2, 40))))


@pytest.mark.parametrize(
    ("condition", "field"),
    [
        (Condition(Field.PAYEE, Comparison.BETWEEN), "test"),
        (Condition(Field.PAYEE, Comparison.CONTAINS, "  "), "words"),
        (Condition(Field.PAYEE, Comparison.CONTAINS, "a\x00"), "words"),
        (Condition(Field.TEXT, Comparison.PATTERN, "**??"), "words"),
        (Condition(Field.TEXT, Comparison.PATTERN, "a" * (MAX_PATTERN + 1)), "words"),
        (Condition(Field.FLOW, Comparison.IS, "up"), "words"),
        (Condition(Field.ACCOUNT, Comparison.IS), "account_id"),
        (replace(between(Field.DAY, "1", "31"), words="x" * 501), "words"),
        (Condition(Field.AMOUNT, Comparison.BETWEEN), "least"),
        (between(Field.AMOUNT, "5", "4"), "least"),
        (between(Field.AMOUNT, "-1", "4"), "least"),
        (between(Field.DAY, "1", "32"), "least"),
    ],
)
def test_condition_that_cannot_be_is_refused(condition: Condition, field: str) -> None:
    assert field_of((SHOP, condition), FOOD) == f"conditions.1.{field}"


@pytest.mark.parametrize(
    ("actions", "field"),
    [
        (Actions(), "actions"),
        (Actions(shares=(Share(1),), transfer_account_id=2), "actions"),
        (Actions(shares=(Share(1, 60), Share(2, 30))), "actions.shares"),
        (Actions(shares=(Share(1, 50), Share(1, 50))), "actions.shares"),
        (Actions(payee="x" * 501), "actions.payee"),
    ],
)
def test_action_that_cannot_be_is_refused(actions: Actions, field: str) -> None:
    assert field_of((SHOP,), actions) == field


def test_rule_without_conditions_is_refused() -> None:
    assert field_of((), FOOD) == "conditions"


def test_transfer_to_the_account_that_it_starts_from_is_refused() -> None:
    here = Condition(Field.ACCOUNT, Comparison.IS, account_id=3)
    loop = Actions(transfer_account_id=3)
    assert field_of((SHOP, here), loop) == "actions.transfer_account_id"


def renames(id_: int, words: str, payee: str, *more: Condition) -> Rule:
    condition = Condition(Field.PAYEE, Comparison.EQUALS, words)
    return Rule(id_, (condition, *more), Actions(payee=payee))


def loops(*rules: Rule, before: Sequence[Rule] = (), changed: int = 0) -> bool:
    try:
        check_loops(rules, before, changed, field="actions.payee")
    except InvalidInput as error:
        return error.problems[0].field == "actions.payee"
    return False


def test_rules_that_rename_in_a_circle_are_refused() -> None:
    assert loops(renames(1, "b", "A"), renames(2, "a", "B"))
    assert loops(renames(1, "b", "C"), renames(2, "c", "A"), renames(3, "a", "B"))


def test_chain_that_ends_is_no_circle() -> None:
    assert not loops(renames(1, "b", "C"), renames(2, "a", "B"))
    assert not loops(renames(1, "a", "A"))


def test_rule_that_stands_before_another_keeps_it_from_a_circle() -> None:
    one, two, three = renames(1, "a", "B"), renames(2, "b", "C"), renames(3, "b", "A")
    assert not loops(one, two, three)
    assert loops(one, three, two, before=(one, two, three))
    assert loops(one, three, before=(one, two, three))


def test_rule_that_only_may_match_hides_no_circle() -> None:
    dear = Rule(1, (between(Field.AMOUNT, "1000", "2000"),), Actions(payee="Q"))
    assert loops(dear, renames(2, "a", "B"), renames(3, "b", "A"))


def test_rules_are_not_looked_through_where_what_renames_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    food = Rule(3, (SHOP,), FOOD)
    book = (renames(1, "b", "A"), renames(2, "a", "C"))
    looked: list[Sequence[Rule]] = []
    monkeypatch.setattr(
        rule_checks, "find_circles", lambda rules: looked.append(rules) or frozenset()
    )
    noted = replace(book[0], actions=replace(book[0].actions, note="n"))
    for now, changed in (((*book, food), 3), (book, 3), ((noted, book[1]), 0)):
        assert not loops(*now, before=book, changed=changed)
    assert not looked
    any_of_two = replace(book[0], needs_all=False)
    for now in (book[::-1], book[:1], (any_of_two, book[1])):
        assert not loops(*now, before=book)
    assert len(looked) == 3


def test_circle_that_was_there_before_may_stay_but_for_what_is_changed() -> None:
    circle = (renames(1, "b", "A"), renames(2, "a", "B"))
    assert not loops(*circle, renames(3, "x", "Y"), before=circle)
    assert loops(*circle, renames(3, "x", "A"), before=circle)
    assert loops(*circle, before=circle, changed=1)


def test_rules_of_two_accounts_never_meet() -> None:
    one, two = (
        Condition(Field.ACCOUNT, Comparison.IS, account_id=id_) for id_ in (1, 2)
    )
    assert not loops(renames(1, "b", "A", one), renames(2, "a", "B", two))


def test_words_of_a_description_may_lead_back() -> None:
    text = Condition(Field.TEXT, Comparison.CONTAINS, "paypal")
    by_text = Rule(1, (text,), Actions(payee="A"))
    assert loops(renames(2, "a", "B"), by_text)
