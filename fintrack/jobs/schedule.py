"""The timetable. Times are UTC: clocks that people put back repeat no hour of it."""

from datetime import timedelta

from fintrack.core.jobs import Job, daily, every
from fintrack.services.attachments.sweeping import sweep_attachments
from fintrack.services.backups.keeping import MAKE, make_nightly
from fintrack.services.codes import sweep_codes
from fintrack.services.factor.pending import sweep_pending
from fintrack.services.imports.sweeping import sweep_previews
from fintrack.services.jobs.runs import sweep_runs
from fintrack.services.locks import TELL, tell_locks
from fintrack.services.mail.outbox import SEND
from fintrack.services.mail.sending import send_letters
from fintrack.services.mail.sweeping import sweep_letters
from fintrack.services.pictures import sweep_pictures
from fintrack.services.programs.refresh_tokens import sweep_refresh_tokens
from fintrack.services.rates.bundled import load_bundled
from fintrack.services.rates.fetching import (
    FETCH,
    FETCH_WANTED,
    fetch_rates,
    fetch_wanted,
)
from fintrack.services.rates.filling import FILL, fill_rates
from fintrack.services.recurring.settling import settle_all
from fintrack.services.sessions import sweep_sessions
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.proving import prove_trail
from fintrack.services.trail.pruning import prune_images
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.tries import sweep_counters

# A million rows take seconds; a log of many years is still walked to its end.
VERIFYING_LIMIT = timedelta(hours=1)

TIMETABLE = (
    Job("trail.ship", every(seconds=10), ship_trail),
    Job(SEND, every(minutes=1), send_letters),
    Job(TELL, every(minutes=1), tell_locks),
    Job("mail.sweep", every(minutes=1), sweep_letters),
    Job("codes.sweep", every(minutes=10), sweep_codes),
    Job("second_step.sweep", every(minutes=10), sweep_pending),
    # Each day begins somewhere at a quarter of an hour; nowhere in between.
    Job("recurring.settle", every(minutes=15), settle_all),
    Job("trail.sign", every(minutes=10), sign_head),
    Job("imports.sweep", every(hours=1), sweep_previews),
    Job("pictures.sweep", every(hours=1), sweep_pictures),
    Job("tries.sweep", every(hours=1), sweep_counters),
    Job("tokens.sweep", every(hours=1), sweep_refresh_tokens),
    Job("sessions.sweep", daily("03:10"), sweep_sessions),
    Job("jobs.sweep", daily("03:20"), sweep_runs),
    Job("trail.prune", daily("03:30"), prune_images),
    Job("attachments.sweep", daily("03:40"), sweep_attachments),
    Job("trail.verify", daily("03:50"), prove_trail, limit=VERIFYING_LIMIT),
)


# A program that was just installed or renewed brings rates along.
BUNDLED = Job("rates.bundled", every(hours=1), load_bundled)

# Large files on a slow disk take their time; nobody waits for it.
BACKUP_LIMIT = timedelta(hours=6)


def build_timetable(
    rates: str, minutes: int, backup_hour: int | None = None
) -> tuple[Job, ...]:
    """All jobs; those for rates as far as they are wanted (``FINTRACK_RATES``).

    ``backup_hour`` is when backups are made, in UTC; None where none are.
    """
    fetched = (
        Job(FETCH, every(minutes=minutes), fetch_rates),
        Job(FETCH_WANTED, every(minutes=1), fetch_wanted),
        Job(FILL, every(minutes=1), fill_rates),
    )
    of_rates = {"off": (), "bundled": (BUNDLED,), "fetched": (BUNDLED, *fetched)}
    return (*TIMETABLE, *of_rates[rates], *_backups(backup_hour))


def _backups(hour: int | None) -> tuple[Job, ...]:
    if hour is None:
        return ()
    return (Job(MAKE, daily(f"{hour:02}:00"), make_nightly, limit=BACKUP_LIMIT),)
