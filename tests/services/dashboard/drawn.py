"""Books drawn from a seed: several currencies, splits, exchanges, voided ones."""

from datetime import date, timedelta
from random import Random

from fintrack.core.chart import AccountType
from fintrack.core.entries import Entry, Part, pay, transfer
from fintrack.core.money import Money
from fintrack.services.commands import perform
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import Books

FIRST, LAST = date(2025, 12, 3), date(2026, 11, 18)
OPENED = (
    ("Bank", "250 EUR", AccountType.CHECKING),
    ("Purse", "40 EUR", AccountType.CASH),
    ("Card", "-75 EUR", AccountType.CREDIT_CARD),
    ("Dollars", "10 USD", AccountType.SAVINGS),
    ("Liras", "0 TRY", AccountType.CHECKING),
)


async def draw_books(books: Books, seed: int, *, size: int = 45) -> None:
    chance = Random(seed)  # noqa: S311 - books to compare, no secrets
    places = [
        await books.open(name, opening, kind=kind, on=_day(chance))
        for name, opening, kind in OPENED
    ]
    salary = await books.category("Salary", "income")
    food, rent = await books.category("Food"), await books.category("Rent")
    for number in range(size):
        one, other = chance.sample(places, 2)
        money = Money(chance.randrange(1, 9_999), one.currency)
        parts: tuple[Part, ...]
        match number % 4:
            case 0:
                half = Money(money.minor // 2, one.currency)
                parts = pay(one.id, -money, ((food, half), (rent, money - half)))
            case 1:
                parts = pay(one.id, money, ((salary, money),))
            case 2:
                received = Money(chance.randrange(1, 999), other.currency)
                same = one.currency == other.currency
                parts = transfer(one.id, other.id, money, money if same else received)
            case _:
                parts = pay(one.id, -money, ((food, money),))
        done = await books.record(Entry(_day(chance), parts))
        if chance.randrange(6) == 0:
            mark = TransactionMark(done.value.id, done.value.version)
            await perform(books.actor, void_transaction, mark)


def _day(chance: Random) -> date:
    """Any day, and the edges of months more often."""
    day = FIRST + timedelta(chance.randrange((LAST - FIRST).days + 1))
    return chance.choice((day, day, day.replace(day=1), day.replace(day=28)))
