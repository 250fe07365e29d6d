"""Makes a backup: both databases, all files and a manifest, sealed as they come.

Nothing is on a disk in the clear at any time. The file gets its name when all of it is
there, so that one that was killed, or that found the disk full, leaves none that looks
whole.
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import URL

from fintrack.core.errors import Conflict, Unavailable
from fintrack.services import database, master_key
from fintrack.services.backups import manifest
from fintrack.services.backups.files import pack_files
from fintrack.services.backups.freezing import Frozen, Snapshot, frozen
from fintrack.services.backups.manifest import About, Manifest
from fintrack.services.backups.parts import (
    ABOUT,
    CONTENTS,
    FILES,
    LOG,
    MAIN,
    Measure,
    PartWriter,
)
from fintrack.services.backups.programs import (
    BUFFER_BYTES,
    DUMP,
    Address,
    Program,
    dumping,
    find_program,
)
from fintrack.services.backups.sealing import Sealer
from fintrack.services.durable import sync_folder
from fintrack.services.trail.heads import sign_head

# What has not got its name yet.
HALF = ".part"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup, its size in bytes, and how many stored files it has."""

    path: Path
    size: int
    manifest: Manifest
    files: int


async def make_backup(path: Path, files: Path) -> Made:
    """Makes ``path``, of both databases and of the stored files in a folder.

    Raises:
        Conflict: the file is there already.
        Unavailable: a database or the disk does not do its part.
    """
    # So the head reaches as far as it can; a chain that is tampered with gets none, and
    # is worth a backup all the same.
    with suppress(Conflict):
        await sign_head()
    try:
        async with _half(path) as file, frozen(database.current()) as at:
            sealer = Sealer(file, master_key.current())
            told, packed = await _write_parts(sealer, at, files)
            size = await asyncio.to_thread(_finish, sealer, file)
    except OSError as error:
        raise Unavailable(
            "The backup cannot be written to {path}: {reason}.",
            path=path,
            reason=error.strerror or type(error).__name__,
        ) from error
    return Made(path, size, told, packed)


@asynccontextmanager
async def _half(path: Path) -> AsyncIterator[BinaryIO]:
    """A file that gets its name at the end of the block, or is gone."""
    _refuse_taken(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}{HALF}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        _refuse_taken(path)
        half.rename(path)
        sync_folder(path.parent)
    finally:
        half.unlink(missing_ok=True)


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise Conflict("{path} is there already. Nothing was changed.", path=path)


async def _write_parts(sealer: Sealer, at: Frozen, files: Path) -> tuple[Manifest, int]:
    home = database.current()
    program = await find_program(DUMP, max(at.main.major, at.log.major))
    about = About(
        home.clock(), at.main.revision, at.log.revision, program.major, at.head
    )
    contents: dict[str, Measure] = {}
    contents[ABOUT] = _write_short(sealer, ABOUT, manifest.write_about(about))
    contents[LOG] = await _dump(sealer, LOG, program, home.log.url, at.log)
    # After the snapshot: whatever it names was stored before it was named.
    part = PartWriter(sealer, FILES)
    packed = await pack_files(files, part)
    contents[FILES] = part.close()
    contents[MAIN] = await _dump(sealer, MAIN, program, home.main.url, at.main)
    _write_short(sealer, CONTENTS, manifest.write_contents(contents))
    return Manifest(about, contents), packed


async def _dump(
    sealer: Sealer, name: str, program: Program, url: URL, snapshot: Snapshot
) -> Measure:
    part = PartWriter(sealer, name)
    async with dumping(program, Address.of(url), snapshot.name) as process:
        while process.stdout and (piece := await process.stdout.read(BUFFER_BYTES)):
            await asyncio.to_thread(part.write, piece)
    return part.close()


def _write_short(sealer: Sealer, name: str, plain: bytes) -> Measure:
    part = PartWriter(sealer, name)
    part.write(plain)
    return part.close()


def _finish(sealer: Sealer, file: BinaryIO) -> int:
    sealer.finish()
    file.flush()
    os.fsync(file.fileno())
    return file.tell()
