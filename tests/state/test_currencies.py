"""The page of currencies: filtered, searched, and never with an invented rate."""

from datetime import date
from decimal import Decimal

import pytest

from fintrack.services.commands import perform
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from fintrack.state.currencies import PAGE, CurrenciesState
from tests.books import Books
from tests.services.rates.observing import observe
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
BEFORE, DAY = date(2026, 11, 16), date(2026, 11, 17)
TODAY = date(2026, 11, 18)


async def _page(books: Books, language: str = "en") -> CurrenciesState:
    state = await (await sit_down(books, language=language)).state(CurrenciesState)
    await state.load()
    return state


def _rate(state: CurrenciesState, code: str) -> tuple[str, str]:
    (row,) = [row for row in state.rows if row.code == code]
    return row.rate, row.note or f"{row.moved} {row.way}".strip()


async def test_known_rates_come_first_with_their_change_or_their_day(
    books: Books,
) -> None:
    await observe(books.home, "EUR", {BEFORE: "0.8", DAY: "0.8", TODAY: "0.8"})
    await observe(books.home, "CHF", {DAY: "1", TODAY: "0.8"})
    await observe(books.home, "TRY", {BEFORE: "40"})
    state = await _page(books)
    assert (state.phase, state.base, len(state.rows)) == ("ready", "EUR", PAGE)
    assert [row.code for row in state.rows[:4]] == ["CHF", "EUR", "TRY", "USD"]
    assert _rate(state, "CHF") == ("1.0000\u00a0EUR", "+25.00% up")
    assert _rate(state, "TRY") == ("0.02000\u00a0EUR", "2 days old")
    assert _rate(state, "AED") == ("unknown", "")
    assert state.fresh == "2 of 1,000 currencies have a rate of today."


async def test_own_rate_has_the_change_of_the_sources_and_says_so(
    books: Books,
) -> None:
    await observe(books.home, "EUR", {DAY: "0.8", TODAY: "0.84"})
    given = OwnRateGiven("USD", "EUR", TODAY, Decimal("0.9"))
    await perform(books.actor, set_own_rate, given)
    state = await _page(books)
    (dollar,) = [row for row in state.rows if row.code == "USD"]
    assert (dollar.rate, dollar.moved) == ("0.9000\u00a0EUR", "+5.00%")
    assert dollar.note == "your own, the sources moved"
    assert state.fresh == "1 of 1,000 currencies has a rate of today."


async def test_page_says_of_when_its_rates_are(books: Books) -> None:
    state = await _page(books)
    assert state.fresh == "0 of 1,000 currencies have a rate of today."
    await observe(books.home, "EUR", {BEFORE: "0.8"})
    await state.retry()
    assert state.fresh.endswith("today. The newest rate is of Mon, Nov 16.")


async def test_one_fresh_rate_is_said_in_the_singular(books: Books) -> None:
    await observe(books.home, "EUR", {TODAY: "0.8"})
    state = await _page(books)
    assert state.fresh == "1 of 1,000 currencies has a rate of today."
    (dollar,) = [row for row in state.rows if row.code == "USD"]
    assert dollar.source == "European Central Bank, Today, 15:00"


async def test_followed_currencies_stand_in_a_group_of_their_own(books: Books) -> None:
    state = await _page(books)
    await state.follow("TRY")
    await state.follow("DEM")
    assert [row.code for row in state.followed] == ["TRY", "DEM"]
    assert "TRY" not in [row.code for row in state.rows]
    await state.search("turkish")
    assert state.rows[0].is_followed
    await state.choose_kind("money")
    await state.follow("TRY")
    assert [row.code for row in state.followed] == ["DEM"]
    assert state.rows[0].star.startswith("Follow ")
    again = await _page(books)
    assert [row.code for row in again.followed] == ["DEM"]
    await state.follow("NOPE")
    assert state.refusal == "There is no currency with the code NOPE."


async def test_small_curves_come_after_the_rows_and_once(books: Books) -> None:
    days = [date(2026, 11, 18 - n) for n in range(17)]
    await observe(books.home, "EUR", dict.fromkeys(days, "0.8"))
    await observe(books.home, "CHF", {day: str(day.day) for day in days})
    state = await _page(books)
    assert state.curves == {}
    await state.load_curves()
    assert state.curves["CHF"].startswith("M")
    assert state.curves["AED"] == ""
    await state.choose_base("USD")
    assert state.curves == {}


async def test_another_base_is_chosen_from_what_is_offered(books: Books) -> None:
    await observe(books.home, "EUR", {TODAY: "0.8"})
    state = await _page(books)
    await state.choose_base("USD")
    assert _rate(state, "EUR")[0] == "1.2500\u00a0USD"
    await state.choose_base("NOPE")
    assert state.base == "USD"


async def test_search_looks_past_the_filter_in_the_readers_language(
    books: Books,
) -> None:
    state = await _page(books, "tr")
    await state.search("alman markı")
    assert [row.code for row in state.rows][:1] == ["DEM"]
    await state.search("türkiye")
    assert state.rows[0].code == "TRY"
    await state.search("no such money")
    assert (state.rows, state.phase) == ([], "ready")
    await state.show_all()
    assert (state.words, state.kind, len(state.rows)) == ("", "money", PAGE)


async def test_kind_chosen_during_a_search_narrows_it_until_it_is_emptied(
    books: Books,
) -> None:
    state = await _page(books)
    await state.search("turkey")
    assert [row.code for row in state.rows] == ["TRY", "TRL"]
    await state.choose_kind("historic")
    assert (state.words, state.found) == ("turkey", "1 currency")
    assert [row.code for row in state.rows] == ["TRL"]
    await state.search("swiss")
    assert (state.rows, state.is_narrowed) == ([], True)
    await state.show_all()
    assert (state.words, state.is_narrowed) == ("swiss", False)
    assert [row.code for row in state.rows][:1] == ["CHF"]
    await state.choose_kind("crypto")
    await state.search("")
    assert (state.is_narrowed, state.kind) == (False, "crypto")
    await state.search("dem")
    assert state.rows[0].code == "DEM"


async def test_search_by_kind_finds_all_of_it(books: Books) -> None:
    state = await _page(books)
    await state.search("kripto para")
    assert state.rows == []
    await state.search("cryptocurrency")
    assert [row.code for row in state.rows[:2]] == ["BTC", "ETH"]
    assert (len(state.rows), state.has_more) == (PAGE, True)


async def test_more_rows_are_shown_until_there_are_none(books: Books) -> None:
    state = await _page(books)
    await state.choose_kind("metal")
    assert ([row.code for row in state.rows], state.has_more) == (
        ["XAG", "XAU", "XPD", "XPT"],
        False,
    )
    await state.choose_kind("crypto")
    assert (len(state.rows), state.has_more) == (PAGE, True)
    await state.show_more()
    assert len(state.rows) == 2 * PAGE


async def test_historic_money_says_until_when_and_what_came_then(books: Books) -> None:
    state = await _page(books)
    await state.search("TRL")
    assert "until 2005" in state.rows[0].detail
    assert "then TRY" in state.rows[0].detail
