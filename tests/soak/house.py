"""A served FinTrack whose processes a test kills, and LogDB on a server of its own."""

import contextlib
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import IO

import psutil
from psycopg.conninfo import make_conninfo

from fintrack.cli.databases import LOG_DATABASE, MAIN_DATABASE
from fintrack.core.settings import PREFIX, Settings, read_settings
from fintrack.services import embedded
from fintrack.services.embedded import EmbeddedServer, cluster
from fintrack.services.embedded.places import find_places
from tests.serving import fetch, postgres_of, serving

# A start takes about this long, and between two starts about half of it is written.
START_SECONDS, LIFE_SECONDS = 4, 2


@dataclass
class House:
    """``serve`` with its settings; ``output`` is the file that it writes to."""

    data_dir: Path
    port: int
    log: EmbeddedServer
    log_dir: Path
    output: IO[str]
    settings: dict[str, str]
    program: Popen[str] | None = None
    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_conninfo(self) -> str:
        return self.log.conninfo(LOG_DATABASE)

    @property
    def main_conninfo(self) -> str:
        """MainDB's address; nobody is asked to keep it running."""
        return make_conninfo(
            host=str(find_places(self.data_dir).sockets),
            port=cluster.PORT,
            user=cluster.SUPERUSER,
            dbname=MAIN_DATABASE,
        )

    @property
    def environment(self) -> dict[str, str]:
        """With these a command works on both databases."""
        return {**os.environ, **self.own}

    @property
    def own(self) -> dict[str, str]:
        return {"FINTRACK_DATA_DIR": str(self.data_dir), **self.settings}

    def read_settings(self) -> Settings:
        """What the program makes of them."""
        own = {name.removeprefix(PREFIX).lower(): v for name, v in self.own.items()}
        return read_settings(own)

    def start(self) -> None:
        served = serving(self.data_dir, self.port, self.output, **self.settings)
        self.program = self.stack.enter_context(served)

    def stop(self) -> int:
        """Ends it as Ctrl+C does; its exit code."""
        self.stack.close()
        assert self.program is not None
        return int(self.program.returncode)

    def await_health(self) -> None:
        """Returns as soon as it answers, or fails."""
        assert self.program is not None
        assert self.program.poll() is None, "it has ended by itself"
        assert fetch(self.port, "/api/health")[0] == 200

    def kill(self, number: int) -> str:
        """Kills one after a random moment, each in its turn; what it was."""
        victims = (
            *(self.kill_application, self.kill_main, self.kill_all),
            *(self.kill_log, self.kill_while_it_starts),
        )
        victim = victims[number % len(victims)]
        _wait_a_while(LIFE_SECONDS)
        victim()
        self.await_health()
        return victim.__name__

    def kill_application(self) -> None:
        """All of its processes; its database stays."""
        self._kill_group()
        self.start()

    def kill_main(self) -> None:
        """MainDB; the application that lives on starts it again."""
        _kill_postgres(self.data_dir)

    def kill_all(self) -> None:
        self._kill_group()
        _kill_postgres(self.data_dir)
        self.start()

    def kill_log(self) -> None:
        _kill_postgres(self.log_dir)
        self.log.revive()

    def kill_while_it_starts(self) -> None:
        self._kill_group()
        self.start()
        _wait_a_while(START_SECONDS)
        self._kill_group()
        self.start()

    @contextlib.contextmanager
    def log_away(self) -> Iterator[None]:
        """LogDB does not run until the block ends."""
        _kill_postgres(self.log_dir)
        try:
            yield
        finally:
            self.log.revive()

    def _kill_group(self) -> None:
        assert self.program is not None
        os.killpg(self.program.pid, signal.SIGKILL)
        self.stack.close()


@contextlib.contextmanager
def standing(folder: Path, port: int, settings: dict[str, str]) -> Iterator[House]:
    """A house that serves in ``folder`` until the block ends."""
    log_dir = folder / "log"
    with (
        _cleared_away(log_dir),
        embedded.start(log_dir) as log,
        (folder / "output").open("w+", encoding="utf-8") as output,
    ):
        embedded.ensure_database(log, LOG_DATABASE)
        own = {**settings, "FINTRACK_LOG_DATABASE_URL": log.url(LOG_DATABASE)}
        house = House(folder / "data", port, log, log_dir, output, own)
        with house.stack:
            yield house


@contextlib.contextmanager
def _cleared_away(folder: Path) -> Iterator[None]:
    """Root's cluster lies outside of the folders that pytest clears away."""
    try:
        yield
    finally:
        shutil.rmtree(find_places(folder).home)


def _kill_postgres(folder: Path) -> None:
    killed = postgres_of(folder)
    for process in killed:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(killed, timeout=START_SECONDS)


def _wait_a_while(most: float) -> None:
    time.sleep(random.random() * most)  # noqa: S311 - a moment, no secret
