"""PostgreSQL's own programs that read and write a whole database: pg_dump, pg_restore.

They come with FinTrack or lie on the PATH. Nothing of ours goes through a file: their
bytes pass through pipes, and a password through the environment, which only the same
user can read.
"""

import asyncio
import re
import shutil
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL, PIPE

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from fintrack.core.errors import Unavailable
from fintrack.services.embedded.places import ENVIRONMENT, packaged_binaries

DUMP, RESTORE = "pg_dump", "pg_restore"
NAME = "fintrack backup"
BUFFER_BYTES = 1024 * 1024
# Who owns what is the business of the server that takes the backup.
DUMPING = ("--format=custom", "--no-owner", "--no-privileges", "--no-tablespaces")
RESTORING = (
    *("--no-owner", "--no-privileges", "--no-tablespaces"),
    *("--exit-on-error", "--single-transaction"),
)

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True, slots=True)
class Program:
    """One of PostgreSQL's programs and its major version."""

    path: Path
    major: int


@dataclass(frozen=True, slots=True)
class Address:
    """A database as libpq is told of it; the password goes another way."""

    words: str
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: URL) -> "Address":
        """What SQLAlchemy's address says."""
        _, parts = url.get_dialect()().create_connect_args(url)
        password = str(parts.pop("password", ""))
        return cls(make_conninfo(**{**parts, "application_name": NAME}), password)


async def find_program(name: str, least: int) -> Program:
    """The oldest program that can do with PostgreSQL ``least``, a major version.

    An older one does not read a newer server, and what a newer one writes may be more
    than an older server understands.

    Raises:
        Unavailable: there is none; the sentence says which are there.
    """
    found = [one for path in _places(name) if (one := await _look_at(path))]
    fit = [one for one in found if one.major >= least]
    if not fit:
        raise Unavailable(
            "The database runs on PostgreSQL {version}, and {name} is there only for "
            "{found}. Install the client programs of PostgreSQL {version}, so that "
            "{name} is on the PATH.",
            version=least,
            name=name,
            found=", ".join(str(one.major) for one in found) or "none",
        )
    return min(fit, key=lambda one: one.major)


@asynccontextmanager
async def dumping(
    program: Program, address: Address, snapshot: str
) -> AsyncIterator[Process]:
    """A dump of one snapshot, to be read from ``stdout``.

    Raises:
        Unavailable: it did not end well; the sentence has its last words.
    """
    words = (*DUMPING, f"--snapshot={snapshot}", f"--dbname={address.words}")
    async with _running(program, words, address, reads=False) as process:
        yield process


@asynccontextmanager
async def restoring(program: Program, address: Address) -> AsyncIterator[Process]:
    """A dump is put into an empty database as it is written to ``stdin``, or nothing.

    Raises:
        Unavailable: as ``dumping``.
    """
    words = (*RESTORING, f"--dbname={address.words}")
    async with _running(program, words, address, reads=True) as process:
        yield process


@asynccontextmanager
async def _running(
    program: Program, words: tuple[str, ...], address: Address, *, reads: bool
) -> AsyncIterator[Process]:
    secret = {"PGPASSWORD": address.password} if address.password else {}
    process = await asyncio.create_subprocess_exec(
        *(str(program.path), "--no-password", *words),
        stdin=PIPE if reads else DEVNULL,
        stdout=DEVNULL if reads else PIPE,
        stderr=PIPE,
        limit=BUFFER_BYTES,
        env={**ENVIRONMENT, **secret},
        # Ctrl+C is for FinTrack, which then ends it.
        start_new_session=True,
    )
    said = asyncio.create_task(process.stderr.read() if process.stderr else _nothing())
    try:
        yield process
        if process.stdin:
            process.stdin.close()
        _check(program, await process.wait(), await said)
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        # Also reads what was on its way; else the pipes stay open.
        await asyncio.gather(said, return_exceptions=True)
        await process.communicate()


def _check(program: Program, code: int, said: bytes) -> None:
    if code:
        lines = said.decode("utf-8", "replace").strip().splitlines()
        raise Unavailable(
            "{program} did not end well: {reason}",
            program=program.path.name,
            reason=" ".join(lines[:3]) or f"exit code {code}",
        )


def _places(name: str) -> list[Path]:
    found = [packaged_binaries() / name]
    if on_path := shutil.which(name):
        found.append(Path(on_path))
    return [path for path in found if path.exists()]


async def _look_at(path: Path) -> Program | None:
    """None where it does not run or says no version."""
    try:
        process = await asyncio.create_subprocess_exec(
            *(str(path), "--version"), stdout=PIPE, stderr=DEVNULL, env={**ENVIRONMENT}
        )
    except OSError:
        return None
    printed, _ = await process.communicate()
    version = _VERSION.search(printed.decode("utf-8", "replace"))
    return Program(path, int(version[1])) if version else None


async def _nothing() -> bytes:
    return b""
