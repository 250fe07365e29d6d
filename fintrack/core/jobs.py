"""Jobs as values: what runs, in which rhythm, and how a run can end."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = timedelta(minutes=10)


class Outcome(StrEnum):
    """How a run stands."""

    WAITING = "waiting"  # a person asked for it
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # it raised, or took too long
    CUT_OFF = "cut-off"  # its process ended before it did
    SKIPPED = "skipped"  # its slot passed without a run


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Slots at equal distances, counted from the first instant of 1970 in UTC.

    So every process finds the same slots, and no night has one of them twice or not
    at all when clocks are put back or forward.
    """

    every: timedelta
    offset: timedelta = timedelta(0)

    @property
    def start(self) -> datetime:
        """The first slot of all."""
        return EPOCH + self.offset

    def slot_at(self, now: datetime) -> datetime:
        """The latest slot that is not after ``now``."""
        return self.start + (now - self.start) // self.every * self.every

    def next_after(self, now: datetime) -> datetime:
        """The first slot that is after ``now``."""
        return self.slot_at(now) + self.every


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable.

    ``run`` gives how many things it handled, or nothing. ``catch_up`` says what happens
    when nobody led at the time of a slot: the last missed one runs late, or it is
    skipped. A run that takes longer than ``limit`` is ended.
    """

    name: str
    rhythm: Rhythm
    run: Callable[[], Awaitable[int | None]]
    catch_up: bool = True
    limit: timedelta = LONGEST


def every(*, hours: int = 0, minutes: int = 0, seconds: int = 0) -> Rhythm:
    """At equal distances: ``every(minutes=5)`` is at 0:00, 0:05, … UTC."""
    return Rhythm(timedelta(hours=hours, minutes=minutes, seconds=seconds))


def daily(at: str) -> Rhythm:
    """Once a day: ``daily("03:10")`` is at ten past three UTC."""
    clock = time.fromisoformat(at)
    return Rhythm(timedelta(days=1), timedelta(hours=clock.hour, minutes=clock.minute))
