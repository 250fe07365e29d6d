"""``dev`` in a copy of the sources: an edit is seen at once, and Ctrl+C ends all."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from fintrack.cli.frontend import ROOT
from tests.serving import postgres_of

# Node starts and compiles anew; on a busy machine that takes its time.
SECONDS = 120
LEFT_OUT = (".git", ".venv", ".hypothesis", ".*_cache", "__pycache__")
SETUP_PAGE = "/app_components/fintrack/pages/setup.jsx"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    copy = tmp_path / "sources"
    shutil.copytree(ROOT, copy, symlinks=True, ignore=shutil.ignore_patterns(*LEFT_OUT))
    return copy


@pytest.fixture
def ports() -> tuple[int, int]:
    """Of the pages and of the backend; both are free."""
    with socket.socket() as page, socket.socket() as backend:
        for probe in (page, backend):
            probe.bind(("127.0.0.1", 0))
        return page.getsockname()[1], backend.getsockname()[1]


def _until_it_says(port: int, path: str, words: str) -> None:
    end = time.monotonic() + SECONDS
    # Node's server has nothing for who accepts nothing.
    asked = urllib.request.Request(
        f"http://localhost:{port}{path}", headers={"Accept": "text/html, */*"}
    )
    last: object = "nothing"
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own http
                last = answer.read().decode()
        except (urllib.error.URLError, ConnectionError) as error:
            last = error
        if words in str(last):
            return
        time.sleep(0.2)
    pytest.fail(f"{asked.full_url} never said {words!r}, but {str(last)[:200]}.")


def test_edit_is_seen_and_ctrl_c_ends_everything(
    sources: Path, data_dir: Path, ports: tuple[int, int]
) -> None:
    page, backend = ports
    given = {"DATA_DIR": str(data_dir), "PORT": str(backend), "RATES": "off"}
    program = subprocess.Popen(  # noqa: S603 - fixed words
        [sys.executable, "-m", "fintrack", "dev", "--page-port", str(page)],
        cwd=sources,
        env={
            **os.environ,
            **{f"FINTRACK_{name}": each for name, each in given.items()},
        },
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _until_it_says(page, "/setup", "<html")
        _until_it_says(backend, "/api/openapi.json", '"FinTrack"')
        _until_it_says(page, SETUP_PAGE, "Welcome to FinTrack")
        setup = sources / "fintrack/pages/setup.py"
        setup.write_text(setup.read_text().replace("Welcome to", "Greetings from"))
        _until_it_says(page, SETUP_PAGE, "Greetings from FinTrack")
        below = psutil.Process(program.pid).children(recursive=True)
    finally:
        program.send_signal(signal.SIGINT)
        program.wait(SECONDS)
    assert len(below) > 1
    assert psutil.wait_procs(below, timeout=10)[1] == []
    assert postgres_of(data_dir) == []
