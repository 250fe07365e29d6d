"""``dev``: the embedded database and Reflex's hot reload."""

import argparse
import os
import signal
import subprocess
import sys
from functools import partial
from types import FrameType

from fintrack.cli.about import ABOUT
from fintrack.cli.databases import (
    databases,
    find_master_key,
    run_with,
    worker_environment,
)
from fintrack.cli.frontend import LOCK, ROOT, build_environment, steady_lock
from fintrack.cli.serve import refuse_taken_port
from fintrack.core.settings import Settings, read_settings
from fintrack.services.data_folder import make_data_folder

PAGE_PORT = 3000


def run(arguments: list[str]) -> int:
    """Run until Ctrl+C; the exit code is Reflex's own.

    Raises:
        Conflict: another program listens on one of the two ports.
    """
    parser = argparse.ArgumentParser(prog="fintrack dev", description=ABOUT["dev"])
    parser.add_argument("--page-port", type=int, default=PAGE_PORT)
    page_port = parser.parse_args(arguments).page_port
    settings = read_settings()
    for port in (page_port, settings.port):
        refuse_taken_port(settings.host, port)
    make_data_folder(settings.data_dir)
    with databases(settings) as urls, steady_lock(ROOT / LOCK):
        key = run_with(urls, partial(find_master_key, settings))
        given = worker_environment(urls, key, made_here=not settings.master_key)
        return _reload(settings, page_port, given)


def _reload(settings: Settings, page_port: int, addresses: dict[str, str]) -> int:
    origin = f"http://localhost:{page_port}"
    reload = subprocess.Popen(  # noqa: S603 - fixed words
        [
            *(sys.executable, "-m", "reflex", "run", "--loglevel", "warning"),
            *("--frontend-port", str(page_port)),
            *("--backend-host", settings.host, "--backend-port", str(settings.port)),
        ],
        cwd=ROOT,
        env={
            **build_environment(),
            **addresses,
            "FINTRACK_DEVELOPMENT": "true",
            "FINTRACK_PUBLIC_URL": origin,
            # The page comes from another port than its socket.
            "REFLEX_CORS_ALLOWED_ORIGINS": origin,
        },
        # A group of its own: Node and the reloader end with it, on either signal.
        start_new_session=True,
    )

    def stop(_signum: int, _frame: FrameType | None) -> None:
        os.killpg(reload.pid, signal.SIGINT)

    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, stop)
    return reload.wait()
