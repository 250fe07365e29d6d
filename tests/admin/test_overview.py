"""One row for each part, and a fix for each fault."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from admin.pages.overview import overview
from admin.state.health_rows import GIGABYTE, health_rows
from admin.state.overview import OverviewState
from fintrack.core.actor import Role
from fintrack.core.errors import Problem
from fintrack.core.jobs import Job, Outcome, daily, every
from fintrack.core.rate_faults import TimedOut
from fintrack.core.rate_runs import Source
from fintrack.jobs.schedule import build_timetable
from fintrack.services.backups import keeping
from fintrack.services.backups.keeping import Latest
from fintrack.services.commands import ask
from fintrack.services.jobs import runs, timetable
from fintrack.services.last_check import BrokenBooks
from fintrack.services.mail import transport
from fintrack.services.mail.listing import OutboxHealth
from fintrack.services.mail.sending import send_letters
from fintrack.services.mail.transport import Fate
from fintrack.services.rate_limiter import Counting
from fintrack.services.rates import fetching, source_rows
from fintrack.services.rates.feeds.coin_paprika import CoinPaprika
from fintrack.services.rates.fetching import Fetching
from fintrack.services.staff.health import (
    BackupHealth,
    Disk,
    Health,
    find_health,
    watch_folder,
)
from fintrack.services.trail.health import TrailHealth
from fintrack.services.trail.proving import Finding
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.starting_over import Acknowledgement, Loss
from fintrack.state.amounts import Reader
from tests.books import Books
from tests.conftest import Clock
from tests.services.jobs.counting import HOURLY
from tests.services.mail.bag import Bag
from tests.services.mail.letters import queue_welcome
from tests.state.desk import sit_down

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
FAILED = TrailHealth(
    unshipped=2,
    oldest_at=None,
    position=0,
    shipped_at=None,
    writes_apart=True,
    head_position=0,
    head_at=None,
    error="OperationalError",
    failed_at=None,
)
OLD = replace(FAILED, error="", oldest_at=LONG_AGO)
BROKEN = replace(FAILED, is_broken=True)
NOT_APART = replace(FAILED, error="", position=7, writes_apart=False)
LOST = replace(FAILED, error="", losses=(Loss(5, LONG_AGO, 7),))
FOUND = replace(
    FAILED,
    is_broken=True,
    finding=Finding(LONG_AGO, Problem("Row {row} was changed.", "", (("row", "300"),))),
)
ROOM = Disk(free=50 * GIGABYTE, total=100 * GIGABYTE)


def aged(*, has_failed: bool = False, **age: int) -> BackupHealth:
    made_at = Clock().now - timedelta(**age)
    return BackupHealth(Latest(made_at, 3 * 10**6), has_failed)


@pytest.fixture
async def page(admin: Books) -> OverviewState:
    # Other tests import the wiring, which has a folder watched and jobs to be run.
    watch_folder(None)
    timetable.install(())
    await ship_trail()
    return await (await sit_down(admin)).state(OverviewState)


@pytest.fixture
async def well(admin: Books) -> Health:
    await ship_trail()
    return replace(await ask(admin.actor, find_health), disk=ROOM)


async def test_house_that_is_well_has_nothing_to_fix(page: OverviewState) -> None:
    await page.load()
    assert [part.name for part in page.parts] == [
        "Main database",
        "Log database",
        "Trail",
        "Jobs",
        "Rates",
        "Mail",
    ]
    assert {(part.fix, part.standing) for part in page.parts} == {("", "Well")}


@pytest.mark.parametrize(
    ("fault", "name", "standing", "remedy"),
    [
        ({"broken": BrokenBooks(LONG_AGO, 1)}, "Books", "Act now", ""),
        ({"broken": BrokenBooks(LONG_AGO, 3)}, "Books", "Act now", ""),
        ({"log_bytes": None}, "Log database", "Act now", ""),
        ({"trail": FAILED}, "Trail", "Act now", "trail"),
        ({"trail": BROKEN}, "Trail", "Act now", ""),
        ({"trail": FOUND}, "Trail", "Act now", ""),
        ({"trail": OLD}, "Trail", "Look soon", "trail"),
        ({"trail": NOT_APART}, "Trail", "Look soon", ""),
        ({"trail": LOST}, "Lost trail", "Look soon", ""),
        ({"disk": Disk(GIGABYTE - 1, 100 * GIGABYTE)}, "Disk", "Act now", ""),
        ({"disk": Disk(4 * GIGABYTE, 100 * GIGABYTE)}, "Disk", "Look soon", ""),
        ({"counting": Counting.AWAY}, "Request limits", "Act now", ""),
        ({"late": ("mail.send",)}, "Jobs", "Look soon", "jobs"),
        ({"failing": ("mail.send",)}, "Jobs", "Act now", "jobs"),
        ({"mail": OutboxHealth(1, None, 2)}, "Mail", "Act now", "mail"),
        ({"mail": OutboxHealth(1, LONG_AGO, 0)}, "Mail", "Look soon", "mail"),
        ({"mail": OutboxHealth(1, Clock().now, 0, 3)}, "Mail", "Look soon", "mail"),
        ({"backup": BackupHealth(Latest())}, "Backups", "Look soon", "backup"),
        ({"backup": aged(hours=27)}, "Backups", "Look soon", "backup"),
        ({"backup": aged(days=4)}, "Backups", "Act now", "backup"),
        ({"backup": aged(has_failed=True)}, "Backups", "Act now", "backup"),
    ],
)
def test_each_fault_has_a_sentence_and_a_fix(
    well: Health, fault: dict[str, Any], name: str, standing: str, remedy: str
) -> None:
    rows = health_rows(replace(well, **fault), Reader())
    (row,) = [part for part in rows if part.fix]
    assert (row.name, row.standing, row.remedy) == (name, standing, remedy)
    assert row.says
    assert bool(row.label) is bool(row.remedy or row.url)


@pytest.mark.parametrize(
    ("counting", "says"),
    [
        (Counting.HERE, "This process counts them in its memory."),
        (Counting.TOGETHER, "They are counted in Redis."),
        (Counting.OFF, "Requests are not counted here."),
    ],
)
def test_house_that_counts_requests_says_where(
    well: Health, counting: Counting, says: str
) -> None:
    rows = health_rows(replace(well, counting=counting), Reader())
    (row,) = [part for part in rows if part.name == "Request limits"]
    assert (row.says, row.fix, row.standing) == (says, "", "Well")


def test_row_that_a_verification_found_is_named_with_what_to_do(well: Health) -> None:
    rows = health_rows(replace(well, trail=FOUND), Reader())
    (row,) = [part for part in rows if part.name == "Trail"]
    assert row.says.startswith("Row 300 was changed. The verification of ")
    assert "Copy both databases" in row.fix


def test_loss_is_acknowledged_with_its_own_number(well: Health) -> None:
    rows = health_rows(replace(well, trail=LOST), Reader())
    (row,) = [part for part in rows if part.url]
    assert row.url == "/api/v1/staff/trail/losses/5/acknowledge"


def test_acknowledged_loss_names_who_knows_and_asks_for_nothing(well: Health) -> None:
    known = Loss(5, LONG_AGO, 7, Acknowledgement("root@example.org", LONG_AGO))
    losses = (known, Loss(8, LONG_AGO, 2))
    rows = health_rows(replace(well, trail=replace(LOST, losses=losses)), Reader())
    told, shouted = (part for part in rows if part.name == "Lost trail")
    assert "7 rows are lost" in told.says
    assert "root@example.org" in told.says
    assert (told.fix, told.label, told.standing) == ("", "", "Acknowledged")
    assert (shouted.standing, bool(shouted.url)) == ("Look soon", True)


def test_error_of_the_relay_is_named(well: Health) -> None:
    rows = health_rows(replace(well, trail=FAILED), Reader())
    assert any("OperationalError" in row.says for row in rows)


def test_letter_that_waits_is_told_and_no_fault(well: Health, clock: Clock) -> None:
    mail = OutboxHealth(1, clock(), 0, 2)
    *_, row = health_rows(replace(well, mail=mail), Reader(today=clock().date()))
    assert row.says == "The oldest letter waits since Today, 12:00."
    assert row.fix == ""


def test_new_backup_is_told_and_no_fault(well: Health, clock: Clock) -> None:
    backup = aged(hours=25)
    *_, row = health_rows(replace(well, backup=backup), Reader(today=clock().date()))
    assert row.says == "The last one was made Yesterday, 11:00 and has 3 MB."
    assert row.fix == ""


async def test_backups_are_looked_at_where_some_are_made(
    admin: Books, tmp_path: Path, clock: Clock
) -> None:
    assert (await ask(admin.actor, find_health)).backup is None
    keeping.install(keeping.Place(tmp_path, tmp_path / "blobs"))
    timetable.install((Job(keeping.MAKE, daily("03:00"), keeping.make_nightly),))
    (tmp_path / keeping.name_at(clock())).write_bytes(b"backup")
    run_id = await runs.claim_slot(keeping.MAKE, clock())
    await runs.end_run(run_id or 0, Outcome.FAILED, "Unavailable")
    found = (await ask(admin.actor, find_health)).backup
    timetable.install(())
    keeping.install(None)
    assert found == BackupHealth(Latest(clock(), 6), has_failed=True)


async def test_backup_is_made_by_the_button(page: OverviewState) -> None:
    timetable.install((Job(keeping.MAKE, daily("03:00"), keeping.make_nightly),))
    await page.mend("backup")
    assert [name for _, name in await runs.find_waiting()] == ["backups.make"]
    timetable.install(())


async def test_letters_are_tried_again_by_the_button(
    page: OverviewState, admin: Books
) -> None:
    transport.install(Bag(fates={"eve@example.org": Fate.NEVER}))
    await queue_welcome(admin.home, "eve@example.org")
    await send_letters()
    await page.load()
    assert page.parts[-1].remedy == "mail"
    await page.mend("mail")
    assert page.notice.text == "One letter is tried again."
    assert page.parts[-1].remedy == ""


async def test_failing_job_is_run_by_the_button_once(
    page: OverviewState, clock: Clock
) -> None:
    timetable.install((HOURLY,))
    run_id = await runs.claim_slot(HOURLY.name, clock())
    await runs.end_run(run_id or 0, Outcome.FAILED, "TimeoutError")
    clock.advance(seconds=1)
    await page.load()
    assert [part.remedy for part in page.parts if part.fix] == ["jobs"]
    await page.mend("jobs")
    assert page.notice.text == "The job runs as soon as its turn comes."
    await page.mend("jobs")
    assert (page.notice.tone, len(await runs.find_waiting())) == ("done", 1)
    timetable.install(())


async def test_trail_is_shipped_by_the_button(page: OverviewState) -> None:
    timetable.install((Job("trail.ship", every(seconds=10), ship_trail),))
    await page.mend("trail")
    assert [name for _, name in await runs.find_waiting()] == ["trail.ship"]
    timetable.install(())


async def test_nobody_else_presses_a_button(support: Books) -> None:
    page = await (await sit_down(support)).state(OverviewState)
    await page.mend("mail")
    assert page.notice.tone == "bad"


async def test_support_is_told_nothing_of_the_machine(support: Books) -> None:
    page = await (await sit_down(support)).state(OverviewState)
    await page.load()
    assert page.parts == []


def test_support_is_shown_the_way_to_people() -> None:
    drawn = str(overview().render())
    _, _, for_support = drawn.partition(f"""(['"{Role.SUPPORT}"'],""")
    assert '"/admin/users"' in for_support.partition("'default'")[0]


async def test_source_that_fails_is_asked_by_the_button(
    page: OverviewState, admin: Books, clock: Clock
) -> None:
    coins = Source.COIN_PAPRIKA
    fetching.install(Fetching((CoinPaprika("http://127.0.0.1:9"),)))
    timetable.install(build_timetable("fetched", 60))
    async with admin.home.unit_of_work() as session:
        for _ in range(source_rows.MOST_FAILURES):
            await source_rows.note_failure(session, coins, TimedOut(), clock())
    await page.load()
    (row,) = [part for part in page.parts if part.remedy == "rates"]
    assert row.standing == "Act now"
    await page.mend("rates")
    timetable.install(())
    fetching.install(Fetching())
    assert page.notice.text == "The sources are asked as soon as their turn comes."
    (row,) = [part for part in page.parts if part.remedy == "rates"]
    assert "left alone" not in row.says
