"""The timetable of the process is found by name."""

import pytest

from fintrack.core.errors import NotFound
from fintrack.services.jobs import timetable
from tests.services.jobs.counting import HOURLY, JOBS


def test_nothing_runs_where_no_timetable_is_installed() -> None:
    assert timetable.current() == ()


@pytest.mark.usefixtures("installed")
def test_job_is_found_by_its_name() -> None:
    assert timetable.current() == JOBS
    assert timetable.find_job("test.hourly") is HOURLY
    with pytest.raises(NotFound):
        timetable.find_job("test.other")
