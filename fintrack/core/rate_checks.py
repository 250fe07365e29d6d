"""Which of the observations that a source sent are believed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from fintrack.core.currency import check_existed
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.rate_runs import HUB, Observation, read_rate
from fintrack.core.rate_spans import FIRST_DAY

# Clocks differ, and some sources name the hour to which a rate belongs.
MAX_AHEAD = timedelta(hours=1)


class Refused(NamedTuple):
    """An observation that is left out, and why."""

    code: str
    at: datetime
    reason: Problem

    @property
    def text(self) -> str:
        """The reason in English, for the log."""
        return self.reason.message.format(**dict(self.reason.values))


@dataclass(slots=True)
class Checked:
    """``good`` ones by their time; ``unknown`` counts codes that no currency has."""

    good: list[Observation] = field(default_factory=list)
    unknown: int = 0
    refused: list[Refused] = field(default_factory=list)


def check_observations(
    observations: Iterable[Observation], codes: Collection[str], now: datetime
) -> Checked:
    """Sorts out what cannot be kept; one bad line costs the others nothing.

    What one US dollar is in US dollars says nothing and is left out without a word.
    """
    checked = Checked()
    said: dict[tuple[str, datetime], Decimal] = {}
    for code, value, at in sorted(observations, key=lambda seen: seen.at):
        if code not in codes:
            checked.unknown += 1
        elif code != HUB:
            try:
                rate = read_rate(value)
                _check_instant(code, at, now)
                _check_said_once(said.setdefault((code, at), rate), rate)
            except InvalidInput as error:
                checked.refused.append(Refused(code, at, error.problems[0]))
            else:
                checked.good.append(Observation(code, rate, at))
    return checked


def is_jump(rate: Decimal, before: Decimal, most: Decimal) -> bool:
    """Whether a rate is more than ``most`` times as much or as little as before."""
    return rate > before * most or rate * most < before


def _check_instant(code: str, at: datetime, now: datetime) -> None:
    """A clock that was never set says 1970, whatever it is asked for."""
    if at > now + MAX_AHEAD:
        raise InvalidInput("A rate cannot be of a time to come.", field="at")
    check_existed([code], at.date(), field="at")
    if at.date() < FIRST_DAY:
        raise InvalidInput(
            "No rates are known before {day}.", field="at", day=FIRST_DAY
        )


def _check_said_once(first: Decimal, rate: Decimal) -> None:
    if rate != first:
        raise InvalidInput("The same rate is given twice and differs.", field="rate")
