"""What made net worth change, and what is not in the change."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from fintrack.core.entries import Entry, pay, transfer
from fintrack.core.money import Money
from fintrack.core.period import Period, month_of, year_of
from fintrack.services.commands import ask
from fintrack.services.dashboard import change
from fintrack.services.dashboard.overview import build_dashboard
from fintrack.services.dashboard.together import Together
from tests.books import Books, money
from tests.services.dashboard.drawn import FIRST, LAST, draw_books
from tests.services.rates.observing import observe

TODAY = date(2026, 11, 18)
NOVEMBER = month_of(TODAY)


async def _together(
    books: Books, *, period: Period = NOVEMBER, as_of: date = TODAY
) -> Together:
    view = await ask(books.actor, build_dashboard, period=period, as_of=as_of)
    return view.together


def _parts(found: Together) -> Money:
    """What is left of the cash flow, and all that the change has beside it."""
    parts = found.revalued, found.exchanged, found.beside, found.opened
    return sum(parts, found.cash_flow.now.left)


async def test_exchange_at_a_worse_rate_than_that_of_its_day_is_a_part(
    books: Books,
) -> None:
    """
    2026-10-01  open      Bank    1000.00 EUR
    2026-11-02  open      Liras      0.00 TRY   0.02 €
    2026-11-03  transfer  Bank     100.00 EUR -> Liras 4,900.00 TRY
    2026-11-04  Food      Liras    100.00 TRY
    2026-11-05  open      Purse     20.00 EUR
    2026-11-18                                  0.025 €
    """
    bank = await books.open("Bank", "1000 EUR", on=date(2026, 10, 1))
    liras, food = await books.open("Liras", "0 TRY"), await books.category("Food")
    moved = transfer(bank.id, liras.id, money("100 EUR"), money("4900 TRY"))
    await books.record(Entry(date(2026, 11, 3), moved))
    await books.spend(liras.id, food, "100 TRY", date(2026, 11, 4))
    await books.open("Purse", "20 EUR", on=date(2026, 11, 5))
    await observe(books.home, "EUR", {date(2026, 10, 1): "1", TODAY: "1"})
    await observe(books.home, "TRY", {date(2026, 10, 1): "50", TODAY: "40"})
    found = await _together(books)
    assert found.exchanged == money("-2 EUR")
    assert found.cash_flow.now.left == money("-2 EUR")
    assert (found.revalued, found.opened) == (money("24 EUR"), money("20 EUR"))
    assert found.net_worth.change == _parts(found) == money("40 EUR")


async def test_exchange_for_what_is_not_in_the_change_is_no_loss_of_an_exchange(
    books: Books,
) -> None:
    """
    2026-01-01  open      Bank  1000.00 EUR, Dollars 0 USD  0.80 €, Pounds 0 GBP
    2026-11-03  transfer  Bank   100.00 EUR -> Pounds    90.00 GBP   nobody knows
    2026-11-03  transfer  Bank    80.00 EUR -> Dollars   90.00 USD
    """
    bank = await books.open("Bank", "1000 EUR")
    dollars, pounds = [await books.open(c, f"0 {c}") for c in ("USD", "GBP")]
    await observe(books.home, "EUR", {date(2026, 1, 1): "0.80"})
    for paid, to, got in ((100, pounds, "90 GBP"), (80, dollars, "90 USD")):
        moved = transfer(bank.id, to.id, money(f"{paid} EUR"), money(got))
        await books.record(Entry(date(2026, 11, 3), moved))
    found = await _together(books)
    assert (found.exchanged, found.beside) == (money("-8 EUR"), money("-100 EUR"))
    assert found.net_worth.change == _parts(found) == money("-108 EUR")
    assert found.not_in_change == (money("90 GBP"),)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_parts_add_up_to_the_change_in_drawn_books(
    books: Books, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rates begin with the books, in the middle of them, or on their last day.

    What the parts lack before the greatest takes it is a rest of rounding.
    """
    rests = []

    def round_to(total: int, parts: Sequence[Fraction]) -> list[int]:
        rests.append(abs(total - sum(parts)))
        return exactly(total, parts)

    exactly = change.round_to
    monkeypatch.setattr(change, "round_to", round_to)
    await draw_books(books, seed)
    chance = Random(seed)  # noqa: S311 - rates to compare, no secrets
    starts = {"EUR": FIRST, "TRY": (FIRST, date(2026, 5, 5), LAST)[seed % 3]}
    for code, first in starts.items():
        days = [first + timedelta(n) for n in range(0, (LAST - first).days + 1, 3)]
        seen = {day: f"{chance.randrange(3000, 4900) / 1000}" for day in days}
        await observe(books.home, code, seen)
    months = [month_of(date(2026, month, 1)) for month in range(1, 12)]
    for period in (*months, year_of(LAST), Period(FIRST, LAST)):
        found = await _together(books, period=period, as_of=LAST)
        assert found.net_worth.change == _parts(found), period
    assert len(rests) == 13
    assert max(rests) <= 2


async def test_currency_that_became_known_is_named_as_not_in_the_change(
    books: Books,
) -> None:
    """
    2026-01-01  open  Bank     10.00 EUR
    2026-01-01  open  Liras   300.00 TRY   known from 10 November on
    2026-01-01  open  Pounds    5.00 GBP   nobody knows
    """
    for name, opening in (("Bank", "10 EUR"), ("Liras", "300 TRY"), ("P", "5 GBP")):
        await books.open(name, opening)
    await observe(books.home, "TRY", {date(2026, 11, 10): "50"})
    await observe(books.home, "EUR", {date(2026, 11, 10): "1"})
    found = await _together(books)
    assert found.net_worth.total == money("16 EUR")
    assert found.net_worth.change == money("0 EUR")
    assert found.not_in_change == (money("5 GBP"), money("300 TRY"))
    assert found.unconverted == (money("5 GBP"),)


async def test_currency_that_only_came_and_went_is_named_without_an_amount(
    books: Books,
) -> None:
    """
    2026-11-02  Gift  Liras   20.00 TRY   nobody knows
    2026-11-03  Food  Liras  -20.00 TRY
    """
    liras = await books.open("Liras", "0 TRY")
    gift, food = await books.category("Gift", "income"), await books.category("Food")
    came = money("20 TRY")
    given = pay(liras.id, came, ((gift, came),))
    await books.record(Entry(date(2026, 11, 2), given))
    await books.spend(liras.id, food, "20 TRY", date(2026, 11, 3))
    assert (await _together(books)).not_in_change == (money("0 TRY"),)
