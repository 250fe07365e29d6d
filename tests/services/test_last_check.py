"""What a check found is known until another finds nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fintrack.core.errors import Unavailable
from fintrack.services.checks import Finding
from fintrack.services.last_check import BrokenBooks, find_broken, keep_check

AT = datetime(2026, 3, 5, 12, tzinfo=UTC)
FOUND = [Finding("I1", "transactions", 2), Finding("I4", "months", 3)]


def test_findings_stay_until_a_check_finds_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    keep_check(folder, AT, [])
    assert not folder.exists()
    keep_check(folder, AT, FOUND)
    assert find_broken(folder) == BrokenBooks(AT, 5)
    keep_check(folder, AT, FOUND[:1])
    assert find_broken(folder) == BrokenBooks(AT, 2)
    keep_check(folder, AT, [])
    assert find_broken(folder) is None
    assert list(folder.iterdir()) == []


def test_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="cannot be used"):
        keep_check(tmp_path / "file" / "data", AT, FOUND)
