import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
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


@pytest.fixture(scope="session")
def system_home() -> Iterator[Path]:
    """Where root's clusters of these tests lie; it ends with them."""
    folder = Path(tempfile.mkdtemp(prefix="fintrack-tests-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def _at_home(system_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here alone: what other tests serve looks in the usual place."""
    monkeypatch.setattr(places, "SYSTEM_HOME", system_home)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="session")
def server(
    system_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmbeddedServer]:
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(places, "SYSTEM_HOME", system_home)
            data = tmp_path_factory.mktemp("shared") / "data"
            running = stack.enter_context(start(data, options=QUICK))
        yield running
