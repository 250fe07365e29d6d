"""The command line: ``python -m fintrack serve``; ``about.py`` says what each does."""

import argparse
import sys
from collections.abc import Callable, Sequence

from fintrack.cli import audit, backup, change_key, create_admin, dev, restore
from fintrack.cli.about import ABOUT, HELP, list_commands
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


def _bare(name: str, command: Callable[[], int]) -> Callable[[list[str]], int]:
    """A command that takes no arguments."""

    def run(arguments: list[str]) -> int:
        if arguments in HELP:
            print(ABOUT[name])
            return 0
        if arguments:
            raise InvalidInput("This command takes no arguments.")
        return command()

    return run


# Each takes the words after its name, reads the settings and gives the exit code.
COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "audit": audit.run,
    "backup": backup.run,
    "build": _bare("build", build),
    "change-key": _bare("change-key", change_key.run),
    "check": _bare("check", check),
    "create-admin": create_admin.run,
    "dev": dev.run,
    "migrate": _bare("migrate", migrate),
    "new-key": _bare("new-key", new_key),
    "restore": restore.run,
    "sample-data": _bare("sample-data", sample_data),
    "serve": _bare("serve", serve),
}
FAILED = 1
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    parser = argparse.ArgumentParser(
        prog="fintrack",
        usage="python -m fintrack COMMAND [...]",
        description="FinTrack's command line. COMMAND --help tells what one takes.",
        epilog=list_commands(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "command", choices=COMMANDS, metavar="COMMAND", help=argparse.SUPPRESS
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    command = COMMANDS[given.command]
    try:
        return command(given.rest)
    except FinTrackError as error:
        sys.stderr.write(f"{error.text}\n")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
