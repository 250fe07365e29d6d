"""A backup is there as a whole or not at all, and nobody waits for it."""

import asyncio
import errno
import signal
import stat
import sys
from pathlib import Path

import pytest

from fintrack.core.errors import Conflict, InvalidInput, Unavailable
from fintrack.services import master_key
from fintrack.services.backups import making
from fintrack.services.backups.keeping import list_backups
from fintrack.services.backups.parts import ABOUT, FILES, LOG, MAIN
from fintrack.services.backups.restoring import check_backup
from fintrack.services.database import Database
from fintrack.services.trail import shipping
from fintrack.services.trail.heads import find_newest
from fintrack.services.trail.shipping import ship_trail
from tests.services.backups.house import House, url_of
from tests.services.backups.killed import POINTS
from tests.services.trail.log_rows import Log

ROOT = Path(__file__).parents[3]
KILLED = "tests.services.backups.killed"


def left(house: House) -> list[str]:
    return [path.name for path in house.folder.iterdir() if path != house.files]


async def test_backup_says_what_it_is_of(house: House) -> None:
    made = await house.back_up()
    async with house.home.log_reading() as log:
        head = await find_newest(log)
    about = made.manifest.about
    assert head
    assert (about.made_at, about.head) == (house.home.clock(), head)
    assert [*made.manifest.contents] == [ABOUT, LOG, FILES, MAIN]
    assert made.files == 2
    assert made.size == house.path.stat().st_size
    assert stat.S_IMODE(house.path.stat().st_mode) == 0o600
    assert check_backup(house.path, master_key.current()) == made.manifest
    assert left(house) == [house.path.name]


async def test_head_reaches_as_far_as_the_trail(house: House) -> None:
    await house.spend()
    await ship_trail()
    made = await house.back_up()
    assert made.manifest.about.head
    assert made.manifest.about.head.position == len(await Log(house.home).rows())


async def test_trail_that_is_tampered_with_is_backed_up_too(house: House) -> None:
    Log(house.home).tamper("UPDATE audit_entry SET hash = 'x'")
    assert (await house.back_up()).manifest.about.head


async def test_nothing_is_readable(house: House) -> None:
    await house.back_up()
    content = house.path.read_bytes()
    assert not [word for word in (b"PGDMP", b"ada@", b"attachment-") if word in content]


async def test_house_without_a_head_or_a_file_is_backed_up(
    house: House, empty: Database
) -> None:
    for path in house.files.iterdir():
        path.unlink()
    async with house.home.log.connect() as connection:
        assert connection
    made = await making.make_backup(house.path, house.folder / "nowhere")
    assert made.files == 0
    proof = await house.restore(empty)
    assert [finding.invariant for finding in proof.findings] == ["I27"]


async def test_what_is_shipped_meanwhile_is_in_neither_database(
    house: House, empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The relay works on between the two dumps, and the restored one continues."""
    find_program = making.find_program

    async def later(name: str, least: int) -> making.Program:
        await house.spend("1 EUR")
        assert await ship_trail() == 2
        return await find_program(name, least)

    monkeypatch.setattr(making, "find_program", later)
    await house.spend("2 EUR")
    await house.back_up()
    proof = await house.restore(empty)
    assert proof.is_sound
    await house.spend("3 EUR")
    assert await ship_trail() == 2
    async with empty.log_reading() as log:
        tip = await shipping.relay.find_tip(log, shipping.Tip())
    assert tip.position == proof.verdict.rows + 2


async def test_what_a_killed_relay_has_appended_stands_there_once(
    house: House, empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(*_: object) -> None:
        raise ConnectionResetError

    await house.spend()
    with monkeypatch.context() as patched:
        patched.setattr(shipping, "_mark", die)
        with pytest.raises(ConnectionResetError):
            await ship_trail()
    await house.back_up()
    proof = await house.restore(empty)
    assert proof.is_sound
    assert await ship_trail() == 1
    async with empty.log_reading() as log:
        tip = await shipping.relay.find_tip(log, shipping.Tip())
    assert tip.position == proof.verdict.rows


@pytest.mark.parametrize("point", POINTS)
async def test_killed_backup_leaves_nothing_that_looks_whole(
    house: House, point: str
) -> None:
    urls = [url_of(engine.url) for engine in (house.home.main, house.home.log)]
    places = (str(house.files), str(house.folder / "fintrack-20261118T120000Z.backup"))
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", KILLED, *urls, *places, point), cwd=ROOT
    )
    assert await program.wait() == -signal.SIGKILL
    (half,) = left(house)
    assert half.endswith(making.HALF)
    assert list_backups(house.folder) == {}
    if point != "name":
        with pytest.raises(InvalidInput):
            check_backup(house.folder / half, master_key.current())


async def test_cancelled_backup_leaves_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def pack_on(*_: object) -> int:
        begun.set()
        await asyncio.Event().wait()
        return 0

    monkeypatch.setattr(making, "pack_files", pack_on)
    backing_up = asyncio.create_task(house.back_up())
    await begun.wait()
    assert left(house)
    backing_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await backing_up
    assert left(house) == []


async def test_full_disk_is_told_and_leaves_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(making, "_finish", full)
    with pytest.raises(Unavailable, match=r"made\.backup: No space left on device"):
        await house.back_up()
    assert left(house) == []


async def test_file_that_is_there_is_never_overwritten(house: House) -> None:
    house.path.write_bytes(b"precious")
    with pytest.raises(Conflict, match="is there already"):
        await house.back_up()
    assert house.path.read_bytes() == b"precious"
