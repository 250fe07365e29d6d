"""Finds the Chromium that the browser tests drive, and installs one where it may."""

import contextlib
import logging
import os
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserType, sync_playwright

from tests import packages

_log = logging.getLogger(__name__)
# The same engine without a window: it does the same tests with a third less work.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
MISSING = (
    "No Chromium: install the package chromium or run "
    "'.venv/bin/playwright install chromium', or set FINTRACK_CHROMIUM."
)


def find_chromium(environment: Mapping[str, str] = os.environ) -> Path:
    """The first Chromium that runs, installed if there is none; else the test fails."""
    if named := environment.get("FINTRACK_CHROMIUM"):
        if runs(Path(named)):
            return Path(named)
        pytest.fail(f"FINTRACK_CHROMIUM={named} does not run.", pytrace=False)
    for attempt in (lambda: None, _install_package, _install_with_playwright):
        attempt()
        if found := first_that_runs(_candidates(environment)):
            return found
    pytest.fail(MISSING, pytrace=False)


@cache
def _found() -> Path:
    return find_chromium()


def launch(kind: BrowserType) -> Browser:
    """A GPU is imitated: without one, a page that is resized often may stand still."""
    return kind.launch(executable_path=_found(), args=["--no-sandbox"])


@contextlib.contextmanager
def watched(seconds: float) -> Iterator[None]:
    """Ends a Chromium that stands still: closing a page may never come back from it.

    Nothing bounds that call. Once in a thousand pages it happens, on any of them; what
    was closed is closed then, and the next page gets another Chromium.
    """
    timer = threading.Timer(seconds, _end_chromium)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end_chromium() -> None:
    # No warning: it is an error in this suite, and would end this thread instead.
    _log.warning("Chromium stood still and was ended.")
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if "chrom" in process.name():
                process.kill()


def first_that_runs(candidates: Iterable[Path]) -> Path | None:
    return next((path for path in candidates if runs(path)), None)


def runs(program: Path) -> bool:
    """Whether it starts and is no snap, or Ubuntu's stub that asks for the snap."""
    if not program.is_file() or _is_snap(program):
        return False
    asked = packages.quietly(str(program), "--version")
    return asked.returncode == 0 and "Chrom" in asked.stdout


def _is_snap(program: Path) -> bool:
    with program.open("rb") as file:
        start = file.read(4096)
    script = start.startswith(b"#!") and b"/snap/" in start
    return program.resolve().name == "snap" or script


def _candidates(environment: Mapping[str, str]) -> Iterable[Path]:
    path = environment.get("PATH")
    on_path = (shutil.which(name, path=path) for name in NAMES)
    yield from (Path(found) for found in on_path if found)
    yield from MAC_PLACES
    with sync_playwright() as playwright:
        yield Path(playwright.chromium.executable_path)


def _install_package() -> None:
    """Debian's package; Ubuntu has only a stub that asks for the snap."""
    if packages.system() == "debian":
        packages.install(SHELL)


def _install_with_playwright() -> None:
    # As root it may add the libraries that the browser needs.
    libraries = ["--with-deps"] if os.geteuid() == 0 and packages.system() else []
    module = (sys.executable, "-m", "playwright", "install", *libraries)
    packages.quietly(*module, "chromium")
