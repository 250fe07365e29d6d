"""What a total lacks because no rate brings it there, in the words of one reader."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from fintrack.core.formatting import format_day, format_money
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.services.dashboard.curves import LeftOut
from fintrack.services.dashboard.together import Together
from fintrack.services.rates.dated import SeenRate
from fintrack.state.amounts import Reader
from fintrack.state.currency_rows import seen_day
from fintrack.state.rows import isolated

MAX_AMOUNTS = 3
# Sources rest over a long weekend; what they say then is no old rate.
STILL_NEW = timedelta(7)


class Flow(Protocol):
    """Income and spending in one currency."""

    @property
    def came_in(self) -> Money:
        """What came in."""
        ...

    @property
    def went_out(self) -> Money:
        """What went out."""
        ...


def missing_text(unconverted: Iterable[Money], to: str, reader: Reader) -> str:
    """How many amounts are not in a total, and which; nothing where none is missing."""
    amounts = [one for one in unconverted if one.minor]
    return _said([format_money(one, reader.language) for one in amounts], to, reader)


def not_in_change_text(together: Together, to: str, reader: Reader) -> str:
    """Which amounts are in a net worth but not in its change; nothing for none.

    What is not in the net worth either is said beside that.
    """
    missing = {one.currency for one in together.unconverted if one.minor}
    amounts = [one for one in together.not_in_change if one.currency not in missing]
    if not amounts:
        return ""
    return reader.say(
        message_id(
            "Not in the change, the rate into {code} was not known all the time: "
            "{amounts}"
        ),
        code=to,
        amounts=isolated(_listed([format_money(m, reader.language) for m in amounts])),
    )


def counted_from_text(left_out: Iterable[LeftOut], reader: Reader) -> str:
    """From when on a curve has which currencies; nothing where it has all or never."""
    parts = [
        reader.say(
            message_id("{currency} is counted from {day} on"),
            currency=one.currency,
            day=format_day(one.counted_from, reader.language),
        )
        for one in left_out
        if one.counted_from
    ]
    return " · ".join(parts)


def oldest_text(oldest: SeenRate | None, reader: Reader) -> str:
    """Of when the oldest rate in a total is; nothing where all are of that week."""
    seen_on = _old_day(oldest, reader)
    if oldest is None or seen_on is None:
        return ""
    return reader.say(
        message_id("Oldest rate: {currency}, your own of {day}")
        if oldest.is_own
        else message_id("Oldest rate: {currency}, {day}"),
        currency=oldest.currency,
        day=format_day(seen_on, reader.language),
    )


def oldest_flow_text(oldest: SeenRate | None, reader: Reader) -> str:
    """The same of sums in which each amount has the rate of its own day."""
    seen_on = _old_day(oldest, reader)
    if oldest is None or seen_on is None:
        return ""
    return reader.say(
        message_id("Oldest rate: {currency}, your own of {day}, used for {on}")
        if oldest.is_own
        else message_id("Oldest rate: {currency} of {day}, used for {on}"),
        currency=oldest.currency,
        day=format_day(seen_on, reader.language),
        on=format_day(oldest.on, reader.language),
    )


def _old_day(rate: SeenRate | None, reader: Reader) -> date | None:
    """The day of a rate that is old; on a day to come rates are of today at best."""
    seen_on = seen_day(rate, reader) if rate else None
    if rate is None or seen_on is None:
        return None
    return seen_on if seen_on < min(rate.on, reader.today) - STILL_NEW else None


def missing_flows_text(unconverted: Iterable[Flow], to: str, reader: Reader) -> str:
    """The same for what came in and went out."""
    flows = [one for one in unconverted if one.came_in.minor or one.went_out.minor]
    return _said([flow_text(one, reader) for one in flows], to, reader)


def missing_spending_text(unconverted: Iterable[Flow], to: str, reader: Reader) -> str:
    """The same for what went out."""
    return missing_text((one.went_out for one in unconverted), to, reader)


def flow_text(flow: Flow, reader: Reader) -> str:
    """What came in and went out, in words."""
    return reader.say(
        message_id("{came_in} in, {went_out} out"),
        came_in=isolated(format_money(flow.came_in, reader.language)),
        went_out=isolated(format_money(flow.went_out, reader.language)),
    )


def _said(texts: list[str], to: str, reader: Reader) -> str:
    if not texts:
        return ""
    return reader.count(
        "{n} currency is not counted, no rate into {code} is known: {amounts}",
        "{n} currencies are not counted, no rate into {code} is known: {amounts}",
        len(texts),
        code=to,
        amounts=isolated(_listed(texts)),
    )


def _listed(texts: list[str]) -> str:
    return "; ".join(texts[:MAX_AMOUNTS] + ["…"] * (len(texts) > MAX_AMOUNTS))
