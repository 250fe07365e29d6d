"""The format of a sealed file; ``test_blobs`` has what a store makes of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fintrack.core.errors import Unavailable
from fintrack.services.sealed_files import KEY_BYTES, SEGMENT_BYTES, Opened, Sealer
from fintrack.services.sealed_files import segments as cut

KEY = bytes(KEY_BYTES)


def sealed(path: Path, *segments: bytes) -> Path:
    sealer = Sealer(path, KEY, "test-1")
    for number, segment in enumerate(segments, start=1):
        sealer.write(segment, number == len(segments))
    sealer.finish()
    sealer.close()
    return path


def opened(path: Path, key: bytes = KEY, name: str = "test-1") -> bytes:
    with path.open("rb") as file:
        return Opened(file, key, name).readall() or b""


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        (0, [(0, True)]),
        (SEGMENT_BYTES, [(SEGMENT_BYTES, True)]),
        (SEGMENT_BYTES + 1, [(SEGMENT_BYTES, False), (1, True)]),
    ],
)
async def test_last_segment_is_marked(size: int, sizes: list[tuple[int, bool]]) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield bytes(size)

    assert [(len(part), last) async for part, last in cut(chunks())] == sizes


def test_segments_come_back(tmp_path: Path) -> None:
    first = bytes(SEGMENT_BYTES)
    assert opened(sealed(tmp_path / "x", first, b"end")) == first + b"end"


@pytest.mark.parametrize(
    ("key", "name"), [(b"k" * KEY_BYTES, "test-1"), (KEY, "test-2")]
)
def test_another_key_or_name_opens_nothing(
    tmp_path: Path, key: bytes, name: str
) -> None:
    path = sealed(tmp_path / "x", b"end")
    with pytest.raises(Unavailable, match="damaged"):
        opened(path, key, name)


def test_another_algorithm_is_told(tmp_path: Path) -> None:
    path = sealed(tmp_path / "x", b"end")
    path.write_bytes(path.read_bytes().replace(b"FTBLOB1", b"FTBLOB2"))
    with pytest.raises(Unavailable, match="damaged"):
        opened(path)
