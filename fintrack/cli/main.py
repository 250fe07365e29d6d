"""The command line: ``python -m fintrack serve``."""

import argparse
import sys
from collections.abc import Callable, Sequence

from fintrack.cli import audit, backup, change_key, create_admin, dev, restore
from fintrack.cli.books import check, migrate
from fintrack.cli.frontend import ensure_frontend
from fintrack.cli.new_key import new_key
from fintrack.cli.sample_data import sample_data
from fintrack.cli.serve import serve
from fintrack.core.errors import FinTrackError, InvalidInput


def build() -> int:
    """Build the front end when its sources have changed."""
    ensure_frontend()
    return 0


def _bare(command: Callable[[], int]) -> Callable[[list[str]], int]:
    """A command that takes no arguments."""

    def run(arguments: list[str]) -> int:
        if arguments in (["-h"], ["--help"]):
            print(command.__doc__)
            return 0
        if arguments:
            raise InvalidInput("This command takes no arguments.")
        return command()

    return run


# Each takes the words after its name, reads the settings and gives the exit code.
COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "audit": audit.run,
    "backup": backup.run,
    "build": _bare(build),
    "change-key": _bare(change_key.run),
    "check": _bare(check),
    "create-admin": create_admin.run,
    "dev": dev.run,
    "migrate": _bare(migrate),
    "new-key": _bare(new_key),
    "restore": restore.run,
    "sample-data": _bare(sample_data),
    "serve": _bare(serve),
}
FAILED = 1
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    parser = argparse.ArgumentParser(prog="fintrack", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="see COMMAND --help")
    given = parser.parse_args(arguments)
    command = COMMANDS[given.command]
    try:
        return command(given.rest)
    except FinTrackError as error:
        sys.stderr.write(f"{error.text}\n")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
