"""All currencies in one: what every posting is worth on its own day, and no 1:1."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from fintrack.core.actor import LedgerRole
from fintrack.core.exchange import UnknownRate
from fintrack.core.period import Period, month_of
from fintrack.services.commands import Work, ask, question
from fintrack.services.dashboard.overview import build_dashboard
from fintrack.services.dashboard.together import Together
from fintrack.services.rates.dated import SeenRate
from fintrack.services.rates.lookup import find_rate
from tests.books import Books, money
from tests.services.dashboard.drawn import FIRST, LAST, draw_books
from tests.services.rates.observing import observe

TODAY = date(2026, 11, 18)
NOVEMBER = month_of(TODAY)
ROUNDING = 3
_POSTINGS = (
    "SELECT p.currency, p.on_date, a.kind, a.type, a.name, p.amount_minor AS minor "
    "FROM posting p JOIN account a ON a.id = p.account_id "
    "WHERE p.ledger_id = :ledger AND p.voided_at IS NULL"
)


def _days(rate: SeenRate | None) -> tuple[str, date, date]:
    assert rate
    return rate.currency, rate.on, rate.seen_on


async def _together(
    books: Books, *, period: Period = NOVEMBER, as_of: date = TODAY
) -> Together:
    view = await ask(books.actor, build_dashboard, period=period, as_of=as_of)
    return view.together


async def test_what_only_the_rates_made_stands_apart(books: Books) -> None:
    """
    2026-10-01  open  Dollars  100.00 USD   0.80 €
    2026-11-02  Food  Dollars   -8.00 USD   0.50 €
    2026-11-18                              0.60 €
    """
    dollars = await books.open("Dollars", "100 USD", on=date(2026, 10, 1))
    food = await books.category("Food")
    await books.spend(dollars.id, food, "8 USD", date(2026, 11, 2))
    seen = {date(2026, 10, 1): "0.80", date(2026, 11, 2): "0.50", TODAY: "0.60"}
    await observe(books.home, "EUR", seen)
    found = await _together(books)
    assert found.net_worth.total == money("55.20 EUR")
    assert found.net_worth.change == money("-24.80 EUR")
    assert found.revalued == money("-20.80 EUR")
    assert found.cash_flow.now.went_out == money("4 EUR")
    assert [one.spent for one in found.spending] == [money("4 EUR")]
    assert (found.unconverted, found.unconverted_flow) == ((), ())
    assert _days(found.oldest_rate) == ("USD", TODAY, TODAY)
    assert _days(found.oldest_flow_rate) == ("USD", *[date(2026, 11, 2)] * 2)


async def test_unknown_rate_is_left_out_and_said(books: Books) -> None:
    """
    2026-01-01  open  Bank     10.00 EUR
    2026-01-01  open  Liras   300.00 TRY   nobody knows
    2026-11-02  Food  Liras   -20.00 TRY
    """
    await books.open("Bank", "10 EUR")
    liras, food = await books.open("Liras", "300 TRY"), await books.category("Food")
    await books.spend(liras.id, food, "20 TRY", date(2026, 11, 2))
    found = await _together(books)
    assert (found.net_worth.total, found.revalued) == (money("10 EUR"), money("0 EUR"))
    assert found.net_worth.change == money("0 EUR")
    assert found.unconverted == (money("280 TRY"),)
    assert found.cash_flow.now.went_out == money("0 EUR")
    assert found.spending == ()
    assert [one.went_out for one in found.unconverted_flow] == [money("20 TRY")]


async def test_currency_that_becomes_known_comes_from_nowhere_and_is_no_gain(
    books: Books,
) -> None:
    """The rate of the lira is known from the middle of the period on."""
    await books.open("Liras", "300 TRY")
    await observe(books.home, "TRY", {date(2026, 11, 10): "50"})
    await observe(books.home, "EUR", {date(2026, 11, 10): "1"})
    found = await _together(books)
    assert found.net_worth.total == money("6 EUR")
    assert (found.net_worth.change, found.revalued) == (money("0 EUR"),) * 2
    assert found.unconverted == ()


async def test_empty_books_have_nothing(books: Books) -> None:
    found = await _together(books)
    assert found.net_worth.total == money("0 EUR")
    assert found.cash_flow.now.left == money("0 EUR")
    assert len(found.cash_flow.before) == 5


@pytest.mark.parametrize("seed", [1, 2])
async def test_figures_are_those_of_every_posting_by_itself(
    books: Books, seed: int
) -> None:
    await draw_books(books, seed)
    await _draw_rates(books, seed)
    for period in (NOVEMBER, month_of(date(2026, 3, 5)), Period(FIRST, LAST)):
        found = await _together(books, period=period, as_of=LAST)
        last = min(period.last_day, LAST)
        naive = await _naive(books, period.start, last)
        worth, flow = found.net_worth, found.cash_flow.now
        assert worth.total.minor == pytest.approx(naive["worth"], abs=1)
        assert flow.came_in.minor == round(naive["income"])
        assert flow.went_out.minor == round(naive["expense"])
        assert worth.change.minor == round(naive["change"])
        revalued = naive["change"] - naive["moved"]
        assert found.revalued.minor == pytest.approx(revalued, abs=ROUNDING)
        assert found.exchanged.minor == pytest.approx(-naive["exchange"], abs=ROUNDING)
        assert found.opened.minor == round(-naive["opening"])
        assert found.beside == money("0 EUR")
        spent = {one.name: one.spent.minor for one in found.spending}
        assert spent["Food"] == round(naive["Food"])


async def _draw_rates(books: Books, seed: int) -> None:
    """The dollar moves on most days, the lira is known all the time too."""
    chance = Random(seed)  # noqa: S311 - rates to compare, no secrets
    days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
    for code, low, high in (("EUR", 80, 99), ("TRY", 3000, 4900)):
        seen = {day: f"{chance.randrange(low, high) / 100}" for day in days[::3]}
        await observe(books.home, code, {FIRST - timedelta(1): f"{low / 100}", **seen})


async def _naive(books: Books, first: date, last: date) -> dict[str, Fraction]:
    rows = await books.rows(_POSTINGS, ledger=books.actor.ledger_id)
    before = first - timedelta(1)
    wanted = {
        (row.currency, day) for row in rows for day in (row.on_date, last, before)
    }
    rates = await ask(books.actor, _rates, wanted)
    found: dict[str, Fraction] = defaultdict(Fraction)

    def worth(row: Any, on: date) -> Fraction:
        return int(row.minor) * rates[row.currency, on]

    for row in rows:
        own = row.kind in ("asset", "liability")
        if own and row.on_date <= last:
            found["worth"] += worth(row, last)
            found["change"] += worth(row, last)
        if own and row.on_date <= before:
            found["change"] -= worth(row, before)
        if first <= row.on_date <= last:
            sign = -1 if row.kind == "income" else 1
            found["moved"] += worth(row, row.on_date) if own else 0
            found[row.kind] += sign * worth(row, row.on_date)
            found[row.type] += worth(row, row.on_date) if row.kind == "equity" else 0
            found[row.name] += worth(row, row.on_date)
    return found


@question("test.rates", ledger=LedgerRole.VIEWER)
async def _rates(
    work: Work, wanted: Iterable[tuple[str, date]]
) -> dict[tuple[str, date], Fraction]:
    """Into euros; all three currencies have as many decimals."""
    found = {}
    for code, on in wanted:
        rate = await find_rate(work, code, "EUR", on)
        assert not isinstance(rate, UnknownRate)
        found[code, on] = Fraction(rate.rate.value)
    return found
