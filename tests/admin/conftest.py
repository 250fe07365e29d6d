"""Who works in the staff area."""

import pytest

from fintrack.core.actor import Role
from fintrack.services.database import Database
from tests.books import Books, make_person
from tests.services.staff.fresh import make_staff


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_staff(home, "root@example.org")


@pytest.fixture
async def support(home: Database) -> Books:
    return await make_person(home, "help@example.org", Role.SUPPORT)
