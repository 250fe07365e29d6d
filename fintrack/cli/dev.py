"""``dev``: the embedded database and Reflex's hot reload."""

import signal
import subprocess
import sys
from types import FrameType

from fintrack.cli.databases import databases, worker_environment
from fintrack.cli.frontend import ROOT, build_environment
from fintrack.cli.serve import refuse_taken_port
from fintrack.core.settings import read_settings

PAGE_PORT, BACKEND_PORT = 3000, 8000
PAGE_ORIGIN = f"http://localhost:{PAGE_PORT}"


def dev() -> int:
    """Run until Ctrl+C; the exit code is Reflex's own."""
    settings = read_settings()
    for port in (PAGE_PORT, BACKEND_PORT):
        refuse_taken_port(settings.host, port)
    with databases(settings) as urls:
        reload = subprocess.Popen(
            [sys.executable, "-m", "reflex", "run", "--loglevel", "warning"],
            cwd=ROOT,
            env={
                **build_environment(),
                **worker_environment(urls),
                "FINTRACK_DEVELOPMENT": "true",
                "FINTRACK_PUBLIC_URL": PAGE_ORIGIN,
                # The page comes from another port than its socket.
                "REFLEX_CORS_ALLOWED_ORIGINS": PAGE_ORIGIN,
            },
        )

        def pass_on(signum: int, _frame: FrameType | None) -> None:
            if signum == signal.SIGTERM:  # Ctrl+C reaches Reflex from the terminal
                reload.terminate()

        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, pass_on)
        return reload.wait()
