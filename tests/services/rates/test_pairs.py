"""How far a rate moved up to the one that is shown, or that nobody knows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.exchange import UnknownRate
from fintrack.core.rate_runs import Source
from fintrack.services.commands import ask, perform
from fintrack.services.people import configure, find_settings
from fintrack.services.rates.lookup import RateView
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from fintrack.services.rates.pairs import Move, read_pair
from tests.books import Books
from tests.conftest import Clock
from tests.services.rates.observing import observe

TODAY = date(2026, 11, 18)
WEEK_AGO, MONTH_AGO = TODAY - timedelta(7), date(2026, 10, 18)


async def _moves(books: Books, base: str, quote: str) -> dict[str, Move]:
    view = await ask(books.actor, read_pair, base, quote, TODAY)
    return {move.span: move for move in view.moves}


async def test_moves_lead_from_the_day_before_to_the_rate_of_today(
    books: Books,
) -> None:
    """
    2026-10-18  EUR  0.5 for a dollar
    2026-11-11  EUR  0.8
    2026-11-18  EUR  1.0
    """
    await observe(books.home, "EUR", {MONTH_AGO: "0.5", WEEK_AGO: "0.8", TODAY: "1"})
    view = await ask(books.actor, read_pair, "USD", "EUR", TODAY)
    assert (view.known_since, len(view.moves)) == (MONTH_AGO, 8)
    moves = {move.span: move for move in view.moves}
    assert (moves["1W"].value, moves["1W"].ratio) == (Decimal("0.2"), Decimal("0.25"))
    assert moves["1M"].ratio == 1
    # Nobody said a rate a year ago; the whole time begins with the first.
    assert (moves["1Y"].value, moves["1Y"].ratio) == (None, None)
    assert (moves["MAX"].since, moves["MAX"].ratio) == (MONTH_AGO, 1)


async def test_moves_lead_to_the_rate_that_is_shown_whoever_said_it(
    books: Books,
) -> None:
    await observe(books.home, "EUR", {WEEK_AGO: "0.8", TODAY: "0.75"})
    await observe(books.home, "EUR", {TODAY: "0.9"}, Source.CURRENCY_API, hour=16)
    view = await ask(books.actor, read_pair, "USD", "EUR", TODAY)
    assert isinstance(view.rate, RateView)
    assert view.rate.sources == (Source.CURRENCY_API,)
    week = {move.span: move for move in view.moves}["1W"]
    assert (week.end, week.ratio) == (view.rate.rate.value, Decimal("0.125"))


async def test_moves_of_an_old_rate_lead_up_to_its_own_day(books: Books) -> None:
    last = date(2010, 12, 31)
    before = last - timedelta(7)
    await observe(books.home, "EUR", {before: "0.8", last: "0.8"})
    await observe(books.home, "EEK", {before: "10", last: "12"})
    assert (await ask(books.actor, read_pair, "USD", "EEK", TODAY)).until == last
    moves = await _moves(books, "USD", "EEK")
    assert (moves["1W"].since, moves["1W"].ratio) == (before, Decimal("0.2"))


async def test_rate_from_long_before_does_not_speak_of_a_day(books: Books) -> None:
    await observe(books.home, "EUR", {date(2026, 10, 10): "0.8", TODAY: "0.9"})
    moves = await _moves(books, "USD", "EUR")
    assert moves["1D"].value is None
    assert moves["1M"].value is None


async def test_pair_that_is_known_for_one_day_did_not_move(books: Books) -> None:
    await observe(books.home, "EUR", {TODAY: "0.9"})
    moves = await _moves(books, "USD", "EUR")
    assert moves["MAX"] == Move("MAX", TODAY)


async def test_move_of_a_day_west_of_greenwich_is_since_the_day_before(
    books: Books, clock: Clock
) -> None:
    """18:00 on the 18th in Los Angeles is 02:00 on the 19th in UTC."""
    settings = await ask(books.actor, find_settings)
    there = replace(settings, time_zone="America/Los_Angeles")
    await perform(books.actor, configure, there)
    clock.now = datetime(2026, 11, 19, 2, tzinfo=UTC)
    yesterday, tomorrow = TODAY - timedelta(1), TODAY + timedelta(1)
    said = {yesterday: "0.8", TODAY: "0.82", tomorrow: "0.84"}
    await observe(books.home, "EUR", said, hour=1)
    view = await ask(books.actor, read_pair, "USD", "EUR", TODAY)
    assert isinstance(view.rate, RateView)
    assert view.rate.rate.value == Decimal("0.84")
    (day,) = (move for move in view.moves if move.span == "1D")
    assert (day.since, day.ratio, view.until) == (yesterday, Decimal("0.05"), TODAY)


async def test_unknown_pair_has_no_moves_and_itself_never_moves(books: Books) -> None:
    view = await ask(books.actor, read_pair, "GBP", "EUR", TODAY)
    assert view.rate == UnknownRate("GBP", "EUR", TODAY)
    assert (view.known_since, view.moves) == (None, ())
    same = await ask(books.actor, read_pair, "EUR", "EUR", TODAY)
    assert same.moves == ()
    with pytest.raises(InvalidInput, match="no currency"):
        await ask(books.actor, read_pair, "NOPE", "EUR", TODAY)
    with pytest.raises(InvalidInput, match="to come"):
        await ask(books.actor, read_pair, "USD", "EUR", date(2099, 1, 1))


async def test_moves_of_an_own_rate_are_those_of_the_sources(books: Books) -> None:
    """
    2026-11-10  EUR  0.8 for a dollar
    2026-11-17  EUR  0.88
    2026-11-18  own  0.7
    """
    yesterday = TODAY - timedelta(1)
    await observe(
        books.home, "EUR", {yesterday - timedelta(7): "0.8", yesterday: "0.88"}
    )
    given = OwnRateGiven("USD", "EUR", TODAY, Decimal("0.7"))
    await perform(books.actor, set_own_rate, given)
    view = await ask(books.actor, read_pair, "USD", "EUR", TODAY)
    assert isinstance(view.rate, RateView)
    assert (view.rate.is_own, view.rate.rate.value) == (True, Decimal("0.7"))
    assert view.said
    assert view.said.rate.value == Decimal("0.88")
    week = {move.span: move for move in view.moves}["1W"]
    assert (week.since, week.ratio) == (yesterday - timedelta(7), Decimal("0.1"))


async def test_own_rate_of_which_no_source_speaks_moves_from_own_to_own(
    books: Books,
) -> None:
    for on, value in ((WEEK_AGO - timedelta(2), "4"), (TODAY, "5")):
        given = OwnRateGiven("EUR", "USD", on, Decimal(value))
        await perform(books.actor, set_own_rate, given)
    view = await ask(books.actor, read_pair, "USD", "EUR", TODAY)
    assert view.said is None
    moves = {move.span: move for move in view.moves}
    assert (moves["1W"].start, moves["1W"].end) == (Decimal("0.25"), Decimal("0.2"))
    # What was set nine days ago still speaks of a week ago, and not of yesterday.
    assert (moves["1D"].ratio, moves["1M"].ratio) == (None, None)


async def test_what_was_fixed_moves_as_its_successor(books: Books) -> None:
    await observe(books.home, "EUR", {WEEK_AGO: "0.8", TODAY: "1"})
    week = (await _moves(books, "USD", "DEM"))["1W"]
    assert (week.start, week.end) == (Decimal("1.564664"), Decimal("1.95583"))
    assert (await ask(books.actor, read_pair, "EUR", "DEM", TODAY)).moves == ()
