"""``backup``: one encrypted file of both databases, all stored files and a manifest."""

import argparse
from functools import partial
from pathlib import Path

from fintrack.cli.about import ABOUT
from fintrack.cli.databases import databases, find_master_key, run_with
from fintrack.core.clock import utc_now
from fintrack.core.settings import Settings, read_settings
from fintrack.services import blobs, master_key
from fintrack.services.backups.keeping import FOLDER, name_at
from fintrack.services.backups.making import Made, make_backup
from fintrack.services.backups.programs import NAME

MEGABYTE = 10**6


def run(arguments: list[str]) -> int:
    """Makes a backup, while FinTrack runs or not; 0.

    Raises:
        FinTrackError: it cannot be made, said in a sentence.
    """
    parser = argparse.ArgumentParser(
        prog="fintrack backup", description=ABOUT["backup"]
    )
    parser.add_argument(
        "to",
        nargs="?",
        type=Path,
        metavar="TO",
        help="a new file or a folder; otherwise that of backups in the data directory",
    )
    given = parser.parse_args(arguments)
    settings = read_settings()
    path = _find_path(given.to or settings.data_dir / FOLDER, is_given=bool(given.to))
    with databases(settings) as urls:
        made = run_with(urls, partial(_make, settings, path), name=NAME)
    _tell(made)
    return 0


def _find_path(place: Path, *, is_given: bool) -> Path:
    is_folder = place.is_dir() or not is_given
    return place / name_at(utc_now()) if is_folder else place


async def _make(settings: Settings, path: Path) -> Made:
    master_key.install(await find_master_key(settings))
    try:
        return await make_backup(path, settings.data_dir / blobs.FOLDER)
    finally:
        master_key.install(None)


def _tell(made: Made) -> None:
    head = made.manifest.about.head
    reached = f"row {head.position}" if head else "no row yet"
    print(f"{made.path}")
    print(
        f"{-(-made.size // MEGABYTE)} MB: both databases and {made.files} stored "
        f"files; the trail is signed up to {reached}."
    )
    print("It opens only with the master key, which is not in it: keep both, apart.")
