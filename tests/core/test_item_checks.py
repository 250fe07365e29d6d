"""What comes again has a name that can be read, and amounts that fit its places."""

import pytest

from fintrack.core.chart import Kind
from fintrack.core.errors import InvalidInput
from fintrack.core.item_checks import MAX_NAME, Other, check_amounts, check_name
from tests.books import money

FOOD = Other("Food", Kind.EXPENSE, None)
SAVINGS = Other("Savings", Kind.ASSET, "EUR")
DOLLARS = Other("Dollars", Kind.ASSET, "USD")


@pytest.mark.parametrize("name", ["", "  ", "x" * (MAX_NAME + 1), "\u200b", "a\x00"])
def test_name_that_nobody_can_read_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_name(name)
    assert refused.value.problems[0].field == "name"


def test_needless_blanks_of_a_name_do_not_count() -> None:
    check_name(f" {'x ' * (MAX_NAME // 2)}  ")


@pytest.mark.parametrize(
    ("amount", "received", "other", "said"),
    [
        ("0 EUR", None, FOOD, "other than zero"),
        ("-1 EUR", None, DOLLARS, "Dollars is kept in USD"),
        ("-1 EUR", "1 USD", FOOD, "two currencies"),
        ("-1 EUR", "1 EUR", SAVINGS, "two currencies"),
        ("-1 EUR", "-1 USD", DOLLARS, "above zero"),
        ("1 EUR", None, SAVINGS, "takes money out"),
        ("1 EUR", "1 USD", DOLLARS, "takes money out"),
    ],
)
def test_amounts_that_do_not_fit_are_refused(
    amount: str, received: str | None, other: Other, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        check_amounts(money(amount), money(received) if received else None, other)


def test_amounts_that_fit_pass() -> None:
    check_amounts(money("1 EUR"), None, FOOD)
    check_amounts(money("-1 EUR"), None, SAVINGS)
    check_amounts(money("-1 EUR"), money("1 USD"), DOLLARS)
