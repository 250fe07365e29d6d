"""Backups are made at the hour that is set, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from fintrack.core.settings import Settings
from fintrack.jobs.schedule import build_timetable
from fintrack.services.backups.keeping import MAKE, make_nightly

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(("hour", "first"), [(3, 30), (0, 30), (23, 29)])
def test_backup_is_made_at_its_hour(hour: int, first: int) -> None:
    (job,) = (job for job in build_timetable("off", 60, hour) if job.name == MAKE)
    assert job.rhythm.next_after(NOON) == NOON.replace(day=first, hour=hour)
    assert job.run is make_nightly
    assert job.catch_up
    assert job.limit > timedelta(hours=1)


def test_no_backup_is_made_where_none_is_wanted() -> None:
    assert MAKE not in {job.name for job in build_timetable("off", 60)}


def test_backups_are_made_at_three_unless_somebody_says_otherwise() -> None:
    settings = Settings.model_fields
    assert (settings["backups"].default, settings["backup_hour"].default) == (True, 3)
