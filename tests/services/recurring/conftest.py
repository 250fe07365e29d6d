import pytest

from tests.books import Books
from tests.conftest import Clock
from tests.services.recurring.house import House


@pytest.fixture
async def house(books: Books, clock: Clock) -> House:
    bank = await books.open("Bank")
    savings = await books.open("Savings")
    rent = await books.category("Rent")
    salary = await books.category("Salary", "income")
    return House(books, clock, bank.id, savings.id, rent, salary)
