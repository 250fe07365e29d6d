"""The health of each part as a row: a sentence, and for a fault what mends it."""

from dataclasses import replace
from datetime import datetime, timedelta

from babel.numbers import format_decimal

from admin.state.books_health_rows import broken_books
from admin.state.jobs import name_of
from admin.state.part_rows import PartRow, bad, poor, well
from admin.state.rate_health_rows import rate_parts
from fintrack.core.text import message_id
from fintrack.services.rate_limiter import Counting
from fintrack.services.staff.health import BackupHealth, Disk, Health
from fintrack.services.trail.health import TrailHealth
from fintrack.services.trail.proving import Finding
from fintrack.services.trail.starting_over import Loss
from fintrack.state.amounts import Reader

GIGABYTE = 10**9
UNITS = ((GIGABYTE, "GB"), (10**6, "MB"), (1_000, "kB"))
# Below a tenth of the disk and 5 GB there is time to act; below 1 GB there is not.
LITTLE_ROOM, NO_ROOM = 5 * GIGABYTE, GIGABYTE
# A mail server that was away comes back sooner; so does a log database.
LONG = timedelta(minutes=30)
# A server that asks to come again is content with the second or third try, a minute
# and a half after the first; a code lives five.
TRIED_OFTEN = 3
# A night may be missed while the machine is off; the next start makes up for it.
OLD_BACKUP, NO_BACKUP = timedelta(hours=26), timedelta(days=3)
LOSS_ADVICE = message_id(
    "Find out who emptied it. What is missing stands in your last backup of the log "
    "database; this note stays."
)
BREACH_ADVICE = message_id(
    "Somebody changed the log. Copy both databases as they are now, then compare this "
    "row with your last backup."
)
LOSSES = "/api/v1/staff/trail/losses"
COUNTED = {
    Counting.OFF: message_id("Requests are not counted here."),
    Counting.HERE: message_id("This process counts them in its memory."),
    Counting.TOGETHER: message_id("They are counted in Redis."),
}
RUN_JOBS, RUN_TRAIL, RETRY_MAIL, RUN_BACKUP = "jobs", "trail", "mail", "backup"


def health_rows(health: Health, reader: Reader) -> list[PartRow]:
    """All parts, in the order in which a fault of one makes faults of the next."""
    return [
        _main(health, reader),
        *([broken_books(health.broken, reader)] if health.broken else []),
        _log_database(health, reader),
        _trail(health, reader),
        *(_lost_trail(loss, reader) for loss in health.trail.losses),
        *([_disk(health.disk, reader)] if health.disk else []),
        *([_limits(health.counting, reader)] if health.counting else []),
        _jobs(health, reader),
        *rate_parts(health.rates, reader),
        _mail(health, reader),
        *([_backup(health.backup, health.at, reader)] if health.backup else []),
    ]


def tell_loss(loss: Loss, reader: Reader) -> str:
    """When the log database was found empty, and what was lost with it."""
    return reader.count(
        "{when}: the log database was found empty. Its one row is lost, and a new "
        "trail was begun with what the main database still had.",
        "{when}: the log database was found empty. Its {rows} rows are lost, and a new "
        "trail was begun with what the main database still had.",
        loss.rows,
        when=reader.moment(loss.at),
        rows=loss.rows,
    )


def _main(health: Health, reader: Reader) -> PartRow:
    size = _size(health.main_bytes, reader)
    return well(
        reader.say("Main database"),
        reader.say("It answers and holds {size}.", size=size),
        reader,
    )


def _log_database(health: Health, reader: Reader) -> PartRow:
    name = reader.say("Log database")
    if health.log_bytes is None:
        return bad(
            name,
            reader.say("It does not answer. The trail waits and loses nothing."),
            reader.say("Start it, or check FINTRACK_LOG_DATABASE_URL."),
            reader,
        )
    size = _size(health.log_bytes, reader)
    return well(name, reader.say("It answers and holds {size}.", size=size), reader)


def _trail(health: Health, reader: Reader) -> PartRow:
    name, trail = reader.say("Trail"), health.trail
    if trail.finding:
        return _broken_trail(trail.finding, reader)
    ship = (RUN_TRAIL, reader.say("Ship it now"))
    if trail.error:
        return _stopped_trail(trail, reader, ship)
    waits = reader.count(
        "One entry waits to be shipped.",
        "{n} entries wait to be shipped.",
        trail.unshipped,
    )
    if trail.oldest_at and health.at - trail.oldest_at > LONG:
        fix = reader.say("Ship it now; if it stays, see its job under Jobs.")
        return poor(name, waits, fix, reader, ship)
    if trail.position and not trail.writes_apart:
        return poor(
            name,
            reader.say("Only triggers keep its rows: FinTrack may make no role there."),
            reader.say(
                "Let the login of the log database make roles, as docs/adr/0013 says."
            ),
            reader,
        )
    return well(name, waits, reader)


def _broken_trail(finding: Finding, reader: Reader) -> PartRow:
    problem = finding.problem
    says = reader.say(
        "{problem} The verification of {when} found it.",
        problem=reader.say(problem.message, **dict(problem.values)),
        when=reader.moment(finding.at),
    )
    return bad(reader.say("Trail"), says, reader.say(BREACH_ADVICE), reader)


def _stopped_trail(
    trail: TrailHealth, reader: Reader, ship: tuple[str, str]
) -> PartRow:
    name = reader.say("Trail")
    if trail.is_broken:
        return bad(
            name,
            reader.say("The log database was changed. {error}", error=trail.error),
            reader.say(
                "Nothing is shipped until it is put back from its backup. Verify the "
                "trail: that names the first row that is wrong. Find out who did it."
            ),
            reader,
        )
    return bad(
        name,
        reader.say(
            "The last shipping failed: {error}. What waits is safe.",
            error=trail.error.rstrip("."),
        ),
        reader.say("Mend what the sentence names, then ship it again."),
        reader,
        ship,
    )


def _lost_trail(loss: Loss, reader: Reader) -> PartRow:
    name, says = reader.say("Lost trail"), tell_loss(loss, reader)
    if loss.acknowledged is None:
        row = poor(name, says, reader.say(LOSS_ADVICE), reader)
        return replace(
            row, url=f"{LOSSES}/{loss.id}/acknowledge", label=reader.say("Acknowledge")
        )
    known = reader.say(
        "Acknowledged by {who}, {when}.",
        who=loss.acknowledged.email,
        when=reader.moment(loss.acknowledged.at),
    )
    return PartRow(
        name, f"{says} {known}", tone="", standing=reader.say("Acknowledged")
    )


def _disk(disk: Disk, reader: Reader) -> PartRow:
    name = reader.say("Disk")
    says = reader.say(
        "{free} of {total} are free.",
        free=_size(disk.free, reader),
        total=_size(disk.total, reader),
    )
    fix = reader.say("Make room on the disk of the data directory.")
    if disk.free < NO_ROOM:
        return bad(name, says, fix, reader)
    if disk.free < min(LITTLE_ROOM, disk.total // 10):
        return poor(name, says, fix, reader)
    return well(name, says, reader)


def _limits(counting: Counting, reader: Reader) -> PartRow:
    name = reader.say("Request limits")
    if counting is Counting.AWAY:
        return bad(
            name,
            reader.say(
                "Redis does not answer: nobody can sign in, register or use a code. "
                "All else goes on and is not counted."
            ),
            reader.say("Start it, or check FINTRACK_REDIS_URL."),
            reader,
        )
    return well(name, reader.say(COUNTED[counting]), reader)


def _jobs(health: Health, reader: Reader) -> PartRow:
    name = reader.say("Jobs")
    run = (RUN_JOBS, reader.say("Run them now"))
    if health.failing:
        return bad(
            name,
            reader.say("Failing: {jobs}.", jobs=_names(health.failing, reader)),
            reader.say("See the error under Jobs, mend it, then run them again."),
            reader,
            run,
        )
    if health.late:
        return poor(
            name,
            reader.say("Late: {jobs}.", jobs=_names(health.late, reader)),
            reader.say("Run them now. If they stay late, restart FinTrack."),
            reader,
            run,
        )
    return well(name, reader.say("All jobs run on time."), reader)


def _mail(health: Health, reader: Reader) -> PartRow:
    name, mail = reader.say("Mail"), health.mail
    retry = (RETRY_MAIL, reader.say("Try again now"))
    if mail.failed:
        return bad(
            name,
            reader.count(
                "One failed in the last day.",
                "{n} failed in the last day.",
                mail.failed,
            ),
            reader.say(
                "See under Mail what the mail server said, then try again. Letters "
                "with a code are not sent again; people ask for a new one."
            ),
            reader,
            retry,
        )
    if not mail.waiting_since:
        return well(name, reader.say("No letter waits."), reader)
    since = reader.moment(mail.waiting_since)
    says = reader.say("The oldest letter waits since {since}.", since=since)
    if mail.tries >= TRIED_OFTEN:
        says += " " + reader.count(
            "A letter was tried once in vain.",
            "A letter was tried {n} times in vain.",
            mail.tries,
        )
    if mail.tries >= TRIED_OFTEN or health.at - mail.waiting_since > LONG:
        fix = reader.say("See under Mail what the mail server said, then try again.")
        return poor(name, says, fix, reader, retry)
    return well(name, says, reader)


def _backup(backup: BackupHealth, now: datetime, reader: Reader) -> PartRow:
    name, made_at = reader.say("Backups"), backup.latest.made_at
    make = (RUN_BACKUP, reader.say("Make one now"))
    if made_at is None:
        says = reader.say("None was made yet.")
    else:
        says = reader.say(
            "The last one was made {when} and has {size}.",
            when=reader.moment(made_at),
            size=_size(backup.latest.size, reader),
        )
    if backup.has_failed:
        failed = reader.say("The last try failed.")
        fix = reader.say("See in the process log why, mend it, then make one.")
        return bad(name, f"{failed} {says}", fix, reader, make)
    age = now - made_at if made_at else NO_BACKUP
    if age <= OLD_BACKUP:
        return well(name, says, reader)
    fix = reader.say("Make one now. If none comes, see its job under Jobs.")
    judge = bad if made_at and age > NO_BACKUP else poor
    return judge(name, says, fix, reader, make)


def _names(jobs: tuple[str, ...], reader: Reader) -> str:
    return ", ".join(name_of(job, reader) for job in jobs)


def _size(count: int, reader: Reader) -> str:
    unit, word = next((one for one in UNITS if count >= one[0]), UNITS[-1])
    return f"{format_decimal(count // unit, locale=reader.language)} {word}"
