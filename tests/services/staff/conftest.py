import pytest

from fintrack.services.database import Database
from tests.services.trail.log_rows import Log


@pytest.fixture
def log(home: Database) -> Log:
    """LogDB of the same home."""
    return Log(home)
