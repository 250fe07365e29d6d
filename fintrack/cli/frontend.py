"""Builds the front end when its sources have changed, and only then."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fintrack.cli import catalogue
from fintrack.core.errors import Unavailable

ROOT = Path(__file__).parents[2]
LOCK = "reflex.lock"
# Everything that the build reads; services and models never reach a page.
SOURCES = (
    *("fintrack/pages", "fintrack/components", "fintrack/state", "fintrack/core"),
    "admin",
    *("fintrack/locale", "fintrack/fintrack.py", "fintrack/cli/portable_build.py"),
    # These shape the texts that a browser gets.
    *("babel.cfg", "fintrack/cli/catalogue.py", "fintrack/cli/extraction.py"),
    *("assets", "rxconfig.py", "requirements.txt", LOCK, ".npmrc"),
)
GENERATED = (Path("assets/external"), Path("assets/locales"))
STAMP = Path(".web/fintrack.sha256")
RESULT = Path(".web/build/client/index.html")
SHOWN_LINES = 30
# What portable_build.py replaces.
BAKED_ADDRESS = "http://localhost:8000"


def ensure_frontend(root: Path = ROOT) -> None:
    """Build unless the last finished build had the same sources.

    Raises:
        Unavailable: the build failed; the text carries the end of its output.
    """
    digest = digest_sources(root)
    if is_built(root, digest):
        return
    sys.stdout.write("Building the pages; this takes a minute …\n")
    sys.stdout.flush()
    (root / STAMP).unlink(missing_ok=True)
    with steady_lock(root / LOCK):
        _export(root)
    (root / STAMP).write_text(digest, encoding="ascii")


def is_built(root: Path, digest: str) -> bool:
    """Whether a finished build of the sources with this digest is there.

    The stamp is removed before and written after a build: a killed one leaves none.
    """
    stamp = root / STAMP
    known = stamp.read_text(encoding="ascii") if stamp.is_file() else ""
    return known == digest and (root / RESULT).is_file()


def digest_sources(root: Path) -> str:
    """SHA-256 over the names and contents of the sources."""
    digest = hashlib.sha256()
    for path in _files(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{content}  {path.relative_to(root).as_posix()}\n".encode())
    return digest.hexdigest()


@contextmanager
def steady_lock(folder: Path) -> Iterator[None]:
    """Undo what a build changes in the lock's files without changing their meaning.

    npm and Reflex order the keys of ``package.json`` differently, in turns.
    """
    before = {path: path.read_bytes() for path in folder.glob("*.json")}
    yield
    for path, content in before.items():
        if path.is_file() and json.loads(path.read_bytes()) == json.loads(content):
            path.write_bytes(content)


def build_environment(root: Path = ROOT) -> dict[str, str]:
    """The environment in which Reflex uses our Node and asks no foreign address."""
    programs = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": os.pathsep.join((str(programs), os.environ.get("PATH", os.defpath))),
        "REFLEX_USE_NPM": "1",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
    }
    asked = subprocess.run(  # noqa: S603 - fixed words
        [programs / "npm", "config", "get", "registry"],
        capture_output=True,
        check=True,
        cwd=root,
        env=environment,
        text=True,
    )
    # Without it Reflex measures mirrors and may choose a far one.
    return environment | {"NPM_CONFIG_REGISTRY": asked.stdout.strip()}


def _files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        path = root / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            inside = file.relative_to(root)
            generated = any(inside.is_relative_to(folder) for folder in GENERATED)
            if file.is_file() and file.suffix != ".pyc" and not generated:
                yield file


def _export(root: Path) -> None:
    # The texts that the browser translates; what is exported is not kept in git.
    catalogue.main(["export"], root)
    built = subprocess.run(  # noqa: S603 - fixed words
        [
            *(sys.executable, "-m", "reflex", "export"),
            *("--frontend-only", "--no-zip", "--env", "prod"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        cwd=root,
        env=build_environment(root) | {"REFLEX_API_URL": BAKED_ADDRESS},
        text=True,
    )
    if built.returncode != 0:
        lines = built.stdout.splitlines()[-SHOWN_LINES:]
        raise Unavailable(
            "The front end could not be built:\n{output}", output="\n".join(lines)
        )
