"""Slots are the same for everybody and come once each, whatever clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.jobs import Rhythm, daily, every

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
RHYTHMS = st.sampled_from([every(seconds=10), every(minutes=5), every(hours=1)])
INSTANTS = st.timedeltas(timedelta(days=-9000), timedelta(days=20000)).map(
    lambda span: NOON + span
)


@given(RHYTHMS | st.just(daily("03:10")), INSTANTS)
def test_each_instant_lies_between_its_slot_and_the_next(
    rhythm: Rhythm, now: datetime
) -> None:
    slot, following = rhythm.slot_at(now), rhythm.next_after(now)
    assert slot <= now < following == slot + rhythm.every
    assert rhythm.slot_at(slot) == slot


@pytest.mark.parametrize(
    ("rhythm", "slot"),
    [
        (every(hours=1), NOON),
        (every(minutes=5), NOON + timedelta(minutes=55)),
        (daily("03:10"), NOON - timedelta(hours=8, minutes=50)),
        (daily("23:59"), NOON - timedelta(hours=12, minutes=1)),
    ],
)
def test_slots_stand_at_the_times_of_the_timetable(
    rhythm: Rhythm, slot: datetime
) -> None:
    assert rhythm.slot_at(NOON + timedelta(minutes=59)) == slot


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)]
)
def test_no_slot_comes_twice_or_never_when_clocks_change(day: date, hours: int) -> None:
    """Two o'clock comes twice on the autumn night in Berlin, and not in spring."""
    midnight = datetime.combine(day, time(), BERLIN).astimezone(UTC)
    minutes = [midnight + timedelta(minutes=m) for m in range(hours * 60)]
    assert [m.astimezone(BERLIN).date() for m in (minutes[0], minutes[-1])] == [day] * 2
    hourly = {every(hours=1).slot_at(minute) for minute in minutes}
    nightly = {daily("00:30").slot_at(minute) for minute in minutes}
    assert len(hourly) == hours
    assert len({slot for slot in nightly if slot >= midnight}) == 1
