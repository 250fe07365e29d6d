"""What must be true of the databases when everything was killed and all has settled."""

import asyncio
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import psycopg

from fintrack.cli.databases import DatabaseUrls, find_master_key
from fintrack.core.clock import utc_now
from fintrack.core.settings import Settings
from fintrack.services import database, master_key
from fintrack.services.mail import transport
from fintrack.services.mail.choosing import choose_transport
from fintrack.services.mail.sending import MOST_UNSURE, send_letters
from fintrack.services.mail.sweeping import sweep_letters
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.shipping import ship_trail
from tests.browser.letter_box import LetterBox
from tests.serving import ROOT

# By then what was cut off in the middle is taken for dead.
LATER = timedelta(minutes=15)
SOURCES = (
    "SELECT 'change_set', id FROM change_set UNION ALL "
    "SELECT 'security_event', id FROM security_event"
)
CHAIN = "SELECT source, source_id FROM audit_entry"
LETTERS = "SELECT recipient, state, reference, expires_at, unsure FROM letter"


def settle(settings: Settings, urls: DatabaseUrls) -> None:
    """Runs the jobs once more, as they would a quarter of an hour later."""

    def later() -> datetime:
        return utc_now() + LATER

    async def run() -> None:
        home = database.connect(urls.main, urls.log, later)
        database.install(home)
        master_key.install(await find_master_key(settings))
        mail = choose_transport(settings.smtp_url, settings.smtp_from, sys.stdout)
        transport.install(mail)
        try:
            await sweep_letters()
            while await send_letters():
                pass
            await ship_trail()
            await sign_head()
        finally:
            master_key.install(None)
            database.install(None)
            await home.dispose()

    asyncio.run(run())


def prove_trail(main: str, log: str) -> int:
    """Each change set and event is in the chain exactly once; how many they are."""
    known, chained = sorted(rows(main, SOURCES)), sorted(rows(log, CHAIN))
    assert chained == known
    return len(chained)


def prove_letters(main: str, box: LetterBox, asked: list[str]) -> int:
    """What was asked for is there, and none is lost or came a third time.

    A code whose time was over before it could leave has expired, which is no loss. What
    was cut off while it left, and again, fails (``docs/adr/0010``).
    """
    letters = rows(main, LETTERS)
    assert set(asked) <= {recipient for recipient, *_ in letters}
    copies = Counter(str(one["Message-ID"]) for one in box.taken)
    taken = {name[1:].partition("@")[0]: count for name, count in copies.items()}
    for recipient, state, reference, expires_at, unsure in letters:
        count = taken.get(reference, 0)
        is_well = count in {1, 2} if state == "sent" else count <= 2
        assert is_well, (recipient, state, count)
        is_explained = {
            "sent": True,
            "expired": expires_at is not None,
            "failed": unsure > MOST_UNSURE,
        }
        assert is_explained.get(state), (recipient, state, unsure)
    return sum(state == "sent" for _, state, *_ in letters)


def run_command(
    environment: dict[str, str], *words: str, given: str = ""
) -> tuple[int, str]:
    """The exit code of ``fintrack …`` and what it printed; it reads ``given``."""
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "fintrack", *words],
        cwd=ROOT, env=environment, input=given, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return ended.returncode, ended.stdout + ended.stderr


def rows(conninfo: str, query: str) -> list[Any]:
    with psycopg.connect(conninfo) as connection:
        return connection.execute(query.encode()).fetchall()
