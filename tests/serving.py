"""The application as an operator starts it, for tests that talk to it from outside."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psutil
import pytest

from fintrack.cli.frontend import ROOT, ensure_frontend
from fintrack.services.embedded.places import find_places

START_SECONDS = 60
PIPE_BYTES = 1024 * 1024


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    """One build for all starts; none when the sources are unchanged."""
    ensure_frontend()


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A folder whose cluster goes with it; root's lies elsewhere."""
    yield tmp_path / "data"
    if (tmp_path / "data").exists():
        shutil.rmtree(find_places(tmp_path / "data").home)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(
    data_dir: Path,
    port: int,
    output: IO[str] | int = subprocess.PIPE,
    /,
    **settings: str,
) -> Iterator[subprocess.Popen[str]]:
    """``serve`` in a process group of its own, as a terminal starts it.

    ``output`` is a file for what writes much.
    """
    program = subprocess.Popen(
        [sys.executable, "-m", "fintrack", "serve"],
        cwd=ROOT,
        env={
            **os.environ,
            "FINTRACK_DATA_DIR": str(data_dir),
            "FINTRACK_PORT": str(port),
            # No test reaches out, and few want what comes with the program.
            "FINTRACK_RATES": "off",
            "FINTRACK_BACKUPS": "false",
            **settings,
        },
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        # Nobody reads before the end, and a full pipe would stop the program.
        pipesize=PIPE_BYTES,
        text=True,
        start_new_session=True,
    )
    try:
        yield program
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGINT)
        program.communicate(timeout=START_SECONDS)


def fetch(
    port: int, path: str = "/", *, accepts: str = "br"
) -> tuple[int, dict[str, str]]:
    """Status and headers, as soon as somebody listens."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": accepts}
    )
    for _ in range(START_SECONDS * 10):
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310 - our own http
                return answer.status, dict(answer.headers)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail("It does not listen.")


def postgres_of(data_dir: Path) -> list[psutil.Process]:
    cluster = str(find_places(data_dir).cluster)
    return [
        process
        for process in psutil.process_iter(["name", "cwd", "status"])
        if process.info["cwd"] == cluster
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def postmaster_of(data_dir: Path) -> psutil.Process:
    pid_file = find_places(data_dir).cluster / "postmaster.pid"
    return psutil.Process(int(pid_file.read_text().split()[0]))
