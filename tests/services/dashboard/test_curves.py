"""Curves equal what the postings add up to, day by day and month by month."""

from datetime import date

import pytest

from fintrack.core.errors import InvalidInput, NotFound
from fintrack.core.period import Period, month_of, year_of
from fintrack.services.commands import ask
from fintrack.services.dashboard.curves import LeftOut, account_curve, net_worth_series
from fintrack.services.dashboard.overview import build_dashboard
from fintrack.services.ledger.accounts import list_accounts
from tests.books import Books, money
from tests.services.dashboard.drawn import LAST, draw_books
from tests.services.rates.observing import observe

_NET_WORTH = (
    "SELECT coalesce(sum(p.amount_minor), 0) AS minor FROM posting p JOIN account a "
    "ON a.id = p.account_id AND a.kind IN ('asset', 'liability') "
    "WHERE p.ledger_id = :ledger AND p.voided_at IS NULL AND p.currency = :currency "
    "AND p.on_date <= :on AND (:account = 0 OR a.id = :account)"
)
PERIODS = [
    month_of(date(2026, 3, 5)),
    month_of(date(2026, 3, 5), month_start=25),
    year_of(LAST),
    Period(date(2026, 1, 10), date(2026, 4, 12)),
    Period(date(2026, 1, 10), date(2026, 4, 13)),
    Period(date(2025, 1, 17), date(2026, 11, 10)),
]


@pytest.mark.parametrize("seed", [3, 4])
async def test_every_point_is_that_of_the_postings(books: Books, seed: int) -> None:
    await draw_books(books, seed)
    for period in PERIODS:
        series = await ask(books.actor, net_worth_series, period=period)
        curves = series.curves
        assert curves[0].currency == "EUR"
        for curve in curves:
            for point in curve.points[:4] + curve.points[-3:]:
                (row,) = await books.rows(
                    _NET_WORTH,
                    ledger=books.actor.ledger_id,
                    currency=curve.currency,
                    on=point.on,
                    account=0,
                )
                assert point.balance.minor == row.minor, (period, point)


async def test_curve_of_an_account_is_that_of_its_postings(books: Books) -> None:
    await draw_books(books, 5)
    for account in await ask(books.actor, list_accounts):
        for period in PERIODS:
            curve = await ask(books.actor, account_curve, account.id, period=period)
            assert curve.currency == account.currency
            for point in curve.points[::9]:
                (row,) = await books.rows(
                    _NET_WORTH,
                    ledger=books.actor.ledger_id,
                    currency=account.currency,
                    on=point.on,
                    account=account.id,
                )
                assert point.balance.minor == row.minor


async def test_net_worth_accounts_and_series_agree(books: Books) -> None:
    await draw_books(books, 6)
    view = await ask(
        books.actor, build_dashboard, period=month_of(LAST), as_of=date(2026, 11, 30)
    )
    accounts = await ask(books.actor, list_accounts)
    # The books were drawn with all their days, those to come too.
    held = {account.id: account.balance + account.planned for account in accounts}
    assert {a.account_id: a.balance for a in view.accounts} == held
    series = await ask(books.actor, net_worth_series, period=year_of(LAST))
    for worth, curve in zip(view.net_worth, series.curves, strict=True):
        code = worth.total.currency
        mine = sum(one.minor for one in held.values() if one.currency == code)
        assert mine == worth.total.minor
        assert curve.points[-1].balance == worth.total


async def test_days_up_to_92_and_months_beyond(books: Books) -> None:
    bank = await books.open("Bank", "5 EUR")
    days = Period(date(2026, 1, 10), date(2026, 4, 12))
    assert days.days == 92
    daily = await ask(books.actor, account_curve, bank.id, period=days)
    assert [p.on for p in daily.points][:2] == [date(2026, 1, 10), date(2026, 1, 11)]
    longer = Period(date(2026, 1, 10), date(2026, 4, 13))
    monthly = await ask(books.actor, account_curve, bank.id, period=longer)
    assert [point.on for point in monthly.points] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 12),
    ]


async def test_fewer_points_keep_the_last_day(books: Books) -> None:
    bank = await books.open("Bank", "5 EUR")
    curve = await ask(
        books.actor, account_curve, bank.id, period=month_of(LAST), points=4
    )
    assert [point.on.day for point in curve.points] == [6, 14, 22, 30]
    assert {point.balance for point in curve.points} == {money("5 EUR")}


@pytest.mark.parametrize("points", [-1, 0, 1, 401])
async def test_impossible_number_of_points_is_refused(
    books: Books, points: int
) -> None:
    with pytest.raises(InvalidInput, match="2 to 400"):
        await ask(books.actor, net_worth_series, period=month_of(LAST), points=points)


async def test_category_and_foreign_account_have_no_curve(
    books: Books, stranger: Books
) -> None:
    theirs, food = await stranger.open("Bank"), await books.category("Food")
    for id_ in (theirs.id, food):
        with pytest.raises(NotFound):
            await ask(books.actor, account_curve, id_, period=month_of(LAST))


async def test_empty_books_have_no_curve(books: Books) -> None:
    series = await ask(books.actor, net_worth_series, period=month_of(LAST))
    assert (series.curves, series.unconverted) == ((), ())
    assert {point.balance for point in series.together.points} == {money("0 EUR")}


async def test_each_point_of_all_together_is_at_the_rate_of_its_day(
    books: Books,
) -> None:
    """
    2026-01-01  open  Bank     100.00 EUR
    2026-01-01  open  Dollars   50.00 USD   0.80 €, from 11 November 0.50 €
    2026-11-12  open  Liras     46.00 TRY   nobody knows
    """
    await books.open("Bank", "100 EUR")
    await books.open("Dollars", "50 USD")
    await books.open("Liras", "46 TRY", on=date(2026, 11, 12))
    early, late = date(2026, 11, 10), date(2026, 11, 11)
    await observe(books.home, "EUR", {date(2026, 1, 1): "0.80", late: "0.50"})
    period = Period(early, date(2026, 11, 14))
    series = await ask(books.actor, net_worth_series, period=period)
    assert [point.balance for point in series.together.points] == [
        money("140 EUR"),
        money("125 EUR"),
        money("125 EUR"),
        money("125 EUR"),
    ]
    assert series.unconverted == ("TRY",)
    assert series.left_out == (LeftOut("TRY", None),)


async def test_currency_says_from_which_point_on_it_is_counted(books: Books) -> None:
    """
    2026-01-01  open  Liras  46.00 TRY   known from 10 November on
    """
    await books.open("Liras", "46 TRY")
    known = date(2026, 11, 10)
    for code in ("TRY", "EUR"):
        await observe(books.home, code, {known: "1"})
    for first, on in ((date(2026, 11, 1), known), (date(2026, 3, 1), LAST)):
        period = Period(first, date(2026, 11, 19))
        series = await ask(books.actor, net_worth_series, period=period)
        assert series.left_out == (LeftOut("TRY", on),)
        assert series.together.points[-1].balance == money("46 EUR")
    after = Period(known, date(2026, 11, 19))
    assert (await ask(books.actor, net_worth_series, period=after)).left_out == ()
