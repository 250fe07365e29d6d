"""Sources of rates, jumps and fills as rows, in the words of one reader."""

from dataclasses import dataclass
from decimal import Decimal

from fintrack.core.formatting import currency_name, format_day, format_number
from fintrack.core.rate_faults import FAULTS
from fintrack.core.rate_text import format_rate
from fintrack.core.text import message_id
from fintrack.services.rates.filling import STOPPED, FillView
from fintrack.services.rates.jumps import JumpView
from fintrack.services.rates.overseeing import SourceStanding, SourceView
from fintrack.state.amounts import Reader
from fintrack.state.currency_rows import SOURCES

STANDINGS = {
    SourceStanding.WELL: ("income", message_id("Well")),
    SourceStanding.FAILING: ("danger", message_id("Failing")),
    SourceStanding.RESTING: ("warn", message_id("Resting")),
    SourceStanding.NEVER: ("", message_id("Not asked yet")),
}


@dataclass(frozen=True)
class SourceRow:
    """A source; ``says`` is its last error, until when it rests, and its quota."""

    id: str
    name: str
    last: str
    next: str
    says: str
    tone: str
    standing: str


@dataclass(frozen=True)
class JumpRow:
    """What waits for a decision; ``moved`` says how far it is from the rate ``before``.

    ``in_force`` is what counts now, which may be another one than what it jumped from.
    ``observations`` and ``seen_at`` (ISO) are what a decision is about.
    """

    currency: str
    source: str
    name: str
    who: str
    before: str
    now: str
    moved: str
    since: str
    observations: int
    seen_at: str
    in_force: str


@dataclass(frozen=True)
class FillRow:
    """A fill; ``percent`` is how far it came, ``says`` how it ended with what."""

    source: str
    name: str
    progress: str
    percent: int
    says: str
    is_open: bool


def source_row(view: SourceView, reader: Reader) -> SourceRow:
    """How a source does."""
    tone, standing = STANDINGS[view.standing]
    fetched = view.row.fetched_at
    return SourceRow(
        id=str(view.row.source),
        name=reader.say(SOURCES[view.row.source]),
        last=reader.moment(fetched) if fetched else reader.say("Never"),
        next=reader.moment(view.next_at) if view.next_at else reader.say("Never"),
        says=" ".join(_remarks(view, reader)),
        tone=tone,
        standing=reader.say(standing),
    )


def jump_row(view: JumpView, reader: Reader) -> JumpRow:
    """One currency of one source whose rates wait."""
    return JumpRow(
        currency=view.code,
        source=str(view.source),
        name=f"{currency_name(view.code, reader.language)} · {view.code}",
        who=reader.say(SOURCES[view.source]),
        before=format_rate(view.before, reader.language),
        now=format_rate(view.per_usd, reader.language),
        moved=_moved(view.per_usd / view.before, reader),
        since=_since(view, reader),
        observations=view.observations,
        seen_at=view.seen_at.isoformat(),
        in_force=reader.say("Unknown")
        if view.in_force is None
        else format_rate(view.in_force, reader.language),
    )


def fill_row(view: FillView, reader: Reader) -> FillRow:
    """How far a fill came."""
    return FillRow(
        source=str(view.source),
        name=reader.say(
            "{source}, {first} to {last}",
            source=reader.say(SOURCES[view.source]),
            first=format_day(view.first_on, reader.language),
            last=format_day(view.last_on, reader.language),
        ),
        progress=reader.count(
            "{done} of one day", "{done} of {n} days", view.days, done=view.done
        ),
        percent=100 * view.done // view.days,
        says=" · ".join(_end_of(view, reader)),
        is_open=view.finished_at is None,
    )


def fault_text(kept: str, reader: Reader) -> str:
    """The sentence of a fault as a row keeps it; empty where there is none."""
    code, _, status = kept.partition(" ")
    return reader.say(FAULTS[code].message, status=status) if code in FAULTS else ""


def _remarks(view: SourceView, reader: Reader) -> list[str]:
    remarks = [fault_text(view.row.error, reader)] if view.row.error else []
    if view.rests_until:
        until = reader.moment(view.rests_until)
        remarks.append(reader.say("It is left alone until {time}.", time=until))
    if view.row.quota:
        left = view.row.quota.left
        remarks.append(
            reader.count("One request is left.", "{n} requests are left.", left)
        )
    return remarks


def _since(view: JumpView, reader: Reader) -> str:
    """Since when, and how many of them there are."""
    since = reader.moment(view.since)
    if view.observations == 1:
        return since
    rates = reader.count("one rate", "{n} rates", view.observations)
    return f"{since} · {rates}"


def _moved(ratio: Decimal, reader: Reader) -> str:
    if ratio >= 1:
        times = format_number(ratio, reader.language, decimals=1)
        return reader.say("{times} times as much", times=times)
    part = format_number(1 / ratio, reader.language, decimals=1)
    return reader.say("one part in {times}", times=part)


def _end_of(view: FillView, reader: Reader) -> list[str]:
    """How it ended and what it brought; nothing while it goes on."""
    if view.finished_at is None:
        return []
    if view.error == STOPPED:
        ends = [reader.say("Stopped")]
    elif view.error:
        ends = [fault_text(view.error, reader)]
    else:
        ends = [reader.say("Done")] if view.rates else []
    return [one for one in (*ends, *_brought(view, reader)) if one]


def _brought(view: FillView, reader: Reader) -> list[str]:
    if view.rates:
        told = [reader.count("one rate came", "{n} rates came", view.rates)]
    else:
        told = [reader.say("No rates came")]
    if view.held:
        told.append(
            reader.count("one waits for your word", "{n} wait for your word", view.held)
        )
    if view.empty_days:
        told.append(
            reader.count("one day had none", "{n} days had none", view.empty_days)
        )
    return told
