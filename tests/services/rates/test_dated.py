"""Amounts of many days in one currency: exact, and rounded once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter

from hypothesis import given, strategies

from fintrack.core.exchange import Rate, UnknownRate
from fintrack.core.money import Money
from fintrack.services.commands import ask, perform
from fintrack.services.rates.dated import DatedRates, SeenRate, Total, read_dated
from fintrack.services.rates.lookup import Known, RateView
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from tests.books import Books, money
from tests.services.rates.observing import observe

DAY = date(2026, 11, 18)
BEFORE = DAY - timedelta(1)


def _seen(code: str, on: date, seen_on: date) -> SeenRate:
    return SeenRate(code, on, datetime(*seen_on.timetuple()[:3], 15, tzinfo=UTC))


async def test_each_amount_has_the_rate_of_its_day(books: Books) -> None:
    await observe(books.home, "EUR", {BEFORE: "0.50", DAY: "0.80"})
    wanted = [("USD", BEFORE), ("USD", DAY), ("EUR", DAY), ("TRY", DAY)]
    rates = await ask(books.actor, read_dated, "EUR", wanted)
    assert rates.convert(money("10 USD"), BEFORE) == money("5 EUR")
    assert rates.convert(money("10 USD"), DAY) == money("8 EUR")
    assert rates.convert(money("10 EUR"), DAY) == money("10 EUR")
    assert rates.convert(money("10 TRY"), DAY) is None
    assert (rates.is_known("TRY", DAY), rates.is_known("EUR", DAY)) == (False, True)


async def test_sum_is_rounded_once_and_lacks_what_is_unknown(books: Books) -> None:
    await observe(books.home, "EUR", {DAY: "0.333"})
    rates = await ask(books.actor, read_dated, "EUR", [("USD", DAY), ("TRY", DAY)])
    cents = [(Money(1, "USD"), DAY)] * 300
    assert rates.total([*cents, (money("4 TRY"), DAY), (money("1 TRY"), DAY)]) == Total(
        money("1 EUR"), (money("5 TRY"),)
    )
    assert rates.exact(1, "USD", DAY) == Decimal("0.333")


async def test_own_currency_needs_no_question(books: Books) -> None:
    rates = await ask(books.actor, read_dated, "EUR", [("EUR", DAY)])
    assert rates.rates == {}
    assert rates.total([(money("3 EUR"), DAY)]) == Total(money("3 EUR"))


async def test_oldest_rate_is_the_one_that_was_seen_longest_ago(books: Books) -> None:
    long_ago = DAY - timedelta(30)
    await observe(books.home, "EUR", {long_ago: "0.50", DAY: "0.80"})
    await observe(books.home, "TRY", {long_ago: "40"})
    wanted = [(code, DAY) for code in ("USD", "TRY", "GBP", "EUR")]
    asked = [*wanted, ("USD", BEFORE), ("TRY", long_ago)]
    rates = await ask(books.actor, read_dated, "EUR", asked)
    assert rates.oldest([*wanted, ("USD", BEFORE)]) == _seen("TRY", DAY, long_ago)
    assert rates.oldest([("USD", DAY)]) == _seen("USD", DAY, DAY)
    assert rates.oldest([("EUR", DAY), ("GBP", DAY)]) is None
    # On its own day no rate was older than that of the day before the last one.
    used = [("TRY", long_ago), ("USD", DAY), ("USD", BEFORE)]
    assert rates.oldest(used) == _seen("USD", BEFORE, long_ago)


async def test_own_rate_is_told_from_what_was_seen(books: Books) -> None:
    given = OwnRateGiven("USD", "EUR", BEFORE, Decimal("0.9"))
    await perform(books.actor, set_own_rate, given)
    rates = await ask(books.actor, read_dated, "EUR", [("USD", DAY)])
    (oldest,) = filter(None, [rates.oldest([("USD", DAY)])])
    assert (oldest.seen_on, oldest.is_own) == (BEFORE, True)


_VALUES = strategies.decimals("0.0000000001", "99999999", places=10)


@given(
    strategies.lists(
        strategies.tuples(
            strategies.sampled_from(["USD", "JPY", "BTC", "XAU"]),
            strategies.one_of(strategies.none(), _VALUES),
            strategies.integers(-(10**15), 10**15),
        ),
        unique_by=itemgetter(0),
    )
)
def test_weights_are_the_same_amounts_over_one_denominator(
    drawn: list[tuple[str, Decimal | None, int]],
) -> None:
    rates = DatedRates(
        "EUR",
        {
            (code, DAY): UnknownRate(code, "EUR", DAY)
            if value is None
            else RateView(Rate(code, "EUR", value, DAY), Known.DIRECT, (), None)
            for code, value, _ in drawn
        },
    )
    for code, value, minor in drawn:
        weight, exact = rates.weights.of[code, DAY], rates.exact(minor, code, DAY)
        assert (weight is None) == (value is None) == (exact is None)
        if weight is not None and exact is not None:
            assert Fraction(minor * weight, rates.weights.one) == Fraction(exact)
