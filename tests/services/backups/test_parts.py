"""Parts come back in their order, each with its end and its measure."""

import hashlib
import io

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.services.backups.parts import (
    ABOUT,
    LOG,
    PARTS,
    PIECE_BYTES,
    Measure,
    PartWriter,
    read_parts,
)

BODIES = {name: name.encode() * 9 for name in PARTS} | {LOG: b"l" * (PIECE_BYTES + 5)}


def written(bodies: dict[str, bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    for name, body in bodies.items():
        part = PartWriter(stream, name)
        part.write(body)
        part.close()
    stream.seek(0)
    return stream


def test_parts_are_read_as_they_were_written() -> None:
    found = {part.name: part.rest() for part in read_parts(written(BODIES))}
    assert found == BODIES


def test_part_that_nobody_reads_is_passed_over() -> None:
    assert [part.name for part in read_parts(written(BODIES))] == [*PARTS]


def test_both_ends_measure_the_same() -> None:
    body = BODIES[LOG]
    expected = Measure(len(body), hashlib.sha256(body).hexdigest())
    writer = PartWriter(io.BytesIO(), LOG)
    assert writer.write(body) == len(body)
    assert writer.close() == expected
    measures = {part.name: part.drain() for part in read_parts(written(BODIES))}
    assert measures[LOG] == expected


@pytest.mark.parametrize(
    "stream",
    [
        io.BytesIO(),
        written({LOG: b"x"}),
        written({ABOUT: b"x"}),
        io.BytesIO(b"\x00\xff\xff\xff\xff"),
    ],
    ids=["nothing", "another part", "parts are missing", "too long"],
)
def test_other_bytes_are_no_backup(stream: io.BytesIO) -> None:
    with pytest.raises(InvalidInput, match="no backup"):
        list(read_parts(stream))
