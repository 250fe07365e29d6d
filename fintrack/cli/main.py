"""The command line: ``python -m fintrack serve``."""

import argparse
import sys
from collections.abc import Callable, Sequence

from fintrack.cli.serve import serve
from fintrack.core.errors import FinTrackError

# Each takes no argument, reads the settings and gives the exit code.
COMMANDS: dict[str, Callable[[], int]] = {
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
