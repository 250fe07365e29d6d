"""Which currencies CurrencyFreaks has rates of, and of which days.

https://currencyfreaks.com/documentation.html, ``/supported-currencies``, without a key:
``{"supportedCurrenciesMap": {"EUR": {"currencyCode": "EUR", "status": "AVAILABLE",
"availableFrom": "1998-12-31", "availableUntil": "2024-04-18"}}}``. Members may be null.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from fintrack.core.rate_faults import SourceFault
from fintrack.core.rate_runs import Observation
from fintrack.services import database
from fintrack.services.rates.feeds.answers import Members, read_object
from fintrack.services.rates.feeds.client import RateClient

LIST = "supported-currencies"
AVAILABLE = "AVAILABLE"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Window:
    """From the first to the last day of which it has rates."""

    first: date
    last: date

    def has(self, at: datetime) -> bool:
        """Whether a rate of that instant can be one of its own."""
        return self.first <= at.date() <= self.last


# It had none on any day.
NEVER = Window(date.max, date.min)
Windows = Mapping[str, Window]


@dataclass(slots=True)
class Supported:
    """The list as it was last read, once a day; none before the first time."""

    windows: Windows = field(default_factory=dict)
    read_on: date | None = None

    async def only(
        self, client: RateClient, url: str, seen: Iterable[Observation]
    ) -> list[Observation]:
        """Those of which the source says that it has them; ``url`` is of the list.

        A list that cannot be read keeps nothing out but what the last one did: rates
        are worth more than it is.
        """
        today = database.current().clock().date()
        if self.read_on != today:
            try:
                answer = await client.get(url)
                self.windows = await asyncio.to_thread(read_windows, answer.body)
                self.read_on = today
            except SourceFault as fault:
                _log.warning("%s: %s", LIST, fault)
        return [
            one
            for one in seen
            if one.code not in self.windows or self.windows[one.code].has(one.at)
        ]


def read_windows(body: bytes) -> Windows:
    """The days of each currency in the list.

    The last day of one that is available is that on which the list was written: it says
    nothing of what comes. One that is not available and has no last day has no rates.

    Raises:
        WrongShape: it is no such list.
    """
    listed = read_object(body).below("supportedCurrenciesMap")
    return {code: _window(listed.below(code)) for code in listed}


def _window(one: Members) -> Window:
    first = _day(one.get("availableFrom")) or date.min
    if one.get("status") == AVAILABLE:
        return Window(first, date.max)
    last = _day(one.get("availableUntil"))
    return Window(first, last) if last else NEVER


def _day(value: object) -> date | None:
    """A day, or the day of an instant; None where it is neither."""
    try:
        return datetime.fromisoformat(value).date() if isinstance(value, str) else None
    except ValueError:
        return None
