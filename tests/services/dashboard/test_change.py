"""What made net worth change, and what is not in the change."""

from datetime import date

from fintrack.core.entries import Entry, pay
from fintrack.core.period import Period, month_of
from fintrack.services.commands import ask
from fintrack.services.dashboard.overview import build_dashboard
from fintrack.services.dashboard.together import Together
from tests.books import Books, money
from tests.services.rates.observing import observe

TODAY = date(2026, 11, 18)
NOVEMBER = month_of(TODAY)


async def _together(
    books: Books, *, period: Period = NOVEMBER, as_of: date = TODAY
) -> Together:
    view = await ask(books.actor, build_dashboard, period=period, as_of=as_of)
    return view.together


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
