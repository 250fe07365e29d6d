"""A book of rules that passes never renames for ever, and a sound one passes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core import rule_circles
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.rule_cases import Asked, Cases, may_hold, tells
from fintrack.core.rule_circles import find_circles
from fintrack.core.rules import (
    FLOWS,
    TESTS,
    Actions,
    Comparison,
    Condition,
    Facts,
    Field,
    Rule,
    decide,
)

WORDS = ("aa", "bb", "aa bb", "q")
PATTERNS = ("*aa*", "bb*", "*b", "a?", "?*q", "*a*b*", "*a?b*")
BOUNDS = (None, Decimal(3), Decimal(5), Decimal(9))
MANY = 200


def words(field: Field, test: Comparison, text: str) -> Condition:
    return Condition(field, test, text)


def between(field: Field, least: int, most: int) -> Condition:
    return Condition(
        field, Comparison.BETWEEN, least=Decimal(least), most=Decimal(most)
    )


def equals(payee: str) -> Condition:
    return words(Field.PAYEE, Comparison.EQUALS, payee)


def has(text: str) -> Condition:
    return words(Field.TEXT, Comparison.CONTAINS, text)


def book(*rules: tuple[tuple[Condition, ...], str]) -> list[Rule]:
    return [
        Rule(id_, conditions, Actions(payee=payee))
        for id_, (conditions, payee) in enumerate(rules, start=1)
    ]


CIRCLE = (((equals("aa"),), "bb"), ((equals("bb"),), "aa"))


@pytest.mark.parametrize(
    "first",
    [
        between(Field.AMOUNT, 1000, 2000),
        between(Field.DAY, 1, 3),
        Condition(Field.FLOW, Comparison.IS, "in"),
        Condition(Field.ACCOUNT, Comparison.IS, account_id=1),
        has("zzz"),
        words(Field.TEXT, Comparison.PATTERN, "*zzz*"),
    ],
)
def test_rule_that_only_may_match_hides_no_circle_behind_it(first: Condition) -> None:
    assert find_circles(book(((first,), "Q"), *CIRCLE)) == {2, 3}


def test_words_of_a_payee_that_is_gone_do_not_count_any_more() -> None:
    """The description need not have them: zzz becomes Q and Q becomes zzz again."""
    assert find_circles(book(((has("zzz"),), "Q"), ((equals("q"),), "zzz"))) == {1, 2}
    split = book(((has("aa x"),), "bb"), ((has("bb x"),), "aa"))
    assert find_circles(split) == {1, 2}


@pytest.mark.parametrize(
    "rules",
    [
        (((has("zzz"),), "Q"), ((has("yyy"),), "R"), ((has("xx y"),), "S")),
        (
            ((words(Field.TEXT, Comparison.PATTERN, "*zz*z*"),), "Q"),
            ((words(Field.TEXT, Comparison.PATTERN, "*y?y*"),), "R"),
            ((words(Field.TEXT, Comparison.PATTERN, "xx*"),), "S"),
            ((words(Field.TEXT, Comparison.STARTS, "ww"),), "T"),
        ),
        (((between(Field.DAY, 1, 3),), "Q"), ((between(Field.DAY, 2, 5),), "R")),
        (
            ((equals("aa"), between(Field.AMOUNT, 1, 5)), "bb"),
            ((equals("bb"), between(Field.AMOUNT, 6, 9)), "aa"),
        ),
        (
            ((between(Field.AMOUNT, 1, 100),), "Q"),
            ((equals("aa"), between(Field.AMOUNT, 5, 9)), "bb"),
            ((equals("bb"), between(Field.AMOUNT, 5, 9)), "aa"),
        ),
        (
            ((equals("bb"), between(Field.AMOUNT, 1, 100)), "Q"),
            ((equals("aa"),), "bb"),
            ((equals("bb"), between(Field.AMOUNT, 5, 9)), "aa"),
        ),
    ],
)
def test_what_one_transaction_cannot_have_makes_no_circle(
    rules: tuple[tuple[tuple[Condition, ...], str], ...],
) -> None:
    assert not find_circles(book(*rules))


def test_either_of_two_words_leads_away_once() -> None:
    either = [
        Rule(id_, (has(f"{word}1"), has(f"{word}2")), Actions(payee=word), False)  # noqa: FBT003 - as its field says
        for id_, word in ((1, "zz"), (2, "yy"))
    ]
    assert not find_circles(either)


def test_many_rules_are_looked_through() -> None:
    many = [
        (((has(f"word {n}"), between(Field.AMOUNT, n, 2 * n)), f"Shop {n}"))
        for n in range(MANY)
    ]
    assert not find_circles(book(*many))
    assert find_circles(book(*many, *CIRCLE)) == {MANY + 1, MANY + 2}


def test_account_with_words_left_over_is_the_same_account() -> None:
    one, again = (
        Condition(Field.ACCOUNT, Comparison.IS, text, account_id=1)
        for text in ("", "typed before it was chosen")
    )
    rules = book(((equals("aa"), one), "bb"), ((equals("bb"), again), "aa"))
    assert find_circles(rules) == {1, 2}


def test_crafted_book_ends_after_as_many_looks_as_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each payee leaves something else known of each rule that follows."""
    shared = [f"w{n}" for n in range(MANY // 10)]
    crafted = [
        ((*map(has, shared[n:] + shared[: n // 2]),), " ".join(shared[: n + 1]))
        for n in range(len(shared))
    ]
    looks = looks_of(book(*crafted), monkeypatch)
    monkeypatch.setattr(rule_circles, "MOST_LOOKS", 0)
    assert looks_of(book(*crafted), monkeypatch) <= 2 * len(crafted) ** 2 < looks / 2
    assert find_circles(book(*CIRCLE)) == {1, 2}


def test_full_book_with_five_conditions_each_is_accepted() -> None:
    full = [
        (
            (
                has(f"brand-{n}"),
                Condition(Field.ACCOUNT, Comparison.IS, account_id=n % 3),
                between(Field.AMOUNT, 1, 100 + n),
                between(Field.DAY, 1, 1 + n % 28),
                Condition(Field.FLOW, Comparison.IS, FLOWS[n % 2]),
            ),
            f"brand-{n}",
        )
        for n in range(500)
    ]
    assert not find_circles(book(*full))


def test_long_patterns_are_compared_as_far_as_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each costs as much as its payee and its words have letters, multiplied."""
    crafted = [
        (
            tuple(
                words(Field.TEXT, Comparison.PATTERN, f"*{'a?' * 40}{n}b{k}*z")
                for k in range(5)
            ),
            "a" * (190 + n),
        )
        for n in range(5)
    ]
    rules = book(*crafted, *CIRCLE)
    whole = letters_of(rules, monkeypatch)
    room = whole // 4
    monkeypatch.setattr(rule_circles, "MOST_LETTERS", room)
    assert letters_of(rules, monkeypatch) <= room < whole / 2
    assert {6, 7} <= find_circles(rules)


def letters_of(rules: list[Rule], monkeypatch: pytest.MonkeyPatch) -> int:
    letters = 0

    def count(one: Asked, payee: str) -> bool | None:
        nonlocal letters
        letters += len(payee) * len(one.words)
        return tells(one, payee)

    monkeypatch.setattr(rule_circles, "tells", count)
    find_circles(rules)
    return letters


def looks_of(rules: list[Rule], monkeypatch: pytest.MonkeyPatch) -> int:
    looks = 0

    def count(cases: Cases, known: Cases) -> bool:
        nonlocal looks
        looks += 1
        return may_hold(cases, known)

    monkeypatch.setattr(rule_circles, "may_hold", count)
    find_circles(rules)
    return looks


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    field = draw(st.sampled_from([*Field, Field.PAYEE, Field.TEXT]))
    test = draw(st.sampled_from(TESTS[field]))
    if field is Field.ACCOUNT:
        return Condition(field, test, account_id=draw(st.integers(1, 2)))
    if test is Comparison.BETWEEN:
        least, most = draw(st.sampled_from(BOUNDS)), draw(st.sampled_from(BOUNDS[1:]))
        bounds = (least, most) if least is None or least <= most else (most, least)
        return Condition(field, test, least=bounds[0], most=bounds[1])
    if field is Field.FLOW:
        return words(field, test, draw(st.sampled_from(FLOWS)))
    texts = PATTERNS if test is Comparison.PATTERN else WORDS
    return words(field, test, draw(st.sampled_from(texts)))


RULES = st.builds(
    Rule,
    st.just(0),
    st.lists(conditions(), min_size=1, max_size=2).map(tuple),
    st.builds(Actions, payee=st.sampled_from(WORDS)),
    st.booleans(),
)
FACTS = st.builds(
    Facts,
    st.integers(1, 2),
    st.sampled_from([200, -200, 400, 1200]).map(lambda minor: Money(minor, "EUR")),
    st.sampled_from([2, 4, 7, 12]).map(lambda day: date(2026, 1, day)),
    st.just(""),
    st.sampled_from(["", "b", "bb", "aa bb", "x q", "aa"]),
)


@given(st.lists(RULES, min_size=2, max_size=5), st.lists(FACTS, max_size=20))
def test_book_that_passes_ends_for_every_payee_it_names(
    rules: list[Rule], transactions: list[Facts]
) -> None:
    numbered = [
        Rule(id_, rule.conditions, rule.actions, rule.needs_all)
        for id_, rule in enumerate(rules, start=1)
    ]
    if find_circles(numbered):
        return
    for facts in transactions:
        for payee in WORDS:
            assert applied(numbered, facts, payee, times=len(rules)) == applied(
                numbered, facts, payee, times=len(rules) + 1
            )


@given(
    st.lists(RULES, min_size=2, max_size=5), st.integers(0, 100), st.integers(0, 200)
)
def test_book_without_room_hides_no_circle(
    rules: list[Rule], room: int, letters: int
) -> None:
    numbered = [replace(rule, id=id_) for id_, rule in enumerate(rules, start=1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rule_circles, "MOST_LOOKS", room)
        patch.setattr(rule_circles, "MOST_LETTERS", letters)
        narrow = find_circles(numbered)
    assert find_circles(numbered) <= narrow


def applied(rules: list[Rule], facts: Facts, payee: str, *, times: int) -> str:
    for _ in range(times):
        now = Facts(
            facts.account_id, facts.money, facts.on_date, payee, facts.description
        )
        rule = decide(rules, now).payee
        payee = rule.actions.payee if rule else payee
    return fold(payee)
