"""The folder of backups: the one of the night is made, and old ones make room."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fintrack.core.errors import Unavailable
from fintrack.services.backups import keeping
from fintrack.services.backups.keeping import (
    Latest,
    Place,
    find_latest,
    list_backups,
    make_nightly,
    name_at,
    thin,
)
from tests.services.backups.house import House

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)


def lay(folder: Path, *made: datetime) -> None:
    folder.mkdir(exist_ok=True)
    for at in made:
        (folder / name_at(at)).write_bytes(b"backup")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The installed folder of backups."""
    keeping.install(Place(tmp_path / "backups", tmp_path / "blobs"))
    yield tmp_path / "backups"
    keeping.install(None)


def test_name_says_the_instant(tmp_path: Path) -> None:
    assert name_at(NOW) == "fintrack-20261129T030000Z.backup"
    lay(tmp_path, NOW)
    (tmp_path / "fintrack-of-mine.backup").touch()
    (tmp_path / f"{name_at(NOW)}.1234.part").touch()
    assert list_backups(tmp_path) == {NOW: tmp_path / name_at(NOW)}


def test_newest_is_found(folder: Path) -> None:
    assert find_latest() == Latest()
    lay(folder, NOW, NOW - timedelta(days=1))
    assert find_latest() == Latest(NOW, 6)


def test_nothing_is_looked_for_where_none_are_made() -> None:
    assert find_latest() is None


def test_old_ones_and_remains_go_and_files_of_others_stay(tmp_path: Path) -> None:
    lay(tmp_path, *(NOW - timedelta(days=day) for day in range(30)))
    mine = tmp_path / "before-the-move.backup"
    stale, running = (tmp_path / f"{name_at(NOW)}.{word}.part" for word in "ab")
    for path, age in ((mine, 900), (stale, 2), (running, 0)):
        path.touch()
        moment = int((NOW - timedelta(days=age)).timestamp())
        os.utime(path, (moment, moment))
    assert thin(tmp_path, NOW) == 30 - (7 + 3 + 1)
    assert len(list_backups(tmp_path)) == 11
    assert (mine.exists(), stale.exists(), running.exists()) == (True, False, True)


async def test_night_makes_one_and_thins_the_others(house: House, folder: Path) -> None:
    now = house.home.clock()
    lay(folder, *(now - timedelta(days=day, seconds=9) for day in range(1, 9)))
    keeping.install(Place(folder, house.files))
    await make_nightly()
    assert max(list_backups(folder)) == now
    assert len(list_backups(folder)) == 7


async def test_nothing_goes_where_none_could_be_made(
    house: House, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise Unavailable

    lay(folder, *(NOW - timedelta(days=day) for day in range(30)))
    monkeypatch.setattr(keeping, "make_backup", fail)
    assert house
    with pytest.raises(Unavailable):
        await make_nightly()
    assert len(list_backups(folder)) == 30


async def test_job_without_a_place_is_a_defect() -> None:
    with pytest.raises(RuntimeError):
        await make_nightly()
