"""The health of rates in sentences."""

from dataclasses import replace
from datetime import timedelta

import pytest

from admin.state.rate_health_rows import rate_parts
from fintrack.services.rates.health import RateHealth
from fintrack.services.rates.overseeing import SourceView
from tests.admin.test_rate_rows import NOW, READER, ROW, VIEW

HEALTH = RateHealth(sources=(VIEW, VIEW), newest_at=NOW, jumps=0, at=NOW)
FAULTY = replace(VIEW, row=replace(ROW, failures=1, error="timed-out"))
RESTING = replace(FAULTY, rests_until=NOW)
NEVER = replace(VIEW, row=replace(ROW, checked_at=None, fetched_at=None))
OLD = NOW - timedelta(days=3)


def test_sources_that_do_well_tell_the_newest_rate() -> None:
    (row,) = rate_parts(HEALTH, READER)
    assert (row.says, row.fix) == ("The newest rate is of Today, 12:00.", "")


@pytest.mark.parametrize(
    ("sources", "standing", "says"),
    [
        ((VIEW, FAULTY), "Look soon", "did not answer in time. The newest"),
        ((FAULTY, RESTING), "Act now", "It is left alone until Today, 12:00."),
    ],
)
def test_source_that_fails_is_named_with_its_fault(
    sources: tuple[SourceView, ...], standing: str, says: str
) -> None:
    (row,) = rate_parts(replace(HEALTH, sources=sources), READER)
    assert (row.standing, row.remedy) == (standing, "rates")
    assert "European Central Bank: The source did not" in row.says
    assert says in row.says
    assert row.fix


def test_old_rates_are_a_fault_once_all_sources_were_asked() -> None:
    (row,) = rate_parts(replace(HEALTH, newest_at=OLD), READER)
    assert (row.standing, row.remedy) == ("Look soon", "rates")
    (row,) = rate_parts(replace(HEALTH, sources=(NEVER,), newest_at=OLD), READER)
    assert row.fix == ""


def test_house_that_fetches_nothing_has_no_fault() -> None:
    (row,) = rate_parts(replace(HEALTH, sources=(), newest_at=None), READER)
    assert row.says == "They are not fetched here. No rate is known yet."
    assert row.fix == ""


def test_jumps_that_wait_are_a_row_of_their_own() -> None:
    _, row = rate_parts(replace(HEALTH, jumps=2), READER)
    assert row.says.startswith("The rates of 2 currencies jumped")
    assert (row.standing, row.remedy) == ("Look soon", "")
