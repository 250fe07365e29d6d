"""``fintrack migrate`` and ``fintrack check``."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from fintrack.cli.databases import databases, run_with
from fintrack.core.actor import SYSTEM
from fintrack.core.clock import utc_now
from fintrack.core.settings import read_settings
from fintrack.services import blobs
from fintrack.services.attachments.proving import check_files
from fintrack.services.checks import Finding, check_books
from fintrack.services.commands import ask
from fintrack.services.last_check import keep_check


def migrate() -> int:
    """Bring both databases to the newest revision."""
    with databases(read_settings()):
        print("Both databases are at the newest revision.")
    return 0


def check() -> int:
    """Prove the books; 1 when a promise is broken."""
    settings = read_settings()
    folder = settings.data_dir / blobs.FOLDER
    with databases(settings) as urls:
        findings = run_with(urls, partial(_prove, folder))
    code = tell_findings(findings)
    keep_check(settings.data_dir, utc_now(), findings)
    return code


def tell_findings(findings: Sequence[Finding]) -> int:
    """Prints what is broken, or that nothing is; the exit code."""
    for finding in findings:
        print(f"{finding.invariant}: {finding.count} {finding.sentence}")
    if not findings:
        print("The books are sound.")
    return 1 if findings else 0


async def _prove(blob_folder: Path) -> list[Finding]:
    """What is broken in the books, and what is missing beside them."""
    list_names = partial(blobs.names_in, blob_folder)
    return [*await ask(SYSTEM, check_books), *await check_files(list_names)]
