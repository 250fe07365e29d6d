"""Stored files in a backup: a tar of them as they lie, sealed under their own key."""

import asyncio
import os
import tarfile
from pathlib import Path
from typing import IO, cast

from fintrack.core.errors import InvalidInput
from fintrack.services.backups.parts import PIECE_BYTES, PartReader, PartWriter
from fintrack.services.backups.sealing import NO_BACKUP
from fintrack.services.blobs import is_name, names_in
from fintrack.services.durable import sync_folder


async def pack_files(folder: Path, part: PartWriter) -> int:
    """Adds all whole files; how many they were.

    A file that a sweep removes meanwhile is one that nothing names any more.
    """
    tar = tarfile.TarFile(
        fileobj=cast("IO[bytes]", part), mode="w", copybufsize=PIECE_BYTES
    )
    packed = 0
    for name in await asyncio.to_thread(names_in, folder):
        packed += await asyncio.to_thread(_pack, tar, folder / name)
    await asyncio.to_thread(tar.close)
    return packed


def unpack_files(part: PartReader, folder: Path) -> int:
    """Puts all files into a folder; how many they were. To be run in a thread.

    Raises:
        InvalidInput: it holds what is no stored file.
        OSError: the disk does not take it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unpacked = 0
    with tarfile.open(fileobj=cast("IO[bytes]", part), mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None or not is_name(member.name):
                raise InvalidInput(NO_BACKUP)
            _unpack(content, folder / member.name, int(member.mtime))
            unpacked += 1
    sync_folder(folder)
    return unpacked


def _pack(tar: tarfile.TarFile, path: Path) -> int:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return 0
    with file:
        found = os.fstat(file.fileno())
        member = tarfile.TarInfo(path.name)
        member.size, member.mtime = found.st_size, int(found.st_mtime)
        tar.addfile(member, file)
    return 1


def _unpack(content: IO[bytes], path: Path, written: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while piece := content.read(PIECE_BYTES):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    # Sweeps go by the age of a file.
    os.utime(path, (written, written))
