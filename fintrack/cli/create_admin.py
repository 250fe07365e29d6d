"""``create-admin``: makes the first admin from the terminal."""

import argparse
import getpass
import sys
from functools import partial

from fintrack.cli.about import ABOUT
from fintrack.cli.databases import databases, find_master_key, run_with
from fintrack.core.actor import SYSTEM
from fintrack.core.settings import Settings, read_settings
from fintrack.core.text import SOURCE, languages
from fintrack.services.commands import perform
from fintrack.services.new_people import NewPerson, prepare
from fintrack.services.setup import create_first_admin


def run(arguments: list[str]) -> int:
    """Asks for the password, or reads it from a pipe; the exit code is 0.

    Raises:
        FinTrackError: the input is refused, or somebody is here already.
    """
    parser = argparse.ArgumentParser(
        prog="fintrack create-admin", description=ABOUT["create-admin"]
    )
    parser.add_argument("email")
    parser.add_argument("--first-name", required=True)
    parser.add_argument("--last-name", default="")
    parser.add_argument("--language", choices=languages(), default=SOURCE)
    given = parser.parse_args(arguments)
    admin = NewPerson(
        given.first_name, given.last_name, given.email, language=given.language
    )
    password = _read_password()
    settings = read_settings()
    with databases(settings) as urls:
        run_with(urls, partial(_create, settings, admin, password))
    print(f"{admin.email} is the first admin. Sign in with this address.")
    return 0


def _read_password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


async def _create(settings: Settings, admin: NewPerson, password: str) -> None:
    await find_master_key(settings)
    ready = await prepare(admin, password)
    await perform(SYSTEM, create_first_admin, ready, None)
