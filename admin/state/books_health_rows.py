"""The health of the books as a row, which is there while they are broken."""

from admin.state.part_rows import PartRow, bad
from fintrack.core.text import message_id
from fintrack.services.last_check import BrokenBooks
from fintrack.state.amounts import Reader

ADVICE = message_id(
    "Run “python -m fintrack check” at the machine: it names what is broken. Compare "
    "with an older backup. This note goes once a check finds nothing."
)


def broken_books(broken: BrokenBooks, reader: Reader) -> PartRow:
    """What the last check found; nobody but a person at the machine can help."""
    says = reader.count(
        "The check of {when} found one thing broken in them.",
        "The check of {when} found {n} things broken in them.",
        broken.count,
        when=reader.moment(broken.at),
    )
    return bad(reader.say("Books"), says, reader.say(ADVICE), reader)
