"""Health tells of each part, also while one does not answer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fintrack.core.actor import Role
from fintrack.core.errors import NotAllowed
from fintrack.core.rate_limits import Kind
from fintrack.services import database
from fintrack.services.checks import Finding
from fintrack.services.commands import ask
from fintrack.services.database import Database
from fintrack.services.jobs import timetable
from fintrack.services.last_check import BrokenBooks, keep_check
from fintrack.services.rate_limiter import Counting, RateLimiter
from fintrack.services.staff.health import find_health, watch_folder, watch_limiter
from tests.books import Books, make_person
from tests.services.jobs.counting import JOBS

AT = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_person(home, "root@example.org", Role.ADMIN)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[None]:
    watch_folder(tmp_path)
    yield
    watch_folder(None)


@pytest.mark.usefixtures("watched")
async def test_parts_that_do_well_are_measured(admin: Books) -> None:
    timetable.install(())  # who imports the application installs all of its jobs
    health = await ask(admin.actor, find_health)
    assert health.main_bytes > 1_000_000
    assert health.log_bytes
    assert health.disk
    assert 0 < health.disk.free < health.disk.total
    assert (health.late, health.failing, health.mail.waiting) == ((), (), 0)


@pytest.mark.usefixtures("watched")
async def test_books_that_the_last_check_found_broken_are_told(
    admin: Books, tmp_path: Path
) -> None:
    assert (await ask(admin.actor, find_health)).broken is None
    keep_check(tmp_path, AT, [Finding("I1", "transactions", 2)])
    health = await ask(admin.actor, find_health)
    assert health.broken == BrokenBooks(AT, 2)


async def test_jobs_that_are_late_are_named(admin: Books) -> None:
    timetable.install(JOBS)
    health = await ask(admin.actor, find_health)
    timetable.install(())
    assert health.late == tuple(job.name for job in JOBS)


async def test_log_database_that_is_away_is_told(admin: Books, home: Database) -> None:
    broken = database.connect(
        home.main.url.render_as_string(hide_password=False),
        "postgresql+psycopg://nobody@127.0.0.1:1/none",
        home.clock,
    )
    database.install(replace(home, log=broken.log))
    health = await ask(admin.actor, find_health)
    database.install(home)
    await broken.dispose()
    assert health.log_bytes is None


async def test_limiter_that_cannot_count_is_told(admin: Books, home: Database) -> None:
    limiter = RateLimiter.of("redis://127.0.0.1:1", home.clock)
    watch_limiter(limiter)
    await limiter.check(Kind.EVENT, address="203.0.113.1")
    health = await ask(admin.actor, find_health)
    watch_limiter(None)
    await limiter.close()
    assert health.counting is Counting.AWAY


@pytest.mark.parametrize("role", [Role.USER, Role.SUPPORT])
async def test_health_is_the_business_of_admins(home: Database, role: Role) -> None:
    somebody = await make_person(home, "eve@example.org", role)
    with pytest.raises(NotAllowed):
        await ask(somebody.actor, find_health)
