"""The data directory, claimed before anything is started in it."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from fintrack.core.errors import Unavailable
from fintrack.services.data_folder import make_data_folder

NOBODY = 65534


def test_folder_is_made_for_its_user_alone_and_may_be_there(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    make_data_folder(folder)
    make_data_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("path", "reason"),
    [("file/data", "Not a directory"), ("file", "File exists")],
)
def test_folder_that_cannot_be_made_is_told(
    tmp_path: Path, path: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    told = f"The data directory {tmp_path / path} cannot be used: {reason}."
    with pytest.raises(Unavailable, match=told):
        make_data_folder(tmp_path / path)


@pytest.fixture
def nobody() -> Iterator[None]:
    """Root may write everywhere: whoever runs the tests as root is nobody meanwhile."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(before)


@pytest.mark.parametrize("path", ["", "data"])
def test_folder_of_somebody_else_is_told(
    tmp_path: Path, request: pytest.FixtureRequest, path: str
) -> None:
    tmp_path.chmod(0o500)
    request.getfixturevalue("nobody")
    with pytest.raises(Unavailable, match="cannot be used: Permission denied"):
        make_data_folder(tmp_path / path)
