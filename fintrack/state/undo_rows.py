"""What stands in the way of an undo, as somebody reads it."""

from dataclasses import dataclass
from typing import Final

from fintrack.core.errors import FinTrackError
from fintrack.core.formatting import format_day, format_money
from fintrack.core.text import message_id
from fintrack.core.undo_faults import InTheWay, RowsInTheWay, Why
from fintrack.state.amounts import Reader
from fintrack.state.change_rows import SUBJECTS, WORDS, name_text
from fintrack.state.forms import errors_by_field
from fintrack.state.rows import isolated

WHYS: Final = {
    Why.CHANGED: message_id("changed since then"),
    Why.VOID: message_id("made void since then"),
    Why.RECONCILED: message_id("reconciled since then"),
    Why.REMOVED: message_id("no longer there"),
    Why.NEEDS_IT: message_id("came later and needs it"),
}
KINDS: Final = {
    **SUBJECTS,
    "import_preview": message_id("File that waits for its check"),
}


@dataclass(frozen=True)
class InTheWayRow:
    """One thing: what it is, and why the change stays because of it."""

    what: str
    why: str


@dataclass(frozen=True)
class Refused:
    """Why the change ``id`` stays; ``more`` counts what is not named."""

    id: str = ""
    text: str = ""
    rows: tuple[InTheWayRow, ...] = ()
    more: str = ""


def first_in_the_way(error: FinTrackError, reader: Reader) -> str:
    """The first thing in words, for a toast; empty where none is named."""
    if not isinstance(error, RowsInTheWay) or not error.rows:
        return ""
    first = _row(error.rows[0], reader)
    more = _more(error.total - 1, reader)
    return " ".join(filter(None, (f"{first.what}: {first.why}.", more)))


def refused_undo(error: FinTrackError, reader: Reader) -> Refused:
    """The things that are named, or nothing where the error names none."""
    if not isinstance(error, RowsInTheWay):
        return Refused()
    return Refused(
        id=str(error.change_id),
        text=" ".join(errors_by_field(error, reader.language).values()),
        rows=tuple(_row(one, reader) for one in error.rows),
        more=_more(error.total - len(error.rows), reader),
    )


def _more(left: int, reader: Reader) -> str:
    return reader.count("And one more.", "And {n} more.", left) if left > 0 else ""


def _row(one: InTheWay, reader: Reader) -> InTheWayRow:
    kind, about = reader.say(KINDS[one.subject]), name_text(one.about, reader)
    said = [
        format_day(one.on_date, reader.language) if one.on_date else "",
        ": ".join(filter(None, ("" if one.on_date else kind, about))) or kind,
        isolated(format_money(one.amount, reader.language)) if one.amount else "",
    ]
    why = reader.say(WHYS[one.why])
    fields = [reader.say(WORDS[name]) for name in one.fields]
    if one.why == Why.CHANGED and fields:
        why += f" ({', '.join(dict.fromkeys(fields))})"
    return InTheWayRow(" · ".join(filter(None, said)), why)
