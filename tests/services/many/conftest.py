"""The shelf that every test of this folder works on."""

import pytest

from tests.books import Books
from tests.services.many.shelf import Shelf, fill


@pytest.fixture
async def shelf(books: Books) -> Shelf:
    return await fill(books)
