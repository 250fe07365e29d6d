"""Own rates win on their day, and go on where nobody says anything later."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fintrack.core.errors import InvalidInput, NotFound
from fintrack.core.exchange import UnknownRate
from fintrack.services.changes import undo_change
from fintrack.services.commands import ask, perform
from fintrack.services.rates import own
from fintrack.services.rates.currencies import convert_money, list_currencies
from fintrack.services.rates.lookup import Known, RateView
from fintrack.services.rates.own import (
    OwnRateGiven,
    find_own_rate,
    list_own_rates,
    remove_own_rate,
    set_own_rate,
)
from tests.books import Books, money
from tests.conftest import Clock
from tests.services.rates.observing import observe

DAY = date(2026, 11, 18)
NEXT = DAY + timedelta(1)


def _given(value: str = "48", on: date = DAY, base: str = "EUR") -> OwnRateGiven:
    quote = "TRY" if base == "EUR" else "EUR"
    return OwnRateGiven(base, quote, on, Decimal(value))


async def _worth(
    books: Books, on: date = DAY, words: str = "10 EUR", to: str = "TRY"
) -> tuple[str, RateView | UnknownRate]:
    found = await ask(books.actor, convert_money, money(words), to, on)
    return found.result.text if found.result else "", found.rate


async def test_it_wins_on_its_day_in_both_directions_and_only_there(
    books: Books, stranger: Books, clock: Clock
) -> None:
    before = DAY - timedelta(1)
    for code, rate in (("EUR", "1"), ("TRY", "50")):
        await observe(books.home, code, {before: rate, DAY: rate, NEXT: rate})
    await perform(books.actor, set_own_rate, _given())
    clock.advance(days=1)
    text, rate_of_day = await _worth(books)
    assert text == "480.00"
    assert isinstance(rate_of_day, RateView)
    assert (rate_of_day.is_own, rate_of_day.known) == (True, Known.DIRECT)
    assert rate_of_day.seen_on == DAY
    assert (await _worth(books, DAY, "480 TRY", "EUR"))[0] == "10.00"
    assert (await _worth(books, before))[0] == "500.00"
    assert (await _worth(books, NEXT))[0] == "500.00"
    assert (await _worth(stranger))[0] == "500.00"


async def test_it_goes_on_until_a_source_says_something(
    books: Books, clock: Clock
) -> None:
    await perform(books.actor, set_own_rate, _given())
    clock.advance(days=1)
    assert (await _worth(books, DAY - timedelta(1)))[0] == ""
    text, found = await _worth(books, NEXT)
    assert isinstance(found, RateView)
    assert (text, found.known, found.seen_on) == ("480.00", Known.CARRIED, DAY)
    await observe(books.home, "EUR", {NEXT: "1"})
    await observe(books.home, "TRY", {NEXT: "50"})
    assert (await _worth(books, NEXT))[0] == "500.00"
    assert (await _worth(books, DAY))[0] == "480.00"


async def test_pair_has_one_rate_for_a_day_whichever_way_it_was_said(
    books: Books,
) -> None:
    await perform(books.actor, set_own_rate, _given())
    done = await perform(books.actor, set_own_rate, _given("0.02", base="TRY"))
    (kept,) = await ask(books.actor, list_own_rates)
    assert (kept.base, kept.value) == ("TRY", Decimal("0.02"))
    assert (await _worth(books))[0] == "500.00"
    await perform(books.actor, undo_change, done.change_id)
    assert (await _worth(books))[0] == "480.00"


async def test_removed_one_is_gone_and_comes_back_with_undo(books: Books) -> None:
    kept = (await perform(books.actor, set_own_rate, _given())).value
    assert await ask(books.actor, find_own_rate, kept.id) == kept
    done = await perform(books.actor, remove_own_rate, kept.id)
    assert await ask(books.actor, list_own_rates) == ()
    with pytest.raises(NotFound):
        await perform(books.actor, remove_own_rate, kept.id)
    await perform(books.actor, undo_change, done.change_id)
    assert await ask(books.actor, list_own_rates, "TRY") == (kept,)
    assert await ask(books.actor, list_own_rates, "USD") == ()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (_given("0"), "value"),
        (_given("-1"), "value"),
        (_given("NaN"), "value"),
        (_given("1e40"), "value"),
        (_given("99999999999999999999"), "value"),
        (_given("1.2345678901234"), "value"),
        (_given(on=date(2026, 12, 24)), "on_date"),
        (_given(on=date(2004, 12, 31)), "on_date"),
        (OwnRateGiven("EUR", "USD", date(1950, 1, 1), Decimal(1)), "on_date"),
        (OwnRateGiven("BTC", "USD", date(1999, 1, 1), Decimal(1)), "on_date"),
        (OwnRateGiven("EUR", "EUR", DAY, Decimal(1)), "quote"),
        (OwnRateGiven("EUR", "QQQ", DAY, Decimal(1)), "quote"),
    ],
)
async def test_what_is_no_rate_is_refused(
    books: Books, given: OwnRateGiven, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await perform(books.actor, set_own_rate, given)
    assert caught.value.problems[0].field == field
    assert await ask(books.actor, list_own_rates) == ()


async def test_a_ledger_has_only_so_many(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "MOST", 1)
    await perform(books.actor, set_own_rate, _given())
    await perform(books.actor, set_own_rate, _given("49"))
    with pytest.raises(InvalidInput):
        await perform(books.actor, set_own_rate, _given(on=DAY - timedelta(1)))


async def test_rates_of_somebody_else_are_not_there(
    books: Books, stranger: Books
) -> None:
    kept = (await perform(books.actor, set_own_rate, _given())).value
    with pytest.raises(NotFound):
        await ask(stranger.actor, find_own_rate, kept.id)
    with pytest.raises(NotFound):
        await perform(stranger.actor, remove_own_rate, kept.id)
    assert await ask(stranger.actor, list_own_rates) == ()


async def test_it_is_no_news_of_a_source(books: Books) -> None:
    await observe(books.home, "EUR", {DAY - timedelta(1): "1"})
    await perform(books.actor, set_own_rate, _given())
    found = await ask(books.actor, list_currencies, "EUR", DAY)
    assert (found.fresh, found.newest) == (0, DAY - timedelta(1))
