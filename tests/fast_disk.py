"""Memory as a disk for the clones of a test run, where there is enough of it.

A clone is a thousand small files: a disk takes four times as long for them.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from fintrack.services.embedded import EmbeddedServer

SHARED = Path("/dev/shm")  # noqa: S108 - the system's disk in memory
NAME = "fintrack-tests-"
ENOUGH = 2 * 1024**3


@contextmanager
def clones_in_memory(
    server: EmbeddedServer, execute: Callable[[str], None]
) -> Iterator[str]:
    """What to add to ``CREATE DATABASE``; nothing where there is no such disk."""
    _forget_killed_runs()
    if not SHARED.is_dir() or shutil.disk_usage(SHARED).free < ENOUGH:
        yield ""
        return
    folder = SHARED / f"{NAME}{os.getpid()}"
    folder.mkdir(mode=0o700)
    if owner := server.places.owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        execute(f"CREATE TABLESPACE in_memory LOCATION '{folder}'")
        yield " TABLESPACE in_memory"
    finally:
        shutil.rmtree(folder)


def _forget_killed_runs() -> None:
    for folder in SHARED.glob(f"{NAME}*"):
        if not psutil.pid_exists(int(folder.name.removeprefix(NAME))):
            shutil.rmtree(folder, ignore_errors=True)
