"""The disk of the database is full in the middle of an import: nothing is lost."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from fintrack.core.errors import Unavailable
from tests.books import Books
from tests.conftest import TestServer
from tests.packages import quietly
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import as_csv

ROWS = 12_000
FILE = as_csv(
    *((f"2026-02-{n % 28 + 1:02d}", f"Shop {n}", "-1.00") for n in range(ROWS))
)
# The server's own words and state for a disk that is full, at the first posting.
_SAY_FULL = """
    CREATE FUNCTION say_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device'
    USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON posting
    FOR EACH ROW EXECUTE FUNCTION say_full()
"""


class Disk:
    """Where the postings lie; full until it is given room."""

    def __init__(self, server: TestServer, books: Books) -> None:
        self._conninfo = server.embedded.conninfo(books.home.main.url.database or "")

    def execute(self, statement: str) -> None:
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def _refusing(disk: Disk) -> Iterator[None]:
    disk.execute(_SAY_FULL)
    yield
    disk.execute("DROP TRIGGER full_disk ON posting")


@contextmanager
def _full(disk: Disk, place: Path) -> Iterator[None]:
    """Postings on a file system of 1 MB."""
    disk.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
    disk.execute("ALTER TABLE posting SET TABLESPACE small")
    try:
        yield
    finally:
        disk.execute("ALTER TABLE posting SET TABLESPACE pg_default")
        disk.execute("DROP TABLESPACE small")


async def _check(desk: Desk, books: Books, preview_id: int) -> None:
    before = await books.snapshot()
    with pytest.raises(Unavailable, match=r"The disk is full\. Nothing was changed\."):
        await desk.confirm(preview_id, key="yes")
    assert await books.snapshot() == before
    assert await books.findings() == []
    assert (await desk.read(preview_id)).to_add == ROWS


async def test_full_disk_is_said_and_the_yes_works_when_there_is_room(
    desk: Desk, books: Books, server: TestServer
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, FILE)
    with _refusing(Disk(server, books)):
        await _check(desk, books, head.id)
    assert (await desk.confirm(head.id, key="yes")).value.rows_added == ROWS
    assert await books.findings() == []


def _may_mount() -> bool:
    """Found out by doing it: a container's root often may not."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        return False
    with tempfile.TemporaryDirectory() as place:
        mounted = quietly("mount", "-t", "tmpfs", "tmpfs", place).returncode == 0
        if mounted:
            quietly("umount", "-l", place)
    return mounted


@pytest.mark.skipif(
    not _may_mount(),
    reason="only a privileged root can make a small disk; the test above remains",
)
async def test_small_disk_that_fills_up_in_the_middle(
    desk: Desk, books: Books, server: TestServer
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, FILE)
    disk = Disk(server, books)
    with _mounted(_owner(server)) as place:
        with _full(disk, place):
            await _check(desk, books, head.id)
            disk.execute("CHECKPOINT")
            _run("mount", "-o", "remount,size=64m", str(place))
            done = await desk.confirm(head.id, key="yes")
        assert done.value.rows_added == ROWS
        assert await books.findings() == []


@contextmanager
def _mounted(owner: os.stat_result) -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="fintrack-small-"))
    options = f"size=1m,mode=0700,uid={owner.st_uid},gid={owner.st_gid}"
    _run("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place))
    try:
        yield place
    finally:
        _run("umount", "-l", str(place))
        place.rmdir()


def _owner(server: TestServer) -> os.stat_result:
    return server.embedded.sockets.stat()


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - constants and a folder of ours
