"""Stored files travel as they lie; nothing else gets in or out."""

import io
import os
import tarfile
from pathlib import Path

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.services import blobs
from fintrack.services.backups import files
from fintrack.services.backups.files import pack_files, unpack_files
from fintrack.services.backups.parts import FILES, PartReader, PartWriter

NAMES = [f"attachment-{number:032x}" for number in range(3)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "blobs"
    made.mkdir()
    for name, size in zip(NAMES, (0, 9, 3_000_000), strict=True):
        (made / name).write_bytes(os.urandom(size))
        os.utime(made / name, (10**9, 10**9))
    (made / f"{NAMES[0]}.part").write_bytes(b"torn")
    return made


def reader(stream: io.BytesIO) -> PartReader:
    stream.seek(0)
    return PartReader(stream, FILES)


async def packed(folder: Path) -> tuple[io.BytesIO, int]:
    stream = io.BytesIO()
    part = PartWriter(stream, FILES)
    count = await pack_files(folder, part)
    part.close()
    return stream, count


async def test_whole_files_arrive_as_they_were(folder: Path, tmp_path: Path) -> None:
    stream, count = await packed(folder)
    assert count == 3
    new = tmp_path / "new" / "blobs"
    assert unpack_files(reader(stream), new) == 3
    assert blobs.names_in(new) == NAMES == sorted(path.name for path in new.iterdir())
    for name in NAMES:
        assert (new / name).read_bytes() == (folder / name).read_bytes()
        found = (new / name).stat()
        assert (found.st_mode & 0o777, found.st_mtime_ns) == (0o600, 10**18)


async def test_file_that_is_swept_meanwhile_is_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "names_in", lambda _: [*NAMES, "attachment-gone"])
    assert (await packed(folder))[1] == 3


async def test_no_folder_is_no_files(tmp_path: Path) -> None:
    stream, count = await packed(tmp_path / "nowhere")
    assert (count, unpack_files(reader(stream), tmp_path / "new")) == (0, 0)


@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE])
@pytest.mark.parametrize("name", ["../evil", "master.key", NAMES[0]])
def test_anything_else_is_refused(tmp_path: Path, name: str, kind: bytes) -> None:
    if (name, kind) == (NAMES[0], tarfile.REGTYPE):
        return
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    stream = io.BytesIO()
    part = PartWriter(stream, FILES)
    part.write(content.getvalue())
    part.close()
    with pytest.raises(InvalidInput, match="no backup"):
        unpack_files(reader(stream), tmp_path / "new" / "blobs")
    assert not (tmp_path / "new" / "evil").exists()
