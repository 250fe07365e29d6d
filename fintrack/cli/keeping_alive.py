"""A small process beside the application that starts a dead embedded server again.

A process and not a thread, because the parent must have none when it forks its worker.
"""

import contextlib
import itertools
import os
import signal
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

from fintrack.core.errors import Unavailable
from fintrack.services.embedded import EmbeddedServer

LOOK_SECONDS = 1
# Before each try; a server that then stood for long enough has all of them again.
PAUSES = (0, 2, 10)
STEADY_SECONDS = 60
GAVE_UP = 3
ENDED = "The database has ended unexpectedly. FinTrack starts it again."
RUNS_AGAIN = "The database runs again."


@contextlib.contextmanager
def kept_alive(server: EmbeddedServer | None) -> Iterator[None]:
    """Starts ``server`` again whenever it ends, for as long as the block runs.

    Raises:
        Unavailable: it could not be kept running, or the watcher itself has died; then
            SIGTERM has ended the block.
    """
    if server is None:
        yield
        return
    watcher = get_context("fork").Process(
        target=_keep_alive, args=(server, os.getpid()), daemon=True
    )
    watcher.start()
    _stop_when_it_dies(watcher)
    try:
        yield
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        is_dead = _is_dead(watcher)
        watcher.terminate()
        watcher.join()
        if is_dead:
            raise _failure(server, watcher)


def _stop_when_it_dies(watcher: BaseProcess) -> None:
    """Sends SIGTERM to this process when its watcher has ended by itself."""
    parent = os.getpid()

    def look(*_: object) -> None:
        # The worker inherits this handler, and has children of its own.
        if os.getpid() == parent and _is_dead(watcher):
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.kill(parent, signal.SIGTERM)

    signal.signal(signal.SIGCHLD, look)
    look()


def _is_dead(watcher: BaseProcess) -> bool:
    """Whether it ended otherwise than by a signal to stop that all of us get."""
    return watcher.exitcode not in {None, 0, -signal.SIGTERM}


def _failure(server: EmbeddedServer, watcher: BaseProcess) -> Unavailable:
    if watcher.exitcode == GAVE_UP:
        return Unavailable(
            "The database ended again and again, so FinTrack has stopped. "
            "Its log is {log}.",
            log=server.log,
        )
    return Unavailable(
        "The process that watches the database has ended, so FinTrack has stopped. "
        "Please start it again."
    )


def print_line(sentence: str) -> None:
    """Tells the operator, at once, where somebody still listens."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()


def _keep_alive(server: EmbeddedServer, parent: int) -> None:
    """What the watcher does until its parent ends it, or is no more."""
    # The parent's pipe: a signal for the watcher is none for the parent.
    signal.set_wakeup_fd(-1)
    pauses = iter(PAUSES)
    with contextlib.suppress(KeyboardInterrupt):
        while (stood := _await_end(server, parent)) is not None:
            if stood >= STEADY_SECONDS:
                pauses = iter(PAUSES)
            if not _start_again(server, pauses):
                sys.exit(GAVE_UP)


def _await_end(server: EmbeddedServer, parent: int) -> int | None:
    """For how many seconds the server stood; None when the parent has ended first."""
    for stood in itertools.count(step=LOOK_SECONDS):
        if os.getppid() != parent:
            return None
        if not server.is_alive():
            return stood
        time.sleep(LOOK_SECONDS)
    raise AssertionError("unreachable: the count has no end")


def _start_again(server: EmbeddedServer, pauses: Iterator[int]) -> bool:
    """Whether the server runs again before the pauses are used up."""
    for pause in pauses:
        print_line(ENDED)
        time.sleep(pause)
        try:
            server.revive()
        except Unavailable as fault:
            print_line(fault.text)
        else:
            print_line(RUNS_AGAIN)
            return True
    return False
