"""``dev``: the embedded database and Reflex's hot reload."""

import os
import signal
import subprocess
import sys
from functools import partial
from types import FrameType

from fintrack.cli.databases import (
    databases,
    find_master_key,
    run_with,
    worker_environment,
)
from fintrack.cli.frontend import LOCK, ROOT, build_environment, steady_lock
from fintrack.cli.serve import refuse_taken_port
from fintrack.core.settings import read_settings

PAGE_PORT, BACKEND_PORT = 3000, 8000
PAGE_ORIGIN = f"http://localhost:{PAGE_PORT}"


def dev() -> int:
    """Run until Ctrl+C; the exit code is Reflex's own."""
    settings = read_settings()
    for port in (PAGE_PORT, BACKEND_PORT):
        refuse_taken_port(settings.host, port)
    with databases(settings) as urls, steady_lock(ROOT / LOCK):
        key = run_with(urls, partial(find_master_key, settings))
        given = worker_environment(urls, key, made_here=not settings.master_key)
        return _reload(settings.host, given)


def _reload(host: str, addresses: dict[str, str]) -> int:
    command = [sys.executable, "-m", "reflex", "run", "--backend-host", host]
    reload = subprocess.Popen(  # noqa: S603 - fixed words
        [*command, "--loglevel", "warning"],
        cwd=ROOT,
        env={
            **build_environment(),
            **addresses,
            "FINTRACK_DEVELOPMENT": "true",
            "FINTRACK_PUBLIC_URL": PAGE_ORIGIN,
            # The page comes from another port than its socket.
            "REFLEX_CORS_ALLOWED_ORIGINS": PAGE_ORIGIN,
        },
        # A group of its own: Node and the reloader end with it, on either signal.
        start_new_session=True,
    )

    def stop(_signum: int, _frame: FrameType | None) -> None:
        os.killpg(reload.pid, signal.SIGINT)

    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, stop)
    return reload.wait()
