"""Currencies beside each other on the page of one of them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from fintrack.services.commands import perform
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from fintrack.state.rate_axes import UNKNOWN
from tests.books import Books
from tests.services.rates.observing import observe
from tests.state.visiting import TODAY

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("observed")]


async def test_currencies_are_compared_from_their_first_common_day(
    visit: Any,
) -> None:
    page = await visit("/currencies/TRY", period="1W", **{"with": "chf,gbp"})
    lines = page.comparison.lines
    assert [(line.code, line.total) for line in lines] == [
        ("TRY", "\N{MINUS SIGN}16.67%"),
        ("CHF", "\N{MINUS SIGN}33.33%"),
        ("GBP", ""),
        ("", ""),
    ]
    assert lines[0].texts[0] == "0.00%"
    assert lines[1].said[1:7] == [None] * 6
    assert page.comparison.has_gaps
    assert page.comparison.span == (
        "From Nov 11, 2026 to Nov 18, 2026. "
        "No rates of British Pound are known in this period."
    )
    assert [one.code for one in page.compared] == ["TRY", "CHF", "GBP"]


async def test_comparison_says_what_keeps_it_short_and_whose_a_rate_is(
    visit: Any, books: Books
) -> None:
    await observe(books.home, "JPY", {TODAY - timedelta(1): "150"})
    given = OwnRateGiven("CHF", "EUR", TODAY, Decimal("0.9"))
    await perform(books.actor, set_own_rate, given)
    shown = {"period": "1Y", "with": "jpy,chf"}
    comparison = (await visit("/currencies/TRY", **shown)).comparison
    assert comparison.span == (
        "From Nov 17, 2026 to Nov 18, 2026. There are no earlier rates of Japanese Yen."
    )
    # Of the yen the first day was said, and is carried to the last.
    assert comparison.lines[1].total == UNKNOWN
    assert comparison.lines[2].texts[1] == "\N{MINUS SIGN}10.00% (your own)"
    assert comparison.lines[2].total == "\N{MINUS SIGN}10.00%"


async def test_of_carried_rates_alone_no_change_is_told(
    visit: Any, books: Books
) -> None:
    before = TODAY - timedelta(20)
    for code in ("EUR", "JPY"):
        await observe(books.home, code, {before: "0.8"})
    page = await visit("/currencies/TRY", period="1W", **{"with": "jpy"})
    line = page.comparison.lines[1]
    assert (line.total, {*line.texts}) == (UNKNOWN, {UNKNOWN})
    assert ({*line.y}, {*line.said}) == ({0}, {None})
    assert page.totals["JPY"] == UNKNOWN


async def test_of_what_is_known_for_a_day_there_are_no_other_rates(
    visit: Any, books: Books
) -> None:
    days = {TODAY - timedelta(n): "0.8" for n in range(90)}
    for code in ("EUR", "GBP"):
        await observe(books.home, code, days)
    await observe(books.home, "XAU", {TODAY - timedelta(60): "0.001"})
    shown = {"period": "1Y", "with": "xau"}
    comparison = (await visit("/currencies/GBP", **shown)).comparison
    assert comparison.span == (
        "From Sep 19, 2026 to Oct 19, 2026. There are no other rates of Gold."
    )
