"""A LogDB of its own, on loopback, that is stopped while FinTrack starts."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from fintrack.cli.databases import WITHOUT_LOG, databases
from fintrack.core.errors import Unavailable
from fintrack.core.settings import Settings
from fintrack.services import embedded
from tests.serving import START_SECONDS, fetch, serving

NAME = "trail"
ADA = {
    "first_name": "Ada",
    "email": "ada@example.org",
    "password": "seven quiet herons near Lund",
}


class LogServer:
    """A PostgreSQL with an empty database, started and stopped by its own operator."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        with embedded.start(folder, options={"fsync": "off"}) as made:
            embedded.ensure_database(made, NAME)
            self._access = made.places.home / "loopback_hba.conf"
        self._access.write_text("host all all 127.0.0.1/32 trust\n", encoding="utf-8")
        self._access.chmod(0o644)

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://fintrack@127.0.0.1:{self.port}/{NAME}"

    @contextmanager
    def running(self) -> Iterator[None]:
        options = {
            "fsync": "off",
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "hba_file": str(self._access),
        }
        with embedded.start(self._folder, options=options):
            yield

    def entries(self) -> int:
        place = f"host=127.0.0.1 port={self.port} user=fintrack dbname={NAME}"
        with psycopg.connect(place) as found:
            counted = found.execute("SELECT count(*) FROM audit_entry").fetchone()
        assert counted
        return int(counted[0])


@pytest.fixture
def log_server(tmp_path: Path) -> LogServer:
    return LogServer(tmp_path / "log")


def _wait_until(is_so: Callable[[], Any]) -> None:
    for _ in range(START_SECONDS * 5):
        if is_so():
            return
        time.sleep(0.2)
    pytest.fail("It never is so.")


def test_program_works_without_its_log_database_and_ships_when_it_is_back(
    data_dir: Path, port: int, log_server: LogServer
) -> None:
    base = f"http://127.0.0.1:{port}"

    def trail() -> str:
        return str(httpx.get(f"{base}/api/health").json()["trail"])

    with serving(data_dir, port, FINTRACK_LOG_DATABASE_URL=log_server.url) as program:
        assert fetch(port)[0] == 200
        made = httpx.post(f"{base}/api/v1/setup", json=ADA, headers={"Origin": base})
        assert made.status_code == 201
        _wait_until(lambda: trail().startswith("The audit trail waits"))
        with log_server.running():
            _wait_until(lambda: trail() == "ok")
            assert log_server.entries() > 0
        program.terminate()
        output, _ = program.communicate(timeout=START_SECONDS)
    assert program.returncode == 0
    assert output.startswith(f"The database {NAME} cannot be reached: ")
    assert WITHOUT_LOG in output


def test_other_commands_want_the_log_database(
    data_dir: Path, log_server: LogServer
) -> None:
    settings = Settings(data_dir=data_dir, log_database_url=log_server.url)
    with (
        pytest.raises(Unavailable, match=f"{NAME} cannot be reached"),
        databases(settings),
    ):
        pass
