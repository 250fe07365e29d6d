"""``restore``: a backup into an empty place, migrated and proved."""

import argparse
from functools import partial
from pathlib import Path

from fintrack.cli.about import ABOUT
from fintrack.cli.audit import tell_verdict
from fintrack.cli.books import tell_findings
from fintrack.cli.databases import databases, find_master_key, run_with
from fintrack.core.actor import SYSTEM
from fintrack.core.clock import utc_now
from fintrack.core.errors import Conflict
from fintrack.core.settings import Settings, read_settings
from fintrack.services import blobs, master_key, migrations
from fintrack.services.backups.manifest import About
from fintrack.services.backups.programs import NAME
from fintrack.services.backups.restoring import (
    Proof,
    check_backup,
    check_empty,
    fill,
    prove,
)
from fintrack.services.commands import ask
from fintrack.services.last_check import keep_check
from fintrack.services.master_key import MasterKey
from fintrack.services.trail.health import find_health
from fintrack.services.trail.proving import keep_verdict


def run(arguments: list[str]) -> int:
    """Restores a backup; 1 when what it held is not sound.

    Raises:
        FinTrackError: it cannot be restored, said in a sentence.
    """
    parser = argparse.ArgumentParser(
        prog="fintrack restore", description=ABOUT["restore"]
    )
    parser.add_argument("path", type=Path, metavar="FROM", help="a file of a backup")
    path = parser.parse_args(arguments).path
    settings = read_settings()
    files = settings.data_dir / blobs.FOLDER
    key = _find_key(settings)
    about = check_backup(path, key).about
    print(f"The backup of {about.made_at:%Y-%m-%d %H:%M} UTC is whole.")
    with databases(settings, as_they_are=True) as urls:
        run_with(urls, partial(_fill, path, key, about, files), name=NAME)
        migrations.migrate_all(urls.main, urls.log)
        proof, unshipped = run_with(urls, partial(_prove, settings, about), name=NAME)
    code = _tell(proof, about, unshipped)
    keep_check(settings.data_dir, utc_now(), proof.findings)
    return code


def _find_key(settings: Settings) -> MasterKey:
    path = settings.data_dir / master_key.FILE_NAME
    external = not settings.uses_embedded_database
    key = master_key.find_key(settings.master_key, path, external=external)
    if key is None:
        raise Conflict(master_key.MISSING, path=path)
    return key


async def _fill(path: Path, key: MasterKey, about: About, files: Path) -> None:
    await check_empty(files)
    print("Restoring …", flush=True)
    await fill(path, key, about, files)


async def _prove(settings: Settings, about: About) -> tuple[Proof, int]:
    master_key.install(await find_master_key(settings))
    try:
        proof = await prove(about, settings.data_dir / blobs.FOLDER)
        unshipped = (await ask(SYSTEM, find_health)).unshipped
        await keep_verdict(proof.verdict)
        return proof, unshipped
    finally:
        master_key.install(None)


def _tell(proof: Proof, about: About, unshipped: int) -> int:
    print(f"Restored: both databases and {proof.files} stored files.")
    tell_findings(proof.findings)
    tell_verdict(proof.verdict, unshipped)
    if proof.is_sound and about.head:
        print(f"It holds the head that the backup kept, row {about.head.position}.")
    if not proof.is_sound:
        print("Something in it was broken before the backup. See the lines above.")
    return 0 if proof.is_sound else 1
