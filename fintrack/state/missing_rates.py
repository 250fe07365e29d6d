"""What a total lacks because no rate brings it there, in the words of one reader."""

from collections.abc import Iterable
from typing import Protocol

from fintrack.core.formatting import format_money
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.state.amounts import Reader
from fintrack.state.rows import isolated

MAX_AMOUNTS = 3


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


def missing_flows_text(unconverted: Iterable[Flow], to: str, reader: Reader) -> str:
    """The same for what came in and went out."""
    flows = [one for one in unconverted if one.came_in.minor or one.went_out.minor]
    return _said([flow_text(one, reader) for one in flows], to, reader)


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
    shown = texts[:MAX_AMOUNTS] + (["…"] if len(texts) > MAX_AMOUNTS else [])
    return reader.count(
        "{n} currency is not counted, no rate into {code} is known: {amounts}",
        "{n} currencies are not counted, no rate into {code} is known: {amounts}",
        len(texts),
        code=to,
        amounts=isolated("; ".join(shown)),
    )
