"""The timetable of this process, for the verbs that speak of jobs."""

from fintrack.core.errors import NotFound
from fintrack.core.jobs import Job


class _Installed:
    """The timetable; it is empty where nothing runs jobs."""

    jobs: tuple[Job, ...] = ()


def install(jobs: tuple[Job, ...]) -> None:
    """Makes ``jobs`` the timetable that ``current`` gives."""
    _Installed.jobs = jobs


def current() -> tuple[Job, ...]:
    """The installed timetable."""
    return _Installed.jobs


def find_job(name: str) -> Job:
    """The job of this name.

    Raises:
        NotFound: the timetable has no such job.
    """
    for job in current():
        if job.name == name:
            return job
    raise NotFound
