import pytest

from tests.books import Books
from tests.services.reconciling.house import Desk


@pytest.fixture
async def desk(books: Books) -> Desk:
    cash = await books.open("Cash", "100 EUR")
    return Desk(books, cash.id, await books.category("Food"))
