"""The sums over a list: income and spending, by currency and by day."""

from datetime import date, timedelta

from fintrack.core.entries import Entry, pay, transfer
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.listing import Filter
from fintrack.services.ledger.totals import Flow, total_days, total_transactions
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import Books, money
from tests.services.rates.observing import observe

DAY = date(2026, 3, 5)


async def test_income_and_spending_are_summed_by_currency(
    books: Books, stranger: Books
) -> None:
    """
    2026-03-05  Salary   Bank   +100.00
    2026-03-05  Food     Bank    −30.00, money back +5.00
    2026-03-06  Food     Lira    −40.00 TRY
    2026-03-06  transfer Bank → Cash  20.00
    2026-03-06  Food     Bank     −9.00, void
    """
    bank, cash = await books.open("Bank"), await books.open("Cash")
    lira = await books.open("Lira", "0 TRY")
    food, salary = await books.category("Food"), await books.category("Pay", "income")
    came = pay(bank.id, money("100 EUR"), ((salary, money("100 EUR")),))
    back = pay(bank.id, money("5 EUR"), ((food, money("5 EUR")),))
    moved = transfer(bank.id, cash.id, money("20 EUR"), money("20 EUR"))
    await books.record(Entry(on_date=DAY, parts=came))
    await books.spend(bank.id, food, "30 EUR", DAY)
    await books.record(Entry(on_date=DAY, parts=back))
    await books.spend(lira.id, food, "40 TRY", DAY + timedelta(1))
    await books.record(Entry(on_date=DAY + timedelta(1), parts=moved))
    void = await books.spend(bank.id, food, "9 EUR", DAY + timedelta(1))
    mark = TransactionMark(void.value.id, void.value.version)
    await perform(books.actor, void_transaction, mark)

    totals = await ask(books.actor, total_transactions, Filter(), "EUR")
    assert totals.count == 5
    assert [(f.came_in, f.went_out) for f in totals.flows] == [
        (money("100 EUR"), money("25 EUR")),
        (money("0 TRY"), money("40 TRY")),
    ]
    assert totals.flows[0].left == money("75 EUR")
    days = await ask(books.actor, total_days, Filter())
    assert [(f.on_date, f.left) for f in days] == [
        (DAY, money("75 EUR")),
        (DAY + timedelta(1), money("-40 TRY")),
    ]
    nothing = await ask(stranger.actor, total_transactions, Filter(), "EUR")
    assert (nothing.count, nothing.flows) == (0, ())


async def test_view_has_its_sums_and_those_of_its_days_from_one_statement(
    books: Books,
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    for day in (DAY, DAY, DAY + timedelta(1)):
        await books.spend(cash.id, food, "2 EUR", day)
    totals = await ask(books.actor, total_transactions, Filter(), "EUR")
    assert totals.count == 3
    assert totals.days == await ask(books.actor, total_days, Filter())
    assert [flow.went_out for flow in totals.days] == [money("4 EUR"), money("2 EUR")]


async def test_only_the_wanted_share_of_a_split_counts(books: Books) -> None:
    cash, bank = await books.open("Cash"), await books.open("Bank")
    food, fun = await books.category("Food"), await books.category("Fun")
    shares = ((food, money("4 EUR")), (fun, money("6 EUR")))
    parts = pay(cash.id, money("-10 EUR"), shares)
    await books.record(Entry(on_date=DAY, parts=parts))
    wanted = Filter(account_ids=(cash.id,), category_ids=(food,))
    totals = await ask(books.actor, total_transactions, wanted, "EUR")
    assert (totals.count, totals.flows[0].went_out) == (1, money("4 EUR"))
    elsewhere = Filter(account_ids=(bank.id,), category_ids=(food,))
    assert (await ask(books.actor, total_transactions, elsewhere, "EUR")).count == 0


async def test_all_together_is_at_the_rate_of_each_day(books: Books) -> None:
    """
    2026-03-05  Food  Bank     −10.00 EUR
    2026-03-05  Food  Dollars   −8.01 USD   0.80 €
    2026-03-06  Food  Dollars   −8.01 USD   0.50 €
    2026-03-06  Food  Liras    −40.00 TRY   nobody knows
    """
    bank, food = await books.open("Bank"), await books.category("Food")
    dollars = await books.open("Dollars", "0 USD")
    liras = await books.open("Liras", "0 TRY")
    later = DAY + timedelta(1)
    await books.spend(bank.id, food, "10 EUR", DAY)
    await books.spend(dollars.id, food, "8.01 USD", DAY)
    await books.spend(dollars.id, food, "8.01 USD", later)
    await books.spend(liras.id, food, "40 TRY", later)
    await observe(books.home, "EUR", {DAY: "0.80", later: "0.50"})
    totals = await ask(books.actor, total_transactions, Filter(), "EUR")
    # 10.00 + 6.408 + 4.005, rounded once.
    assert totals.together == Flow(money("0 EUR"), money("20.41 EUR"))
    assert totals.unconverted == (Flow(money("0 TRY"), money("40 TRY")),)
