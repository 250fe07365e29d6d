"""A manifest says what a backup is of, and is held against what it holds."""

import io
import json
from datetime import UTC, datetime

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.services.backups import manifest
from fintrack.services.backups.manifest import About, read_whole
from fintrack.services.backups.parts import (
    ABOUT,
    CONTENTS,
    FILES,
    LOG,
    MAIN,
    Measure,
    PartWriter,
    read_parts,
)
from fintrack.services.trail.heads import SignedHead

AT = datetime(2026, 11, 29, 3, 0, 0, 5, tzinfo=UTC)
HEAD = SignedHead(AT, 7, b"h" * 32, b"s" * 64)
WITHOUT_HEAD = About(AT, "0025", "0003", 18)
WITH_HEAD = About(AT, "0025", "0003", 18, HEAD)


def written(about: bytes, told: dict[str, Measure] | None = None) -> io.BytesIO:
    stream = io.BytesIO()
    measures: dict[str, Measure] = {}
    bodies = {ABOUT: about, LOG: b"log", FILES: b"files", MAIN: b"main"}
    for name, body in bodies.items():
        part = PartWriter(stream, name)
        part.write(body)
        measures[name] = part.close()
    last = PartWriter(stream, CONTENTS)
    last.write(manifest.write_contents({**measures, **(told or {})}))
    last.close()
    stream.seek(0)
    return stream


@pytest.mark.parametrize("about", [WITHOUT_HEAD, WITH_HEAD])
def test_manifest_is_read_as_it_was_written(about: About) -> None:
    found = read_whole(written(manifest.write_about(about)))
    assert found.about == about
    assert [*found.contents] == [ABOUT, LOG, FILES, MAIN]
    assert found.contents[MAIN].size == 4


def test_what_it_is_of_is_known_after_its_first_part() -> None:
    parts = read_parts(written(manifest.write_about(WITH_HEAD)))
    assert manifest.read_about(next(parts)) == WITH_HEAD


def test_part_that_is_another_one_is_named() -> None:
    told = {MAIN: Measure(4, "0" * 64)}
    with pytest.raises(InvalidInput, match="its part main is not"):
        read_whole(written(manifest.write_about(WITH_HEAD), told))


def test_other_version_is_refused() -> None:
    newer = json.loads(manifest.write_about(WITH_HEAD)) | {"version": 2}
    with pytest.raises(InvalidInput, match="cannot read"):
        read_whole(written(json.dumps(newer).encode()))


def test_what_follows_the_manifest_is_refused() -> None:
    stream = written(manifest.write_about(WITH_HEAD))
    stream.seek(0, 2)
    stream.write(b"x")
    stream.seek(0)
    with pytest.raises(InvalidInput, match="no backup"):
        read_whole(stream)
