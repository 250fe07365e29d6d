"""The converter: either side leads, the other follows."""

from datetime import date

import pytest

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
    assert (state.left, state.left_code) == ("100", "EUR")
    assert (state.right, state.right_code) == ("125.00", "USD")
    assert state.said == "European Central Bank, Today"


async def test_either_side_leads(state: ConvertingState) -> None:
    await state.type_left("2+2")
    assert state.right == "5.00"
    await state.type_right("10")
    assert state.left == "8.00"
    await state.swap()
    assert (state.left_code, state.left, state.right) == ("USD", "8.00", "6.40")


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
    assert state.left_code == "USD"


@pytest.mark.parametrize("text", ["", "abc", "1e999999", "9" * 99, "1/0"])
async def test_what_is_no_amount_is_said(state: ConvertingState, text: str) -> None:
    await state.type_left(text)
    assert state.error
    assert (state.right, state.said) == ("", "")


@pytest.mark.parametrize("day", ["", "2026-02-31", "2199-01-01"])
async def test_what_is_no_day_is_said(state: ConvertingState, day: str) -> None:
    await state.choose_day(day)
    assert state.error
    assert state.right == ""
