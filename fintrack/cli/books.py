"""``fintrack migrate`` and ``fintrack check``."""

import asyncio

from fintrack.cli.databases import DatabaseUrls, databases
from fintrack.core.actor import SYSTEM
from fintrack.core.clock import utc_now
from fintrack.core.settings import read_settings
from fintrack.services import database
from fintrack.services.checks import Finding, check_books
from fintrack.services.commands import ask


def migrate() -> int:
    """Bring both databases to the newest revision."""
    with databases(read_settings()):
        print("Both databases are at the newest revision.")
    return 0


def check() -> int:
    """Prove the books; 1 when a promise is broken."""
    with databases(read_settings()) as urls:
        findings = asyncio.run(_findings(urls))
    for finding in findings:
        print(f"{finding.invariant}: {finding.count} {finding.sentence}")
    if not findings:
        print("The books are sound.")
    return 1 if findings else 0


async def _findings(urls: DatabaseUrls) -> list[Finding]:
    home = database.connect(urls.main, urls.log, utc_now)
    database.install(home)
    try:
        return await ask(SYSTEM, check_books)
    finally:
        database.install(None)
        await home.dispose()
