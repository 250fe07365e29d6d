from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fintrack.services import database
from fintrack.services.database import Database
from tests.books import Books
from tests.conftest import Clock, TestServer
from tests.services.backups.house import House, empty_database, furnish


@pytest.fixture
async def house(books: Books, tmp_path: Path) -> AsyncIterator[House]:
    """Ada's books with two attachments and a signed trail, in a folder of her own."""
    async with furnish(books, tmp_path / "old") as made:
        yield made


@pytest.fixture
async def empty(server: TestServer, clock: Clock) -> AsyncIterator[Database]:
    """Two databases in which nothing is yet; ``house`` stays the one in use."""
    names = [empty_database(server) for _ in range(2)]
    main, log = map(server.url, names)
    opened = database.connect(main, log, clock)
    yield opened
    await opened.dispose()
    for name in names:
        server.drop(name)
