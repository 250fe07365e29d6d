"""``fintrack migrate`` and ``fintrack check``."""

from functools import partial

from fintrack.cli.databases import databases, run_with
from fintrack.core.actor import SYSTEM
from fintrack.core.settings import read_settings
from fintrack.services.checks import check_books
from fintrack.services.commands import ask


def migrate() -> int:
    """Bring both databases to the newest revision."""
    with databases(read_settings()):
        print("Both databases are at the newest revision.")
    return 0


def check() -> int:
    """Prove the books; 1 when a promise is broken."""
    with databases(read_settings()) as urls:
        findings = run_with(urls, partial(ask, SYSTEM, check_books))
    for finding in findings:
        print(f"{finding.invariant}: {finding.count} {finding.sentence}")
    if not findings:
        print("The books are sound.")
    return 1 if findings else 0
