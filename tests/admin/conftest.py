"""Who works in the staff area."""

from collections.abc import Iterator

import pytest

from fintrack.core.actor import Role
from fintrack.services import session_directory
from fintrack.services.database import Database
from fintrack.services.session_directory import SessionDirectory
from tests.books import Books, make_person


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_person(home, "root@example.org", Role.ADMIN)


@pytest.fixture
async def support(home: Database) -> Books:
    return await make_person(home, "help@example.org", Role.SUPPORT)


@pytest.fixture
def directory() -> Iterator[SessionDirectory]:
    made = SessionDirectory()
    session_directory.install(made)
    yield made
    session_directory.install(None)
