import os
import stat
from pathlib import Path

import pytest

from fintrack.core.errors import Unavailable
from fintrack.services.embedded import places, start
from tests.services.embedded.conftest import QUICK

NOWHERE = Path("/nowhere")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only for root")


def _modes(folder: Path) -> dict[Path, int]:
    return {p: stat.S_IMODE(p.stat().st_mode) for p in (folder, *folder.parents)}


def test_socket_lies_beside_the_cluster_where_the_path_is_short() -> None:
    home = Path("/home/ada/.local/share/fintrack/postgresql")
    assert places._socket_folder(home) == home / "socket"


@pytest.mark.parametrize("name", ["long" * 30, "a,b", "été", 'say "hi"'])
def test_socket_moves_where_the_path_is_unfit(name: str) -> None:
    home = Path("/home") / name
    folder = places._socket_folder(home)
    assert places._is_fit(folder)
    assert folder == places._socket_folder(home)
    assert folder != places._socket_folder(home / "other")


def test_server_starts_under_a_long_path_with_blanks(tmp_path: Path) -> None:
    with start(tmp_path / ("long and, 'odd' " * 6), options=QUICK) as server:
        assert server.owned


def test_socket_folder_open_to_others_is_refused(data_dir: Path) -> None:
    places.find_places(data_dir, NOWHERE if os.geteuid() else None).sockets.chmod(0o755)
    with pytest.raises(Unavailable, match="must belong to you alone"):
        places.find_places(data_dir)


def test_data_directory_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="file/data cannot be used: Not a directory"):
        places.find_places(tmp_path / "file" / "data")


@as_root
def test_no_permissions_change_outside_the_system_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    data_dir = tmp_path / "data"
    data_dir.mkdir(mode=0o700)
    before = _modes(data_dir) | _modes(Path(places.__file__))
    with start(data_dir, options=QUICK) as server:
        assert server.places.cluster.owner() == places.SYSTEM_USER
    assert _modes(data_dir) | _modes(Path(places.__file__)) == before


@as_root
def test_binaries_that_the_owner_cannot_run_are_copied_with_their_libraries(
    tmp_path: Path,
) -> None:
    tmp_path.chmod(0o700)
    binaries = tmp_path / "package" / "installation" / "bin"
    libraries = tmp_path / "package.libs"
    binaries.mkdir(parents=True)
    libraries.mkdir()
    (libraries / "libpq.so").touch(mode=0o600)
    for program in ("initdb", "postgres"):
        (binaries / program).write_text("#!/bin/sh\nexit 0\n")
        (binaries / program).chmod(0o700)
    found = places.find_places(tmp_path / "data", binaries)
    assert found.binaries.is_relative_to(places.SYSTEM_HOME)
    assert found.popen("initdb", output=-3).wait() == 0
    assert (found.binaries.parents[2] / "package.libs" / "libpq.so").exists()
    assert places.find_places(tmp_path / "data", binaries) == found


def test_second_of_two_copies_at_once_gives_way(tmp_path: Path) -> None:
    partial, copy = tmp_path / "copy.7", tmp_path / "copy"
    for folder in (partial, copy):
        (folder / "bin").mkdir(parents=True)
    places._settle(partial, copy)
    assert list(tmp_path.iterdir()) == [copy]
