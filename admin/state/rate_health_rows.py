"""The health of rates as rows of the overview."""

from datetime import datetime, timedelta

from admin.state.part_rows import PartRow, bad, poor, well
from admin.state.rate_rows import fault_text
from fintrack.services.rates.health import RateHealth
from fintrack.services.rates.overseeing import SourceView
from fintrack.state.amounts import Reader
from fintrack.state.currency_rows import SOURCES

FETCH_RATES = "rates"
# The sources speak each day; the bank rests on weekends, the others do not.
OLD = timedelta(days=2)


def rate_parts(health: RateHealth, reader: Reader) -> list[PartRow]:
    """How the sources do, and what waits for a decision."""
    jumps = [_jumps(health.jumps, reader)] if health.jumps else []
    return [_sources(health, reader), *jumps]


def _sources(health: RateHealth, reader: Reader) -> PartRow:
    name, newest = reader.say("Rates"), _newest(health.newest_at, reader)
    failing = [view for view in health.sources if view.row.failures]
    fetch = (FETCH_RATES, reader.say("Fetch them now"))
    if not health.sources:
        says = reader.say("They are not fetched here.")
        row = well(name, f"{says} {newest}", reader)
    elif failing:
        says = " ".join([*(_fault(view, reader) for view in failing), newest])
        fix = reader.say(
            "Each is asked again by itself. If one stays so, see it under Rates and "
            "check that this machine reaches it."
        )
        # As long as another one speaks, most rates go on.
        weigh = bad if len(failing) == len(health.sources) else poor
        row = weigh(name, says, fix, reader, fetch)
    elif _is_old(health):
        fix = reader.say("Fetch them now. If they stay old, see the job under Jobs.")
        row = poor(name, newest, fix, reader, fetch)
    else:
        row = well(name, newest, reader)
    return row


def _jumps(count: int, reader: Reader) -> PartRow:
    says = reader.count(
        "The rates of one currency jumped and count nowhere until you decide.",
        "The rates of {n} currencies jumped and count nowhere until you decide.",
        count,
    )
    fix = reader.say("Accept or refuse them under Rates.")
    return poor(reader.say("Jumps of rates"), says, fix, reader)


def _newest(at: datetime | None, reader: Reader) -> str:
    if at is None:
        return reader.say("No rate is known yet.")
    return reader.say("The newest rate is of {when}.", when=reader.moment(at))


def _fault(view: SourceView, reader: Reader) -> str:
    """What a source did not do, and until when it is left alone."""
    source = reader.say(SOURCES[view.row.source])
    fault = fault_text(view.row.error, reader)
    if view.rests_until is None:
        return reader.say("{source}: {fault}", source=source, fault=fault)
    return reader.say(
        "{source}: {fault} It is left alone until {time}.",
        source=source,
        fault=fault,
        time=reader.moment(view.rests_until),
    )


def _is_old(health: RateHealth) -> bool:
    """Whether all were asked and none of them has said anything for long."""
    if any(view.row.checked_at is None for view in health.sources):
        return False
    return health.age is None or health.age > OLD
