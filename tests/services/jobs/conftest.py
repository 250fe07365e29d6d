"""A timetable of jobs that only count."""

from collections.abc import Iterator

import pytest

from fintrack.services.jobs import timetable
from tests.services.jobs.counting import JOBS


@pytest.fixture
def installed() -> Iterator[None]:
    timetable.install(JOBS)
    yield
    timetable.install(())
