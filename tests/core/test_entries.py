"""What people enter, and the postings that it means."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, Kind
from fintrack.core.entries import (
    Entry,
    Part,
    Slot,
    balance_parts,
    check_entry,
    check_kinds,
    check_moves,
    check_parts,
    pay,
    transfer,
)
from fintrack.core.errors import InvalidInput
from fintrack.core.money import Money, split

EXCHANGE = 99
MINORS = st.integers(1, 10**15)


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def test_expense_goes_from_the_account_to_its_categories() -> None:
    parts = pay(1, euro(-30), ((2, euro(20)), (3, euro(10))))
    assert [part.money.minor for part in parts] == [-30, 20, 10]


def test_income_goes_from_its_category_to_the_account() -> None:
    assert [part.money.minor for part in pay(1, euro(30), ((2, euro(30)),))] == [
        30,
        -30,
    ]


def test_refund_inside_a_split_takes_back_from_its_category() -> None:
    parts = pay(1, euro(-10), ((2, euro(15)), (3, euro(-5))))
    assert balance_parts(parts, EXCHANGE) == parts


@given(minor=MINORS, weights=st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_split_payment_always_sums_to_zero(minor: int, weights: list[int]) -> None:
    shares = split(euro(minor), weights)
    parts = pay(1, euro(-minor), tuple(enumerate(shares, 2)))
    assert balance_parts(parts, EXCHANGE) == parts


@given(sent=MINORS, received=MINORS)
def test_exchange_sums_to_zero_in_each_currency(sent: int, received: int) -> None:
    parts = transfer(1, 2, euro(sent), Money(received, "JPY"))
    sums: dict[str, int] = defaultdict(int)
    for part in balance_parts(parts, EXCHANGE):
        sums[part.money.currency] += part.money.minor
    assert dict(sums) == {"EUR": 0, "JPY": 0}


@pytest.mark.parametrize(
    ("minors", "message"),
    [
        ((("EUR", -5), ("EUR", 4)), "-0.01 EUR is left"),
        ((("EUR", -5), ("JPY", -4)), "one currency out"),
        ((("EUR", -5), ("JPY", 4), ("USD", 1)), "one currency out"),
    ],
)
def test_what_does_not_add_up_is_named(
    minors: tuple[tuple[str, int], ...], message: str
) -> None:
    parts = tuple(Part(n, Money(minor, code)) for n, (code, minor) in enumerate(minors))
    with pytest.raises(InvalidInput, match=message):
        balance_parts(parts, EXCHANGE)


def test_one_part_or_too_many_are_refused() -> None:
    for count in (0, 1, 101):
        with pytest.raises(InvalidInput):
            check_parts((Part(1, euro(0)),) * count)
    check_parts((Part(1, euro(0)),) * 100)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(date(1899, 12, 31), ()), "on_date"),
        (Entry(date(2200, 1, 1), ()), "on_date"),
        (Entry(date(2026, 1, 1), (), payee="x" * 501), "payee"),
        (Entry(date(2026, 1, 1), (), note="\x00"), "note"),
    ],
)
def test_impossible_entry_names_its_field(entry: Entry, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_entry(entry)
    assert caught.value.problems[0].field == field


@pytest.mark.parametrize(
    ("kinds", "field"),
    [
        ({1: Kind.ASSET, 2: Kind.EXPENSE}, ""),
        ({1: Kind.LIABILITY, 2: Kind.INCOME}, ""),
        ({1: Kind.EXPENSE, 2: Kind.EXPENSE}, "account"),
        ({1: Kind.ASSET, 2: Kind.ASSET}, "category"),
    ],
)
def test_each_slot_takes_its_kinds(kinds: dict[int, Kind], field: str) -> None:
    parts = (
        Part(1, Money(-5, "EUR"), slot=Slot("account", ACCOUNT_KINDS)),
        Part(2, Money(5, "EUR"), slot=Slot("category", CATEGORY_KINDS)),
    )
    if field:
        with pytest.raises(InvalidInput) as refused:
            check_kinds(parts, kinds)
        assert refused.value.problems[0].field == field
    else:
        check_kinds(parts, kinds)


def test_money_goes_round_no_categories_alone() -> None:
    parts = (Part(1, Money(-5, "EUR")), Part(2, Money(5, "EUR")))
    check_kinds(parts, {1: Kind.ASSET, 2: Kind.EQUITY})
    with pytest.raises(InvalidInput, match="at least one account"):
        check_kinds(parts, {1: Kind.INCOME, 2: Kind.EXPENSE})


def test_money_does_not_move_from_an_account_to_itself() -> None:
    parts = transfer(1, 1, euro(5), euro(5))
    with pytest.raises(InvalidInput, match="stays on its account") as caught:
        check_moves(parts)
    assert caught.value.problems[0].field == "parts"
    check_moves((*parts, Part(1, euro(-2)), Part(2, euro(2))))
