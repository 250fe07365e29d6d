"""Puts a backup into an empty place, and proves what is there then.

A backup is read twice: what it says of itself is proved to its last byte before the
first one of it reaches a database.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import URL, text
from sqlalchemy.exc import OperationalError

import fintrack.models
from fintrack.core.actor import SYSTEM
from fintrack.core.errors import Conflict, InvalidInput, Unavailable
from fintrack.core.text import message_id
from fintrack.services import blobs, database, migrations
from fintrack.services.attachments.proving import check_files
from fintrack.services.backups.files import unpack_files
from fintrack.services.backups.manifest import (
    About,
    Manifest,
    read_about,
    read_whole,
)
from fintrack.services.backups.parts import FILES, LOG, MAIN, PartReader, read_parts
from fintrack.services.backups.programs import (
    RESTORE,
    Address,
    Program,
    find_program,
    restoring,
)
from fintrack.services.backups.sealing import Opener
from fintrack.services.checks import Finding, check_books
from fintrack.services.commands import ask
from fintrack.services.master_key import MasterKey
from fintrack.services.trail.heads import SignedHead
from fintrack.services.trail.verifying import Verdict, verify_trail

NOT_EMPTY = message_id(
    "{place} is not empty. A backup is restored only where nothing is: give an empty "
    "data directory and empty databases. Nothing was changed."
)
NEWER = message_id(
    "A newer FinTrack made this backup. Install that version and try again. "
    "Nothing was changed."
)

_HAS_TABLES = text(
    "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = "
    "c.relnamespace WHERE n.nspname <> 'information_schema' "
    "AND n.nspname NOT LIKE 'pg\\_%')"
)
# What lets the relay be a role of its own belongs to the server, not to the database.
_LOG_SQL = Path(fintrack.models.__file__).with_name("sql") / "log.sql"
_ROLE = "DO $$"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in a restored place; it is sound without findings and breach."""

    files: int
    findings: Sequence[Finding]
    verdict: Verdict

    @property
    def is_sound(self) -> bool:
        """Whether all is as it was promised."""
        return not self.findings and self.verdict.breach is None


def check_backup(path: Path, key: MasterKey) -> Manifest:
    """The manifest of a backup that is whole, proved to its last byte.

    Raises:
        InvalidInput: it is damaged, or no backup.
        Conflict: it was made with another key, or by a newer FinTrack.
        Unavailable: it cannot be read.
    """
    with _opened(path) as file:
        told = read_whole(Opener(file, key))
    known = (
        migrations.is_known(migrations.MAIN, told.about.main),
        migrations.is_known(migrations.LOG, told.about.log),
    )
    if not all(known):
        raise Conflict(NEWER)
    return told


def read_head(path: Path, key: MasterKey) -> SignedHead | None:
    """The newest signed head of the trail on the day of a backup.

    Only what it says first is read and proved, so that it takes no time.

    Raises:
        InvalidInput: it is damaged there, or no backup.
        Conflict: it was made with another key.
        Unavailable: it cannot be read.
    """
    with _opened(path) as file:
        return read_about(next(read_parts(Opener(file, key)))).head


async def check_empty(files: Path) -> None:
    """Makes sure that nothing would be overwritten: databases and files.

    Raises:
        Conflict: something is there.
        Unavailable: a database cannot be reached.
    """
    home = database.current()
    if await asyncio.to_thread(lambda: files.exists() and any(files.iterdir())):
        raise Conflict(NOT_EMPTY, place=files)
    for engine in (home.main, home.log):
        try:
            async with engine.connect() as connection:
                has_tables = await connection.scalar(_HAS_TABLES)
        except OperationalError as error:
            raise migrations.explain_away(engine.url, error) from error
        if has_tables:
            raise Conflict(NOT_EMPTY, place=engine.url.database)


async def fill(path: Path, key: MasterKey, about: About, files: Path) -> int:
    """Restores files and databases as they were; how many files there are.

    Each database is filled in one transaction, MainDB at last: whoever is killed leaves
    a place that is not empty, and in which nobody takes a part for the whole.

    Raises:
        InvalidInput: it is not what ``check_backup`` has read.
        Unavailable: a database or the disk does not do its part.
    """
    home = database.current()
    program = await find_program(RESTORE, about.postgresql)
    addresses = {LOG: Address.of(home.log.url), MAIN: Address.of(home.main.url)}
    unpacked = 0
    with _opened(path) as file:
        for part in read_parts(Opener(file, key)):
            if part.name == FILES:
                unpacked = await asyncio.to_thread(unpack_files, part, files)
            elif part.name in addresses:
                await _feed(program, addresses[part.name], part)
    await asyncio.to_thread(_give_role, home.log.url)
    return unpacked


async def prove(about: About, files: Path) -> Proof:
    """Proves books, files and trail of the restored place, the kept head included."""
    list_names = partial(blobs.names_in, files)
    findings = [*await ask(SYSTEM, check_books), *await check_files(list_names)]
    kept = (about.head,) if about.head else ()
    verdict = await ask(SYSTEM, verify_trail, kept=kept)
    return Proof(len(list_names()), findings, verdict)


async def _feed(program: Program, address: Address, part: PartReader) -> None:
    async with restoring(program, address) as process:
        # Where it ends before its input does, it says why.
        with suppress(BrokenPipeError, ConnectionResetError):
            while process.stdin and (piece := await asyncio.to_thread(part.read)):
                process.stdin.write(piece)
                await process.stdin.drain()


def _give_role(url: URL) -> None:
    block = _ROLE + _LOG_SQL.read_text(encoding="utf-8").rpartition(_ROLE)[2]
    with database.locked_connection(url, migrations.MIGRATION_LOCK) as connection:
        connection.exec_driver_sql(block)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise InvalidInput("There is no backup {path}.", path=path) from error
    except OSError as error:
        raise Unavailable(
            "The backup {path} cannot be restored: {reason}.",
            path=path,
            reason=error.strerror or type(error).__name__,
        ) from error
