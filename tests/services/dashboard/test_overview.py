"""The dashboard: each figure with its sign, its days and its currency."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from fintrack.core.chart import AccountType, Kind
from fintrack.core.entries import Entry, pay, transfer
from fintrack.core.errors import InvalidInput
from fintrack.core.period import Period, month_of
from fintrack.services.commands import ask, perform
from fintrack.services.dashboard.overview import DashboardView, build_dashboard
from fintrack.services.first_run import Beginning, Start, start_with
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.categories import (
    NewCategory,
    add_category,
    list_categories,
)
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import Books, money

TODAY = date(2026, 11, 18)
NOVEMBER = month_of(TODAY)


async def _view(
    books: Books, *, period: Period = NOVEMBER, as_of: date = TODAY
) -> DashboardView:
    return await ask(books.actor, build_dashboard, period=period, as_of=as_of)


async def _earn(books: Books, account: int, category: int, on: date, sum_: str) -> None:
    got = money(sum_)
    await books.record(Entry(on, pay(account, got, ((category, got),))))


async def test_income_spending_and_transfers_have_their_signs(books: Books) -> None:
    """
    2026-01-01  open      Bank       100.00 EUR
    2026-11-02  Salary    Bank     2,000.00 EUR
    2026-11-03  Food      Bank       -30.00 EUR
    2026-11-04  transfer  Bank      -500.00 EUR   Savings
    2026-11-05  void      Bank      -999.00 EUR   Food
    """
    bank, savings = await books.open("Bank", "100 EUR"), await books.open("Savings")
    salary = await books.category("Salary", "income")
    food = await books.category("Food")
    await _earn(books, bank.id, salary, date(2026, 11, 2), "2000 EUR")
    await books.spend(bank.id, food, "30 EUR", date(2026, 11, 3))
    sent = money("500 EUR")
    moved = transfer(bank.id, savings.id, sent, sent)
    await books.record(Entry(date(2026, 11, 4), moved))
    wrong = await books.spend(bank.id, food, "999 EUR", date(2026, 11, 5))
    mark = TransactionMark(wrong.value.id, wrong.value.version)
    await perform(books.actor, void_transaction, mark)

    view = await _view(books)
    (worth,) = view.net_worth
    assert (worth.total, worth.change) == (money("2070 EUR"), money("1970 EUR"))
    (flow,) = view.cash_flow
    assert flow.now.came_in == money("2000 EUR")
    assert flow.now.went_out == money("30 EUR")
    assert flow.now.left == worth.change
    assert [f.left.minor for f in flow.before] == [0] * 5
    assert [f.period.start.month for f in flow.before] == [6, 7, 8, 9, 10]
    assert [(s.name, s.spent) for s in view.spending] == [("Food", money("30 EUR"))]
    assert [t.on_date.day for t in view.recent] == [4, 3, 2, 1]


async def test_opening_balance_is_net_worth_but_no_cash_flow(books: Books) -> None:
    """2026-11-01  open  Bank  100.00 EUR"""
    await books.open("Bank", "100 EUR", on=NOVEMBER.start)
    view = await _view(books)
    assert view.net_worth[0].change == money("100 EUR")
    assert view.cash_flow == ()


async def test_currencies_stand_apart_and_unknown_rates_are_counted(
    books: Books,
) -> None:
    """
    2026-01-01  open      Bank      100.00 EUR
    2026-01-01  open      Card      -40.00 EUR
    2026-11-02  exchange  Bank      -50.00 EUR   Liras 2,300.00 TRY
    2026-01-01  open      Dollars     7.00 USD
    """
    bank = await books.open("Bank", "100 EUR")
    await books.open("Card", "-40 EUR", kind=AccountType.CREDIT_CARD)
    liras = await books.open("Liras", "0 TRY")
    await books.open("Dollars", "7 USD")
    parts = transfer(bank.id, liras.id, money("50 EUR"), money("2300 TRY"))
    await books.record(Entry(date(2026, 11, 2), parts))

    view = await _view(books)
    euro, lira, dollar = view.net_worth
    assert (euro.owned, euro.owed) == (money("50 EUR"), money("-40 EUR"))
    assert (euro.total, euro.change) == (money("10 EUR"), money("-50 EUR"))
    assert (lira.total, dollar.total) == (money("2300 TRY"), money("7 USD"))
    assert view.cash_flow == ()
    assert view.together.net_worth == euro
    assert view.together.unconverted == (money("2300 TRY"), money("7 USD"))


async def test_tomorrow_is_not_in_what_stands_today(books: Books) -> None:
    """
    2026-11-18  Food  Bank  -1.00 EUR
    2026-11-19  Food  Bank  -2.00 EUR
    """
    bank, food = await books.open("Bank"), await books.category("Food")
    await books.spend(bank.id, food, "1 EUR", TODAY)
    await books.spend(bank.id, food, "2 EUR", TODAY + timedelta(1))
    view = await _view(books)
    assert view.balances_on == TODAY
    assert view.accounts[0].balance == money("-1 EUR")
    assert view.cash_flow[0].now.went_out == money("1 EUR")
    assert view.attention.overdrawn == view.accounts


async def test_period_that_is_over_stands_at_its_end(books: Books) -> None:
    """
    2026-10-31  Food  Bank  -1.00 EUR
    2026-11-01  Food  Bank  -2.00 EUR
    """
    bank, food = await books.open("Bank", "10 EUR"), await books.category("Food")
    await books.spend(bank.id, food, "1 EUR", date(2026, 10, 31))
    await books.spend(bank.id, food, "2 EUR", date(2026, 11, 1))
    view = await _view(books, period=NOVEMBER.previous())
    assert view.balances_on == date(2026, 10, 31)
    assert view.net_worth[0].total == money("9 EUR")
    assert view.cash_flow[0].now.went_out == money("1 EUR")
    assert view.recent[0].on_date == date(2026, 10, 31)


async def test_period_that_has_not_begun_has_moved_nothing(books: Books) -> None:
    bank, food = await books.open("Bank", "10 EUR"), await books.category("Food")
    await books.spend(bank.id, food, "1 EUR", date(2026, 12, 5))
    view = await _view(books, period=NOVEMBER.next())
    assert view.net_worth[0].total == money("10 EUR")
    assert view.net_worth[0].change == money("0 EUR")
    assert view.cash_flow == ()


async def test_months_that_start_on_the_25th(books: Books) -> None:
    """
    2026-10-24  Food  Bank  -1.00 EUR
    2026-10-25  Food  Bank  -2.00 EUR
    """
    bank, food = await books.open("Bank", "10 EUR"), await books.category("Food")
    await books.spend(bank.id, food, "1 EUR", date(2026, 10, 24))
    await books.spend(bank.id, food, "2 EUR", date(2026, 10, 25))
    view = await _view(books, period=month_of(TODAY, month_start=25))
    (flow,) = view.cash_flow
    assert flow.now.went_out == money("2 EUR")
    assert flow.before[-1].went_out == money("1 EUR")


async def test_usual_is_the_average_of_three_months_up_to_the_same_day(
    books: Books,
) -> None:
    """
    2026-08-18  Food  Bank  -30.00 EUR
    2026-08-19  Food  Bank  -99.00 EUR
    2026-09-01  Food  Bank  -20.00 EUR
    2026-11-18  Food  Bank   -5.00 EUR
    """
    bank, food = await books.open("Bank", "1 EUR"), await books.category("Food")
    await books.spend(bank.id, food, "30 EUR", date(2026, 8, 18))
    await books.spend(bank.id, food, "99 EUR", date(2026, 8, 19))
    await books.spend(bank.id, food, "20 EUR", date(2026, 9, 1))
    await books.spend(bank.id, food, "5 EUR", TODAY)
    (spent,) = (await _view(books)).spending
    assert (spent.spent, spent.usual) == (money("5 EUR"), money("16.67 EUR"))


async def test_usual_counts_no_month_from_before_the_books(books: Books) -> None:
    """
    2026-10-01  open  Bank  100.00 EUR
    2026-10-05  Food  Bank  -30.00 EUR
    """
    bank = await books.open("Bank", "100 EUR", on=date(2026, 10, 1))
    food = await books.category("Food")
    await books.spend(bank.id, food, "30 EUR", date(2026, 10, 5))
    (spent,) = (await _view(books)).spending
    assert (spent.spent, spent.usual) == (money("0 EUR"), money("30 EUR"))
    (october,) = (await _view(books, period=NOVEMBER.previous())).spending
    assert october.usual is None


async def test_children_are_rolled_up_and_the_largest_comes_first(
    books: Books,
) -> None:
    bank, food = await books.open("Bank"), await books.category("Food")
    rent, tea = await books.category("Rent"), NewCategory("Tea", Kind.EXPENSE, food)
    child = (await perform(books.actor, add_category, tea)).value.id
    await books.spend(bank.id, food, "10 EUR", TODAY)
    await books.spend(bank.id, child, "15 EUR", TODAY)
    await books.spend(bank.id, rent, "20 EUR", TODAY)
    spending = (await _view(books)).spending
    assert [(s.category_id, s.spent) for s in spending] == [
        (food, money("25 EUR")),
        (rent, money("20 EUR")),
    ]


async def test_closed_account_is_shown_until_its_day(books: Books) -> None:
    bank = await books.open("Bank")
    mark = AccountMark(bank.id, bank.version)
    await perform(books.actor, close_account, mark, date(2026, 11, 10))
    assert (await _view(books)).accounts == ()
    before = await _view(books, as_of=date(2026, 11, 9))
    assert [account.name for account in before.accounts] == ["Bank"]


async def test_what_has_no_category_and_what_waits_is_counted(books: Books) -> None:
    bank = await books.open("Bank", "100 EUR")
    assert books.actor.ledger_id is not None
    insert = (
        "INSERT INTO import_preview (ledger_id, person_id, account_id, filename, blob, "
        "mapping, decisions, created_at, expires_at) VALUES (:ledger, :person, "
        ":account, 'a.csv', 'x', '{}', CAST(:decisions AS jsonb), :now, "
        "CAST(:now AS timestamptz) + :span)"
    )
    async with books.home.unit_of_work() as session:
        for span, decisions in (
            (timedelta(hours=1), "{}"),
            (timedelta(hours=-1), "{}"),
            (timedelta(hours=1), '{"rows": {}, "import_id": 7}'),  # It had its yes.
        ):
            values = {
                "ledger": books.actor.ledger_id,
                "person": books.actor.person_id,
                "account": bank.id,
                "now": books.home.clock(),
                "span": span,
                "decisions": decisions,
            }
            await session.execute(text(insert), values)
    await perform(books.actor, start_with, Start(Beginning.IMPORT, TODAY, "en"))
    categories = await ask(books.actor, list_categories)
    (last,) = (c for c in categories if c.uncategorised and c.kind == Kind.EXPENSE)
    await books.spend(bank.id, last.id, "1 EUR", TODAY)
    view = await _view(books)
    assert (view.attention.uncategorised, view.attention.previews) == (1, 1)
    assert view.attention.overdrawn == ()
    assert view.spending[0].uncategorised


async def test_empty_books_have_an_empty_dashboard(books: Books) -> None:
    view = await _view(books)
    assert (view.net_worth, view.cash_flow, view.spending) == ((), (), ())
    assert (view.accounts, view.recent) == ((), ())


async def test_stranger_sees_nothing_of_it(books: Books, stranger: Books) -> None:
    await books.open("Bank", "100 EUR")
    assert (await _view(stranger)).net_worth == ()


async def test_period_of_centuries_is_refused(books: Books) -> None:
    century = Period(date(1900, 1, 1), date(2000, 1, 1))
    assert (await _view(books, period=century)).cash_flow == ()
    with pytest.raises(InvalidInput, match="hundred years"):
        await _view(books, period=Period(date(1900, 1, 1), date(3000, 1, 1)))
