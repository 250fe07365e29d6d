"""The periods that a picker offers, around today and as the reader's weeks run."""

from dataclasses import dataclass

from fintrack.core.period import (
    Period,
    PeriodKind,
    month_of,
    quarter_of,
    week_of,
    year_of,
)
from fintrack.core.text import message_id
from fintrack.state.amounts import Reader

WORDS = {
    PeriodKind.WEEK: message_id("This week"),
    PeriodKind.MONTH: message_id("This month"),
    PeriodKind.QUARTER: message_id("This quarter"),
    PeriodKind.YEAR: message_id("This year"),
}


@dataclass(frozen=True)
class PeriodChoice:
    """A period that is offered, by its kind."""

    value: str
    label: str


def period_choices(reader: Reader) -> list[PeriodChoice]:
    """What can be chosen, by the kind of the period."""
    return [PeriodChoice(str(kind), reader.say(words)) for kind, words in WORDS.items()]


def chosen_period(value: str, reader: Reader) -> Period | None:
    """The present period of a kind; None for one that is not offered."""
    today = reader.today
    present = {
        PeriodKind.WEEK: week_of(today, week_start=reader.week_start),
        PeriodKind.MONTH: month_of(today, month_start=reader.month_start),
        PeriodKind.QUARTER: quarter_of(today),
        PeriodKind.YEAR: year_of(today),
    }
    return {str(kind): period for kind, period in present.items()}.get(value)
