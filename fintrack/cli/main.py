"""The command line: ``python -m fintrack serve``."""

import argparse
import sys
from collections.abc import Callable, Sequence

from fintrack.cli.books import check, migrate
from fintrack.cli.dev import dev
from fintrack.cli.frontend import ensure_frontend
from fintrack.cli.sample_data import sample_data
from fintrack.cli.serve import serve
from fintrack.core.errors import FinTrackError


def build() -> int:
    """Build the front end when its sources have changed."""
    ensure_frontend()
    return 0


# Each takes no argument, reads the settings and gives the exit code.
COMMANDS: dict[str, Callable[[], int]] = {
    "build": build,
    "check": check,
    "dev": dev,
    "migrate": migrate,
    "sample-data": sample_data,
    "serve": serve,
}
FAILED = 1
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    parser = argparse.ArgumentParser(prog="fintrack", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    command = COMMANDS[parser.parse_args(arguments).command]
    try:
        return command()
    except FinTrackError as error:
        sys.stderr.write(f"{error.text}\n")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
