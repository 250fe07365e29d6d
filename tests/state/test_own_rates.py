"""Own rates on the page of a currency: set, seen at once, removed, taken back."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from fintrack.services.commands import ask, perform
from fintrack.services.rates.own import (
    OwnRateGiven,
    list_own_rates,
    remove_own_rate,
    set_own_rate,
)
from fintrack.state.converting import ConvertingState
from fintrack.state.currency import CurrencyState
from fintrack.state.currency_address import read_address
from fintrack.state.own_rates import SHOWN_BESIDE, OwnRatesState
from tests.books import Books
from tests.services.rates.observing import observe
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 18)


@pytest.fixture
async def card(books: Books, monkeypatch: pytest.MonkeyPatch) -> OwnRatesState:
    """The card of the lira in euros."""
    desk = await sit_down(books)
    monkeypatch.setattr(
        CurrencyState,
        "_address",
        lambda _, own: read_address("/currencies/TRY", {}, own),
    )
    await (await desk.state(CurrencyState)).load()
    state = await desk.state(OwnRatesState)
    await state.load()
    return state


def _form(card: OwnRatesState, rate: str, day: str = "2026-11-18") -> dict[str, Any]:
    return {"form_key": card.form_key, "own-rate": rate, "own-day": day}


async def test_rate_is_set_once_and_seen_at_once(
    card: OwnRatesState, books: Books
) -> None:
    page = await card.get_state(CurrencyState)
    assert (card.label, card.rows, page.card.rate) == ("1 TRY in EUR", [], "")
    form = _form(card, "0.02")
    assert len(await card.save(form)) == 3
    assert await card.save(form) == []
    (kept,) = await ask(books.actor, list_own_rates)
    assert (kept.base, kept.quote, kept.value) == ("TRY", "EUR", Decimal("0.02"))
    (row,) = card.rows
    assert "1 TRY = 0.02000 EUR" in row.text
    assert row.day == "Today"
    await page.load()
    assert page.card.rate == "0.02000"
    assert page.card.source.startswith("Your own rate")


async def test_rate_far_from_the_sources_is_asked_about(
    card: OwnRatesState, books: Books
) -> None:
    await observe(books.home, "EUR", {TODAY: "1"})
    await observe(books.home, "TRY", {TODAY: "50"})
    form = _form(card, "110")
    assert await card.save(form) == []
    assert card.doubt == (
        "That is 5,500 times what the sources say (\u20680.02000\u2069)."
    )
    await card.set_doubt_open(False)
    assert (card.doubt, await card.set_anyway()) == ("", [])
    assert await ask(books.actor, list_own_rates) == ()
    await card.save(_form(card, "0.002"))
    assert card.doubt.startswith("The sources say 10 times as much")
    assert await card.set_anyway() == [*SHOWN_BESIDE]
    (kept,) = await ask(books.actor, list_own_rates)
    assert (kept.value, card.doubt) == (Decimal("0.002"), "")
    assert card.form_key != form["form_key"]
    assert await card.set_anyway() == []


async def test_rate_that_is_worked_out_is_rounded(
    card: OwnRatesState, books: Books
) -> None:
    await card.save(_form(card, "1/48.5"))
    (kept,) = await ask(books.actor, list_own_rates)
    assert kept.value == Decimal("0.0206185567010")


async def test_converter_beside_follows_an_own_rate(card: OwnRatesState) -> None:
    converter = await card.get_state(ConvertingState)
    await converter.load()
    await converter.choose_left("TRY")
    await converter.choose_right("EUR")
    assert converter.right == ""
    set_ = await card.save(_form(card, "0.02"))
    assert ConvertingState.work_out_again in set_
    await converter.work_out_again()
    assert (converter.left, converter.right) == ("100", "2.00")
    assert ConvertingState.work_out_again in await card.remove(card.rows[0].id)
    await converter.work_out_again()
    assert (converter.left, converter.right) == ("100", "")
    assert ConvertingState.work_out_again in SHOWN_BESIDE


async def test_removed_rate_comes_back_with_undo(card: OwnRatesState) -> None:
    await card.save(_form(card, "0.02"))
    await card.remove(card.rows[0].id)
    assert card.rows == []
    await card.undo(card.notice.change)
    assert [row.day for row in card.rows] == ["Today"]


async def test_rate_that_another_tab_removed_leaves_this_one_too(
    card: OwnRatesState, books: Books
) -> None:
    await card.save(_form(card, "0.02"))
    (row,) = card.rows
    await perform(books.actor, remove_own_rate, int(row.id))
    assert await card.remove(row.id) == [*SHOWN_BESIDE]
    assert (card.notice.tone, card.rows) == ("bad", [])


@pytest.mark.parametrize(
    ("rate", "day", "field"),
    [
        ("", "2026-11-18", "value"),
        ("x", "2026-11-18", "value"),
        ("0", "2026-11-18", "value"),
        ("1/0", "2026-11-18", "value"),
        ("99999999999999999999", "2026-11-18", "value"),
        ("0.1234567890123", "2026-11-18", "value"),
        ("1", "", "on_date"),
        ("1", "2027-01-01", "on_date"),
        ("1", "2004-12-31", "on_date"),
    ],
)
async def test_what_is_wrong_stands_at_its_field(
    card: OwnRatesState, books: Books, rate: str, day: str, field: str
) -> None:
    await card.save(_form(card, rate, day))
    assert [*card.errors] == [field]
    assert "amount" not in card.errors[field]
    assert await ask(books.actor, list_own_rates) == ()


async def test_day_before_the_currency_is_told_as_people_write_it(
    card: OwnRatesState,
) -> None:
    await card.save(_form(card, "1", "2004-12-31"))
    assert card.errors == {"on_date": "TRY did not exist before Jan 1, 2005."}


async def test_only_those_of_the_currency_are_listed_newest_first(
    card: OwnRatesState, books: Books
) -> None:
    for code, back in (("TRY", 3), ("TRY", 1), ("USD", 0)):
        on = TODAY - timedelta(back)
        given = OwnRateGiven("EUR", code, on, Decimal(2))
        await perform(books.actor, set_own_rate, given)
    await card.load()
    assert [row.text.strip("\u2068\u2069") for row in card.rows] == [
        "1 EUR = 2.0000 TRY"
    ] * 2
    assert card.rows[0].day == "Yesterday"
