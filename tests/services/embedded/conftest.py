import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from fintrack.services.embedded import EmbeddedServer, places, start

QUICK = {"fsync": "off"}


def postmaster(server: EmbeddedServer) -> psutil.Process:
    pid_file = server.places.cluster / "postmaster.pid"
    return psutil.Process(int(pid_file.read_text().split()[0]))


def is_running(server: EmbeddedServer) -> bool:
    return (server.places.cluster / "postmaster.pid").exists()


def kill_everything(server: EmbeddedServer) -> None:
    parent = postmaster(server)
    family = [parent, *parent.children(recursive=True)]
    for process in family:
        os.kill(process.pid, signal.SIGKILL)
    psutil.wait_procs(family, timeout=5)


@pytest.fixture(scope="package", autouse=True)
def _system_home() -> Iterator[None]:
    """Root's clusters go to a folder that ends with these tests.

    Not with the session: what others serve looks in the usual place.
    """
    folder = Path(tempfile.mkdtemp(prefix="fintrack-tests-"))
    folder.chmod(0o755)
    before, places.SYSTEM_HOME = places.SYSTEM_HOME, folder
    yield
    places.SYSTEM_HOME = before
    shutil.rmtree(folder)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    with start(tmp_path_factory.mktemp("shared") / "data", options=QUICK) as running:
        yield running
