"""An own rate is doubted where it is far from what sources say of its day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.services.commands import ask
from fintrack.services.rates.own import OwnRateGiven
from fintrack.services.rates.weighing import weigh_own_rate
from tests.books import Books
from tests.services.rates.observing import observe

DAY = date(2026, 11, 18)


def _given(value: str, on: date = DAY) -> OwnRateGiven:
    return OwnRateGiven("USD", "EUR", on, Decimal(value))


async def test_only_what_is_far_from_the_sources_is_doubted(books: Books) -> None:
    await observe(books.home, "EUR", {DAY: "0.91"})
    for near in ("0.91", "0.5", "2.5"):
        assert await ask(books.actor, weigh_own_rate, _given(near)) is None
    above = await ask(books.actor, weigh_own_rate, _given("5000"))
    below = await ask(books.actor, weigh_own_rate, _given("0.091"))
    assert above is not None
    assert below is not None
    assert (above.times, above.is_more) == (Decimal(5500), True)
    assert (below.times, below.is_more) == (Decimal(10), False)
    assert above.said.rate.value == Decimal("0.91")


async def test_where_nobody_spoke_for_a_month_nothing_is_doubted(books: Books) -> None:
    await observe(books.home, "EUR", {DAY - timedelta(32): "0.91"})
    assert await ask(books.actor, weigh_own_rate, _given("5000")) is None
    early = _given("5000", DAY - timedelta(90))
    assert await ask(books.actor, weigh_own_rate, early) is None


async def test_what_cannot_be_set_is_not_weighed(books: Books) -> None:
    with pytest.raises(InvalidInput):
        await ask(books.actor, weigh_own_rate, _given("0"))


async def test_what_the_law_fixed_is_said_of_every_day(books: Books) -> None:
    given = OwnRateGiven("EUR", "DEM", DAY, Decimal(20))
    doubt = await ask(books.actor, weigh_own_rate, given)
    assert doubt is not None
    assert doubt.times == 10
