"""Figures from sums by account: signs, order and rounding."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.money import Money
from fintrack.core.period import month_of
from fintrack.services.dashboard.figures import (
    AccountBalance,
    Place,
    by_base,
    list_balances,
    list_cash_flow,
    list_net_worth,
    list_spending,
)
from tests.books import money

NOVEMBER = month_of(date(2026, 11, 18))
CHART = {
    1: Place(1, "Bank", "asset", "Checking", "EUR", None, None),
    2: Place(2, "Card", "liability", "CreditCard", "EUR", None, None),
    3: Place(3, "Salary", "income", "category", None, None, None),
    4: Place(4, "Food", "expense", "category", None, None, None),
    5: Place(5, "Tea", "expense", "category", None, 4, None),
    6: Place(6, "Çay", "expense", "category", None, None, None),
    7: Place(7, "Opening", "equity", "opening", None, None, None),
}
_MINOR = st.integers(-(10**15), 10**15)
_SUMS = st.dictionaries(
    st.tuples(st.sampled_from([3, 4, 5, 6]), st.sampled_from(["EUR", "USD", "TRY"])),
    _MINOR,
)


def test_base_currency_comes_first() -> None:
    assert by_base(["AUD", "TRY", "EUR", "TRY"], "TRY") == ["TRY", "AUD", "EUR"]


def test_equity_and_categories_are_no_net_worth() -> None:
    sums = {(1, "EUR"): 500, (2, "EUR"): -200, (4, "EUR"): 70, (7, "EUR"): -370}
    (worth,) = list_net_worth(CHART, sums, {(1, "EUR"): -70, (4, "EUR"): 70}, "EUR")
    assert (worth.owned, worth.owed) == (money("5 EUR"), money("-2 EUR"))
    assert (worth.total, worth.change) == (money("3 EUR"), money("-0.70 EUR"))


def test_refund_larger_than_spending_is_negative_spending() -> None:
    (food,) = list_spending(CHART, {(4, "EUR"): -500}, [], "EUR")
    assert (food.spent, food.usual) == (money("-5 EUR"), None)


def test_equal_amounts_are_in_the_order_of_their_names() -> None:
    sums = {(4, "EUR"): 5, (6, "EUR"): 5}
    names = [s.name for s in list_spending(CHART, sums, [], "EUR")]
    assert names == ["Çay", "Food"]


def test_usual_is_rounded_once_half_to_even() -> None:
    earlier = [{(4, "EUR"): 2}, {(5, "EUR"): 3}]
    (food,) = list_spending(CHART, {}, earlier, "EUR")
    assert food.usual == money("0.02 EUR")


def test_only_what_is_owned_is_overdrawn() -> None:
    bank, card = list_balances(CHART, {(1, "EUR"): -1, (2, "EUR"): -1}, NOVEMBER.end)
    assert isinstance(bank, AccountBalance)
    assert (bank.is_overdrawn, card.is_overdrawn) == (True, False)


@given(_SUMS)
def test_spending_adds_up_to_what_went_out(sums: dict[tuple[int, str], int]) -> None:
    flows = list_cash_flow(CHART, [NOVEMBER], [sums], "EUR")
    spending = list_spending(CHART, sums, [], "EUR")
    for flow in flows:
        code = flow.now.came_in.currency
        spent = sum(s.spent.minor for s in spending if s.spent.currency == code)
        assert flow.now.went_out == Money(spent, code)
        moved = sum(minor for (_, other), minor in sums.items() if other == code)
        assert flow.now.left == Money(-moved, code)
