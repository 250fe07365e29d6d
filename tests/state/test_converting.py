"""The converter: either side leads, the other follows."""

from datetime import date
from decimal import Decimal

import pytest

from fintrack.services.commands import perform
from fintrack.services.rates.following import follow_currency
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from fintrack.state.converting import ConvertingState
from tests.books import Books
from tests.services.rates.observing import observe
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
DAY, TODAY = date(2026, 11, 17), date(2026, 11, 18)


@pytest.fixture
async def state(books: Books) -> ConvertingState:
    await observe(books.home, "EUR", {DAY: "0.5", TODAY: "0.8"})
    await observe(books.home, "TRY", {TODAY: "40"})
    made = await (await sit_down(books)).state(ConvertingState)
    await made.load()
    return made


async def test_it_opens_with_the_own_currency(state: ConvertingState) -> None:
    assert (state.left, state.left_name) == ("100", "EUR Euro")
    assert (state.right, state.right_name) == ("125.00", "USD US Dollar")
    assert state.said == "1 EUR = 1.2500 USD · European Central Bank, Today"
    assert [one.label for one in state.quick] == ["10", "50", "100", "1,000"]


async def test_either_side_leads(state: ConvertingState) -> None:
    await state.type_left("2+2")
    assert state.right == "5.00"
    await state.type_right("10")
    assert state.left == "8.00"
    await state.swap()
    assert (state.left_name, state.left) == ("USD US Dollar", "12.50")
    assert (state.right_name, state.right) == ("EUR Euro", "10")
    await state.type_left("2+2")
    await state.swap()
    assert (state.left_name, state.left) == ("EUR Euro", "2+2")
    assert state.right == "5.00"


async def test_day_and_currency_are_chosen(state: ConvertingState) -> None:
    await state.choose_day("2026-11-17")
    assert state.right == "200.00"
    await state.choose_right("TRY")
    assert (state.right, state.said) == ("", "No rate is known for this day.")
    await state.choose_day("2026-11-18")
    assert state.right == "5,000.00"
    await state.choose_left("USD")
    assert state.said.endswith("worked out from two rates")
    await state.choose_left("NOPE")
    assert state.left_name == "USD US Dollar"


async def test_more_currencies_follow_below(state: ConvertingState) -> None:
    await state.add("TRY")
    await state.add("CHF")
    for refused in ("TRY", "EUR", "NOPE"):
        await state.add(refused)
    known, unknown = state.others
    assert (known.code, known.amount) == ("TRY", "5,000.00\u00a0TRY")
    assert known.said == "1 EUR = 50.0000 TRY · European Central Bank, Today"
    assert known.copy == "5,000.00"
    assert (unknown.code, unknown.amount) == ("CHF", "Swiss Franc")
    assert (unknown.said, unknown.copy) == ("No rate is known for this day.", "")
    # They follow what was typed, on whichever side.
    await state.type_right("250")
    assert state.others[0].amount == "10,000.00\u00a0TRY"
    await state.remove("TRY")
    assert [one.code for one in state.others] == ["CHF"]


async def test_each_currency_says_its_own_source_and_day(
    state: ConvertingState, books: Books
) -> None:
    await observe(books.home, "CHF", {date(2026, 3, 1): "0.9"})
    given = OwnRateGiven("EUR", "GBP", DAY, Decimal("0.9"))
    await perform(books.actor, set_own_rate, given)
    await state.choose_right("TRY")
    for code in ("CHF", "GBP"):
        await state.add(code)
    franc, pound = state.others
    assert state.said == "1 EUR = 50.0000 TRY · European Central Bank, Today"
    assert franc.said == "No rate is known for this day."
    assert pound.said == (
        "1 EUR = 0.9000 GBP · Your own rate, Yesterday · carried forward"
    )
    await state.choose_left("USD")
    assert state.others[0].said == (
        "1 USD = 0.9000 CHF · European Central Bank, Sun, Mar 1 · "
        "derived · carried forward"
    )


async def test_what_is_less_than_a_coin_is_not_nothing(
    state: ConvertingState, books: Books
) -> None:
    """Nor in the currencies below, which do not follow what was rounded away."""
    await observe(books.home, "VND", {TODAY: "26000"})
    await state.choose_left("VND")
    await state.choose_right("EUR")
    await state.add("TRY")
    await state.add("KWD")
    await state.type_left("1")
    assert (state.right, state.others[0].copy) == ("0.000031", "0.0015")
    await state.type_left("0")
    assert (state.right, state.others[0].copy) == ("0.00", "0.00")
    await state.choose_left("USD")
    await state.choose_right("VND")
    await state.type_right("1")
    assert (state.left, state.others[0].copy) == ("0.000038", "0.0015")


async def test_five_more_are_as_many_as_there_may_be(state: ConvertingState) -> None:
    for code in ("TRY", "DEM", "GBP", "JPY", "CHF", "CNY"):
        await state.add(code)
    assert len(state.others) == 5
    assert not state.can_add


async def test_any_currency_is_found_and_followed_ones_come_first(
    state: ConvertingState, books: Books
) -> None:
    await perform(books.actor, follow_currency, "DOGE")
    await state.load()
    await state.look_up("")
    assert [one.value for one in state.offers[:3]] == ["DOGE", "EUR", "USD"]
    await state.look_up("deutsche mark")
    assert state.offered_for == "deutsche mark"
    assert state.offers == []
    await state.look_up("german mark")
    assert state.offers[0].label == "DEM German Mark"
    await state.choose_right("DEM")
    assert state.right == "195.58"


@pytest.mark.parametrize(
    ("path", "query", "seen"),
    [
        ("/currencies", {"amount": "2*5", "from": "USD", "to": "TRY"}, "USD 2*5 TRY"),
        ("/currencies", {"amount": "7", "from": "USD", "to": "NOPE"}, "EUR 100 USD"),
        ("/currencies/try", {}, "TRY 100 EUR"),
        ("/currencies/try", {"swap": "1"}, "EUR 100 TRY"),
        ("/currencies/EUR", {"in": "TRY"}, "EUR 100 TRY"),
        ("/currencies/JPY", {"in": "TRY", "swap": "1"}, "TRY 100 JPY"),
        ("/currencies/EUR", {}, "EUR 100 USD"),
    ],
)
async def test_address_says_what_is_converted(
    state: ConvertingState,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    query: dict[str, str],
    seen: str,
) -> None:
    monkeypatch.setattr(ConvertingState, "_address", lambda _: (path, query))
    await state.load()
    names = state.left_name.split()[0], state.right_name.split()[0]
    assert f"{names[0]} {state.left} {names[1]}" == seen


async def test_what_was_chosen_beside_a_pair_stays_until_another_is_shown(
    state: ConvertingState, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def visit(path: str, **query: str) -> str:
        monkeypatch.setattr(ConvertingState, "_address", lambda _: (path, query))
        await state.load()
        return f"{state.left_name[:3]} {state.right_name[:3]}"

    assert await visit("/currencies/TRY") == "TRY EUR"
    await state.choose_right("JPY")
    assert await visit("/currencies/TRY", period="5Y") == "TRY JPY"
    assert await visit("/currencies/TRY", period="5Y", swap="1") == "EUR TRY"
    await state.choose_left("JPY")
    assert await visit("/currencies") == "JPY TRY"
    assert await visit("/currencies/TRY", period="5Y", swap="1") == "EUR TRY"


@pytest.mark.parametrize("text", ["", "abc", "1e999999", "9" * 99, "1/0"])
async def test_what_is_no_amount_is_said_beside_it(
    state: ConvertingState, text: str
) -> None:
    await state.type_left(text)
    assert state.errors["left"]
    assert (state.right, state.said, state.errors["day"]) == ("", "", "")
    await state.type_right(text)
    assert state.errors["right"]
    assert not state.errors["left"]


@pytest.mark.parametrize("day", ["", "2026-02-31", "2199-01-01"])
async def test_what_is_no_day_is_said_beside_it(
    state: ConvertingState, day: str
) -> None:
    await state.choose_day(day)
    assert state.errors["day"]
    assert (state.right, state.errors["left"]) == ("", "")


async def test_day_to_come_is_said_beside_it(state: ConvertingState) -> None:
    await state.choose_day("2026-11-19")
    assert state.errors["day"] == "There are no rates of a day to come."
    assert state.right == ""


async def test_fixed_rate_is_said_to_be_of_a_law(state: ConvertingState) -> None:
    await state.choose_left("DEM")
    await state.choose_right("EUR")
    assert (state.left, state.right) == ("100", "51.13")
    assert state.said == "1 DEM = 0.5113 EUR · Fixed by law"
    assert not state.is_of_market


async def test_only_a_rate_of_the_market_is_called_a_middle_rate(
    state: ConvertingState, books: Books
) -> None:
    assert state.is_of_market
    await state.choose_right("CHF")
    assert not state.is_of_market
    given = OwnRateGiven("EUR", "TRY", TODAY, Decimal(60))
    await perform(books.actor, set_own_rate, given)
    await state.choose_right("TRY")
    assert (state.right, state.is_of_market) == ("6,000.00", False)
