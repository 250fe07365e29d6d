"""What a check found is known until another finds nothing."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fintrack.core.errors import Unavailable
from fintrack.services.checks import Finding
from fintrack.services.last_check import FILE_NAME, BrokenBooks, find_broken, keep_check

AT = datetime(2026, 3, 5, 12, tzinfo=UTC)
NOW = AT + timedelta(hours=1)
FOUND = [Finding("I1", "transactions", 2), Finding("I4", "months", 3)]


def test_findings_stay_until_a_check_finds_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    keep_check(folder, AT, [])
    assert not folder.exists()
    keep_check(folder, AT, FOUND)
    assert find_broken(folder, NOW) == BrokenBooks(AT, 5)
    keep_check(folder, AT, FOUND[:1])
    assert find_broken(folder, NOW) == BrokenBooks(AT, 2)
    keep_check(folder, AT, [])
    assert find_broken(folder, NOW) is None
    assert list(folder.iterdir()) == []


def test_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="cannot be used"):
        keep_check(tmp_path / "file" / "data", AT, FOUND)


@pytest.mark.parametrize(
    "kept",
    [
        *("", '{"at": "2026-0', "[]", "{}", '{"at": "then", "count": 1}'),
        *('{"at": 5, "count": 1}', '{"at": "2026-03-05T12:00:00Z", "count": null}'),
    ],
)
def test_file_that_was_cut_off_says_that_one_thing_is_broken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, kept: str
) -> None:
    (tmp_path / FILE_NAME).write_text(kept)
    assert find_broken(tmp_path, NOW) == BrokenBooks(NOW, 1)
    assert "cannot be read" in caplog.text


def test_file_that_nobody_can_read_says_that_one_thing_is_broken(
    tmp_path: Path,
) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert find_broken(tmp_path, NOW) == BrokenBooks(NOW, 1)


def test_what_does_not_reach_the_disk_takes_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_check(tmp_path, AT, FOUND)

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(Unavailable, match="cannot be used"):
            keep_check(tmp_path, AT, FOUND[:1])
    assert find_broken(tmp_path, NOW) == BrokenBooks(AT, 5)
