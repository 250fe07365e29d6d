"""The page of one currency: its rate, its moves, and others beside it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from fintrack.core.rate_runs import Source
from fintrack.services.commands import perform
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from fintrack.state.currency import CurrencyState
from tests.books import Books
from tests.conftest import Clock
from tests.services.rates.observing import observe, observe_at
from tests.state.visiting import TODAY, WEEK_AGO

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("observed")]


def _target(event: Any) -> str:
    """Where a redirect leads."""
    (path,) = [str(value) for name, value in event.args if str(name) == "path"]
    return path.strip('"')


async def test_rate_is_shown_with_its_moves_and_its_source(visit: Any) -> None:
    page = await visit("/currencies/TRY", period="1W", swap="1")
    card = page.card
    assert (page.phase, card.name, card.code) == ("ready", "Turkish Lira", "TRY")
    assert (card.of, card.rate, card.unit) == ("1 euro is", "60.0000", "TRY")
    assert (card.moved.percent, card.moved.value) == ("+20.00%", "+10.0000")
    assert card.moved_text == "since Nov 11, 2026"
    assert card.source == "European Central Bank, Today, 15:00"
    assert [(row.name, row.percent, row.way) for row in page.moves] == [
        ("Day", "+9.09%", "up"),
        ("Week", "+20.00%", "up"),
        ("Month", "\N{EN DASH}", ""),
        ("Year", "\N{EN DASH}", ""),
    ]
    assert page.moves[3].value == "unknown"
    assert "Türkiye" in card.sub


async def test_other_way_round_is_the_first_look(visit: Any) -> None:
    page = await visit("/currencies/try")
    assert (page.card.of, page.card.rate, page.card.unit) == (
        "1 Turkish lira is",
        "0.01667",
        "EUR",
    )
    # Known for a week only: the move of a year is that of the week.
    assert page.card.moved_text == "since Nov 11, 2026"


async def test_chart_has_gaps_where_nobody_said_a_rate(visit: Any) -> None:
    chart = (await visit("/currencies/TRY", period="1W", swap="1")).chart
    assert len(chart.x) == 8
    assert chart.said[:2] == [50, None]
    assert (chart.y[1], chart.kinds[1]) == (50, "carried forward")
    assert (chart.kinds[0], chart.kinds[-1]) == ("quoted", "quoted")
    assert sorted(chart.mark_texts) == ["High 60.0000", "Low 50.0000"]
    assert chart.has_gaps
    assert "Lowest 50.0000, highest 60.0000, average 51.8750." in chart.summary


async def test_place_between_lowest_and_highest_is_said_in_words(visit: Any) -> None:
    page = await visit("/currencies/TRY", period="1W")
    assert page.span_bar.mark == "0%"
    assert page.span_bar.words == (
        "The last rate is 0% of the way from the lowest to the highest."
    )


async def test_table_says_whose_each_rate_is(visit: Any, books: Books) -> None:
    given = OwnRateGiven("EUR", "TRY", TODAY - timedelta(3), Decimal(52))
    await perform(books.actor, set_own_rate, given)
    kinds = (await visit("/currencies/TRY", period="1W", swap="1")).chart.kinds
    carried = "carried forward"
    own = ["your own", f"your own, {carried}"]
    assert kinds == ["quoted", *[carried] * 3, *own, "quoted", "quoted"]
    through_euro = (await visit("/currencies/TRY", period="1W", **{"in": "USD"})).chart
    assert through_euro.kinds[0] == "derived"


async def test_head_says_whose_move_it_is_where_the_rate_is_ones_own(
    visit: Any, books: Books
) -> None:
    page = await visit("/currencies/TRY", period="1W", swap="1")
    assert page.card.moved_text == "since Nov 11, 2026"
    given = OwnRateGiven("EUR", "TRY", TODAY, Decimal(52))
    await perform(books.actor, set_own_rate, given)
    page = await visit("/currencies/TRY", period="1W", swap="1")
    assert page.card.moved_text == "since Nov 11, 2026, as the sources moved"


async def test_carried_points_of_a_thinned_course_say_so(
    visit: Any, books: Books
) -> None:
    """A weekend inside of a step is drawn as said, and is carried all the same."""
    days = [TODAY - timedelta(n) for n in range(1, 1800)]
    workdays = {day: "48" for day in days if day.weekday() < 5}
    await observe(books.home, "TRY", workdays, Source.CURRENCY_API)
    chart = (await visit("/currencies/TRY", period="5Y", **{"in": "USD"})).chart
    sunday = chart.x.index("Oct 4, 2026")
    assert (chart.kinds[sunday], chart.said[sunday]) == (
        "carried forward",
        chart.y[sunday],
    )


async def test_years_say_their_step_and_the_true_lowest_and_highest(
    visit: Any, books: Books
) -> None:
    days = {TODAY - timedelta(n): "48" for n in range(1, 1800)}
    low, high = TODAY - timedelta(1001), TODAY - timedelta(802)
    await observe(
        books.home, "TRY", days | {low: "40", high: "60"}, Source.CURRENCY_API
    )
    page = await visit("/currencies/TRY", period="5Y", swap="1", **{"in": "USD"})
    assert (page.span_bar.low, page.span_bar.high) == ("40.0000", "60.0000")
    assert sorted(page.chart.mark_texts) == ["High 60.0000", "Low 40.0000"]
    assert "Lowest 40.0000, highest 60.0000" in page.chart.summary
    assert page.chart.note == ("A point every 5 days, with the lowest and the highest.")
    assert not (await visit("/currencies/TRY", period="1Y")).chart.note


async def test_address_carries_what_is_chosen(visit: Any) -> None:
    page = await visit("/currencies/TRY", **{"with": "usd"})
    shown = "/currencies/TRY?in=EUR&period=5Y"
    assert _target(await page.choose_period("5Y")) == f"{shown}&with=usd"
    assert await page.choose_period("2W") is None
    assert _target(await page.swap()) == f"{shown}&swap=1&with=usd"
    assert _target(await page.swap()) == f"{shown}&with=usd"
    # Two quick choices are two, though the page has not been loaded between them.
    assert _target(await page.compare("GBP")) == f"{shown}&with=usd,gbp"
    assert _target(await page.compare("CHF")) == f"{shown}&with=usd,gbp,chf"
    assert _target(await page.leave_out("USD")) == f"{shown}&with=gbp,chf"
    for refused in ("TRY", "EUR", "NOPE"):
        assert await page.compare(refused) is None
    # The base itself never moves beside them.
    moved = "/currencies/TRY?in=GBP&period=5Y&with=chf"
    assert _target(await page.choose_base("GBP")) == moved
    assert await page.choose_base("NOPE") is None


async def test_four_are_all_that_are_compared(visit: Any) -> None:
    page = await visit("/currencies/TRY", **{"with": "usd,gbp,chf"})
    assert not page.can_add
    assert await page.compare("JPY") is None


async def test_historic_money_keeps_its_last_rate_and_says_so(
    visit: Any, books: Books
) -> None:
    last = date(2018, 8, 17)
    before = last - timedelta(7)
    await observe(books.home, "EUR", {before: "0.5", last: "0.5"})
    await observe(books.home, "VEF", {before: "7", last: "8"})
    page = await visit("/currencies/VEF", period="1W", swap="1")
    assert page.card.ending == "Money until 2018, then Venezuelan Bolívar."
    assert page.card.rate == "16.0000"
    assert "Aug 17, 2018" in page.card.source
    assert page.card.source.endswith("the last one that is known")
    assert page.chart.x[-1] == "Aug 17, 2018"
    facts = {row.name: row for row in page.about}
    assert facts["Replaced by"].href == "/currencies/VES"


async def test_unknown_rate_is_never_one(visit: Any) -> None:
    page = await visit("/currencies/VEF")
    assert page.card.ending == "Money until 2018, then Venezuelan Bolívar."
    assert (page.card.rate, page.card.moved_text) == ("", "")
    assert page.card.source == "No rate is known for this day."
    assert page.hint == "No rate of this pair is known."
    assert page.chart.x == []


async def test_rate_of_a_law_says_so_in_words_and_in_the_table(visit: Any) -> None:
    page = await visit("/currencies/DEM")
    assert page.card.source == "Fixed by law"
    assert page.card.moves_hint == "Fixed by law, it does not move."
    assert {*page.chart.texts} == {page.card.rate} == {"0.5113"}
    assert {*page.chart.kinds} == {"fixed by law"}
    assert page.moves == []


async def test_code_that_is_none_is_no_page(visit: Any) -> None:
    page = await visit("/currencies/NOPE")
    assert page.phase == "missing"
    assert (await visit("/currencies/TRY")).phase == "ready"


async def test_what_fails_offers_a_retry(
    visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("connection refused")

    with monkeypatch.context() as broken:
        broken.setattr("fintrack.state.currency.snapshot", fail)
        page = await visit("/currencies/TRY")
        assert (page.phase, page.failure) == ("failed", "")
    assert await page.retry() == CurrencyState.load
    await page.load()
    assert page.phase == "ready"


async def test_it_is_followed_and_left_again(visit: Any) -> None:
    page = await visit("/currencies/TRY")
    assert not page.is_followed
    await page.follow()
    assert page.is_followed
    assert (await visit("/currencies/TRY")).is_followed
    await page.follow()
    assert not page.is_followed


async def test_day_of_a_source_that_speaks_each_hour_has_hours(
    visit: Any, books: Books
) -> None:
    now = books.home.clock()
    seen = {now - timedelta(hours=n): str(40 + n) for n in range(3)}
    await observe_at(books.home, "TRY", seen)
    chart = (
        await visit("/currencies/TRY", period="1D", **{"in": "USD"}, swap="1")
    ).chart
    assert chart.is_hourly
    assert len(chart.x) == len(set(chart.x)) >= 3
    assert chart.x[-1] == "Today, 12:00"
    assert chart.note == f"Hour by hour since {chart.x[0]}: 0.00%."
    assert (await visit("/currencies/TRY", period="1M")).chart.is_hourly is False


async def test_chart_begins_where_the_change_in_the_head_begins(
    visit: Any, clock: Clock
) -> None:
    """Two days without a word: the change of a day is that of the last day with one."""
    clock.advance(days=2)
    page = await visit("/currencies/TRY", period="1D", swap="1")
    assert (page.card.moved.percent, page.card.moved_text) == (
        "+9.09%",
        "since Nov 17, 2026",
    )
    assert [page.chart.y[0], page.chart.y[-1]] == [55, 60]
    assert page.chart.x[0] == "Nov 17, 2026"
    assert page.file.endswith("period=1D&on=2026-11-20&since=2026-11-17")


async def test_numbers_of_the_chart_are_had_as_a_file(visit: Any) -> None:
    page = await visit("/currencies/TRY", period="1W")
    assert page.file == (
        "/api/v1/currencies/TRY/history/EUR/export?period=1W&on=2026-11-18"
    )


async def test_changes_beside_an_own_rate_say_whose_they_are(
    visit: Any, books: Books
) -> None:
    page = await visit("/currencies/TRY", swap="1")
    assert page.card.moves_hint == ""
    given = OwnRateGiven("EUR", "TRY", TODAY, Decimal(48))
    await perform(books.actor, set_own_rate, given)
    page = await visit("/currencies/TRY", swap="1")
    assert (page.card.rate, page.moves[1].percent) == ("48.0000", "+20.00%")
    assert "which say 60.0000 (European Central Bank, Today)" in page.card.moves_hint


async def test_changes_between_own_rates_say_so(visit: Any, books: Books) -> None:
    for on, value in ((WEEK_AGO, 4), (TODAY, 5)):
        given = OwnRateGiven("EUR", "XAU", on, Decimal(value))
        await perform(books.actor, set_own_rate, given)
    page = await visit("/currencies/XAU", swap="1")
    assert page.moves[1].percent == "+25.00%"
    assert page.card.moves_hint == "From one of your own rates to the next."


async def test_changes_of_an_old_rate_say_up_to_when_they_lead(
    visit: Any, books: Books
) -> None:
    last = TODAY - timedelta(19)
    for code, rate in (("XAU", "0.5"), ("EUR", "0.8")):
        await observe(books.home, code, {last - timedelta(1): "1", last: rate})
    page = await visit("/currencies/XAU")
    assert page.moves[0].percent == "+60.00%"
    assert page.card.moves_until == "Up to Oct 30, 2026"
    assert (await visit("/currencies/TRY")).card.moves_until == ""
    assert (await visit("/currencies/GBP")).card.moves_until == ""
