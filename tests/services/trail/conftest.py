import pytest

from fintrack.services.database import Database
from tests.services.trail.log_rows import Log


@pytest.fixture
async def log(home: Database) -> Log:
    """LogDB of the same home, there from the start for whoever asks by its name."""
    async with home.log.connect():
        return Log(home)
