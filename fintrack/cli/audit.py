"""``fintrack audit verify``: proves the chain in LogDB, or names its first bad row."""

from pathlib import Path

from fintrack.cli.about import ABOUT, HELP
from fintrack.cli.databases import DatabaseUrls, databases, find_master_key, run_with
from fintrack.core.actor import SYSTEM
from fintrack.core.errors import InvalidInput
from fintrack.core.settings import Settings, read_settings
from fintrack.core.text import message_id
from fintrack.services import master_key
from fintrack.services.backups.restoring import read_head
from fintrack.services.commands import ask
from fintrack.services.trail.health import TrailHealth, find_health
from fintrack.services.trail.proving import keep_verdict
from fintrack.services.trail.verifying import Breach, Verdict, verify_trail

BROKEN = 1
AGAINST = "--against"
USAGE = message_id("Write: python -m fintrack audit verify [--against BACKUP ...]")


def run(arguments: list[str]) -> int:
    """Verify the audit trail; 1 when it was tampered with.

    After ``--against`` come backups, whose heads the trail must hold as well.

    Raises:
        InvalidInput: the words after ``audit`` are other ones.
        FinTrackError: a backup cannot be read, said in a sentence.
    """
    if arguments in HELP:
        print(f"{ABOUT['audit']}\n{USAGE}")
        return 0
    word, *rest = arguments or [""]
    if word != "verify" or rest[:1] not in ([], [AGAINST]) or len(rest) == 1:
        raise InvalidInput(USAGE)
    settings = read_settings()
    backups = [Path(name) for name in rest[1:]]
    with databases(settings) as urls:
        verdict, health = _ask_both(settings, urls, backups)
    if health.position and not health.writes_apart:
        print(
            "Note: the server of the log database lets FinTrack make no role, so only "
            "triggers keep rows from being changed. See docs/adr/0008."
        )
    for loss in verdict.losses:
        print(
            f"Note: on {loss.at:%Y-%m-%d %H:%M} UTC the log database was found empty. "
            f"Its chain of {loss.rows} rows is lost, and a new one was begun with what "
            "the main database still had."
        )
    return tell_verdict(verdict, health.unshipped)


def tell_verdict(verdict: Verdict, unshipped: int) -> int:
    """Prints what was proved, or the first bad row; the exit code."""
    if verdict.breach:
        print(_sentence(verdict.breach))
        return BROKEN
    print(
        f"The trail is sound: {verdict.rows} rows, {verdict.heads} signed heads; "
        f"{unshipped} changes wait to be shipped."
    )
    return 0


def _ask_both(
    settings: Settings, urls: DatabaseUrls, backups: list[Path]
) -> tuple[Verdict, TrailHealth]:
    async def both() -> tuple[Verdict, TrailHealth]:
        key = await find_master_key(settings)
        found = [read_head(path, key) for path in backups]
        kept = [head for head in found if head]
        master_key.install(key)
        try:
            verdict = await ask(SYSTEM, verify_trail, kept=kept)
            health = await ask(SYSTEM, find_health)
            await keep_verdict(verdict)
            return verdict, health
        finally:
            master_key.install(None)

    return run_with(urls, both)


def _sentence(breach: Breach) -> str:
    return breach.problem.message.format(**dict(breach.problem.values))
