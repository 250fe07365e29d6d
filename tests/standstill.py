"""A server of its own that can be made to stand still: alive, and without an answer."""

import contextlib
import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psutil
import pytest

from fintrack.services import database, embedded, migrations
from fintrack.services.database import Database
from fintrack.services.embedded import EmbeddedServer
from tests.conftest import Clock


@pytest.fixture(scope="module")
def lonely(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A migrated server that no other test waits for."""
    folder = tmp_path_factory.mktemp("lonely")
    with embedded.start(folder, options={"fsync": "off"}) as server:
        for name in ("main", "log"):
            embedded.ensure_database(server, name)
        migrations.migrate_all(server.url("main"), server.url("log"))
        yield server


@pytest.fixture
async def lonely_home(lonely: EmbeddedServer, clock: Clock) -> AsyncIterator[Database]:
    """The lonely server's database, installed, with one connection in its pool."""
    home = database.connect(lonely.url("main"), lonely.url("log"), clock)
    database.install(home)
    async with home.reading():
        pass
    yield home
    database.install(None)
    await home.dispose()


@contextlib.contextmanager
def standing_still(cluster: Path) -> Iterator[None]:
    """Stops every process of the server on ``cluster`` until the block ends."""
    postmaster = psutil.Process(
        int((cluster / "postmaster.pid").read_text().split()[0])
    )
    stopped: list[psutil.Process] = []
    try:
        # It starts no further ones once it stands; those that are there may end.
        for process in _family(postmaster):
            stopped.append(process)
            _send(process, signal.SIGSTOP)
        yield
    finally:
        for process in stopped:
            _send(process, signal.SIGCONT)


def _family(postmaster: psutil.Process) -> Iterator[psutil.Process]:
    """The first is dealt with before the others are looked for."""
    yield postmaster
    yield from postmaster.children(recursive=True)


def _send(process: psutil.Process, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, sign)
