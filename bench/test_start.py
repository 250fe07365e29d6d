"""Warm start and idle memory of the application, without PostgreSQL."""

import time
from pathlib import Path

import psutil

from tests.serving import built, data_dir, fetch, port, serving

__all__ = ["built", "data_dir", "port"]

FIRST_PAGE_SECONDS = 8
IDLE_MEGABYTES = 300
MEGABYTE = 1024 * 1024


def test_warm_start_and_idle_memory(data_dir: Path, port: int) -> None:
    with serving(data_dir, port):  # makes the databases
        fetch(port)
    began = time.monotonic()
    with serving(data_dir, port) as program:
        fetch(port)
        seconds = time.monotonic() - began
        megabytes = _idle_memory(psutil.Process(program.pid)) / MEGABYTE
    _show("first page after a warm start", f"{seconds:.1f} s", FIRST_PAGE_SECONDS)
    _show("memory when idle (PSS)", f"{megabytes:.0f} MB", IDLE_MEGABYTES)
    assert seconds <= FIRST_PAGE_SECONDS
    assert megabytes <= IDLE_MEGABYTES


def _idle_memory(parent: psutil.Process) -> int:
    """PSS: pages that forked workers share count once."""
    family = [parent, *parent.children(recursive=True)]
    return sum(p.memory_full_info().pss for p in family if p.name() != "postgres")


def _show(what: str, found: str, limit: int) -> None:
    print(f"{what:<40}{found:>12}   at most {limit}")
