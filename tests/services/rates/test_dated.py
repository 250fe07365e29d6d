"""Amounts of many days in one currency: exact, and rounded once."""

from datetime import date, timedelta
from decimal import Decimal

from fintrack.core.money import Money
from fintrack.services.commands import ask
from fintrack.services.rates.dated import SeenRate, Total, read_dated
from tests.books import Books, money
from tests.services.rates.observing import observe

DAY = date(2026, 11, 18)
BEFORE = DAY - timedelta(1)


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
    rates = await ask(books.actor, read_dated, "EUR", wanted)
    assert rates.oldest(["EUR", "USD", "TRY", "GBP"], DAY) == SeenRate("TRY", long_ago)
    assert rates.oldest(["USD"], DAY) == SeenRate("USD", DAY)
    assert rates.oldest(["EUR", "GBP"], DAY) is None
