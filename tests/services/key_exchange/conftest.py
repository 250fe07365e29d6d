from pathlib import Path

import pytest

from fintrack.services.database import Database
from tests.conftest import Clock
from tests.services.key_exchange.household import Household, furnish


@pytest.fixture
async def house(home: Database, clock: Clock, tmp_path: Path) -> Household:
    """One of each secret, under the key of a file."""
    return await furnish(home, clock, tmp_path)
