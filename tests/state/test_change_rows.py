"""What a change did, in the words of the page of changes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from fintrack.services.commands import perform
from fintrack.services.rates.own import OwnRateGiven, remove_own_rate, set_own_rate
from fintrack.state.history import HistoryState
from tests.books import Books
from tests.state.desk import sit_down

pytestmark = pytest.mark.database


@pytest.fixture
async def page(books: Books) -> HistoryState:
    return await (await sit_down(books)).state(HistoryState)


async def test_own_rate_is_told_with_its_day_before_and_after(
    books: Books, page: HistoryState
) -> None:
    given = OwnRateGiven("USD", "TRY", date(2026, 11, 17), Decimal(45))
    await perform(books.actor, set_own_rate, given)
    done = await perform(
        books.actor, set_own_rate, replace(given, value=Decimal("46.5"))
    )
    await perform(books.actor, remove_own_rate, done.value.id)
    await page.load()
    said = "1 USD = 45.0000 TRY", "1 USD = 46.5000 TRY"
    day = "Nov 17, 2026"
    assert [(row.name, _plain(row.about)) for row in page.rows] == [
        ("Own rate removed", f"{said[1]}, {day}"),
        ("Own rate set", f"{said[1]}, {day}"),
        ("Own rate set", f"{said[0]}, {day}"),
    ]
    told = []
    for row in page.rows:
        await page.toggle(row.id)
        (thing,) = page.things
        fields = [(one.label, one.before, one.after) for one in thing.fields]
        told.append((_plain(thing.name), thing.op, [[*map(_plain, f)] for f in fields]))
    assert told == [
        (
            f"Own rate: {said[1]}, {day}",
            "removed",
            [["Date", day, ""], ["Rate", said[1], ""]],
        ),
        (f"Own rate: {said[1]}, {day}", "changed", [["Rate", *said]]),
        (
            f"Own rate: {said[0]}, {day}",
            "added",
            [["Date", "", day], ["Rate", "", said[0]]],
        ),
    ]


async def test_own_rate_that_stands_in_the_way_is_named(
    books: Books, page: HistoryState
) -> None:
    given = OwnRateGiven("USD", "TRY", date(2026, 11, 17), Decimal(45))
    first = await perform(books.actor, set_own_rate, given)
    await perform(books.actor, set_own_rate, replace(given, value=Decimal(46)))
    await page.undo(str(first.change_id))
    (row,) = page.refused.rows
    assert _plain(row.what) == "Own rate: 1 USD = 46.0000 TRY, Nov 17, 2026"
    assert row.why == "changed since then (Rate)"


def _plain(text: str) -> str:
    """Without the marks that keep amounts together in other scripts."""
    return text.translate({0x2068: None, 0x2069: None})
