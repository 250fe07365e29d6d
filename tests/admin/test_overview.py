"""One row for each part, and a fix for each fault."""

from dataclasses import replace
from typing import Any

import pytest

from admin.state import overview
from admin.state.overview import GIGABYTE, OverviewState
from fintrack.services.commands import ask
from fintrack.services.mail.listing import OutboxHealth
from fintrack.services.staff.health import Disk, Health, find_health
from fintrack.services.trail.health import TrailHealth
from tests.books import Books
from tests.conftest import Clock
from tests.state.desk import sit_down

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
ROOM = Disk(free=50 * GIGABYTE, total=100 * GIGABYTE)


@pytest.fixture
async def page(admin: Books) -> OverviewState:
    return await (await sit_down(admin)).state(OverviewState)


@pytest.fixture
async def well(admin: Books) -> Health:
    return replace(await ask(admin.actor, find_health), disk=ROOM)


async def test_house_that_is_well_has_nothing_to_fix(page: OverviewState) -> None:
    await page.load()
    assert [part.name for part in page.parts] == [
        "Main database",
        "Log database",
        "Trail",
        "Jobs",
        "Mail",
    ]
    assert {(part.fix, part.standing) for part in page.parts} == {("", "Well")}


@pytest.mark.parametrize(
    ("fault", "name", "standing"),
    [
        ({"log_bytes": None}, "Log database", "Act now"),
        ({"trail": FAILED}, "Trail", "Act now"),
        ({"disk": Disk(GIGABYTE - 1, 100 * GIGABYTE)}, "Disk", "Act now"),
        ({"disk": Disk(4 * GIGABYTE, 100 * GIGABYTE)}, "Disk", "Look soon"),
        ({"late": ("mail.send",)}, "Jobs", "Look soon"),
        ({"failing": ("mail.send",)}, "Jobs", "Act now"),
        ({"mail": OutboxHealth(1, None, 2)}, "Mail", "Act now"),
    ],
)
async def test_each_fault_has_a_sentence_and_a_fix(
    page: OverviewState,
    well: Health,
    monkeypatch: pytest.MonkeyPatch,
    fault: dict[str, Any],
    name: str,
    standing: str,
) -> None:
    async def answer(*_: object) -> Health:
        return replace(well, **fault)

    monkeypatch.setattr(overview, "ask", answer)
    await page.load()
    (row,) = [part for part in page.parts if part.fix]
    assert (row.name, row.standing) == (name, standing)
    assert row.says


async def test_letter_that_waits_is_told_and_no_fault(
    page: OverviewState, well: Health, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer(*_: object) -> Health:
        return replace(well, mail=OutboxHealth(1, clock(), 0))

    monkeypatch.setattr(overview, "ask", answer)
    await page.load()
    assert page.parts[-1].says == "The oldest letter waits since Today, 12:00."


async def test_support_is_told_nothing_of_the_machine(support: Books) -> None:
    page = await (await sit_down(support)).state(OverviewState)
    await page.load()
    assert page.parts == []
