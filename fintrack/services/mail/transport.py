"""How mail leaves the house: what every transport does, and what may become of mail."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

MAX_REASON = 200


class Fate(StrEnum):
    """What became of one mail.

    AWAY: nothing can be sent now, whichever mail it is. LATER: this mail was not taken
    and may be tried again. NEVER: it was refused for good. UNSURE: the connection was
    lost after all of it was handed over, so it may have been taken.
    """

    SENT = "sent"
    LATER = "later"
    NEVER = "never"
    AWAY = "away"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of one mail; ``reason`` is what the other side said, one short line."""

    fate: Fate
    reason: str = ""


TOO_LATE = Outcome(Fate.LATER, "Its time was over before it could be handed over.")


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter as it leaves: rendered, with the reference that tells it from others.

    ``is_late`` is asked just before it is handed over, when connecting and signing in
    have taken what they take.
    """

    to: str
    language: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    reference: str
    at: datetime
    is_late: Callable[[], bool] = field(default=_never, repr=False)


class Transport(Protocol):
    """Sends mail, one after the other."""

    async def send(self, mail: Mail) -> Outcome:
        """Hands one mail over; a fault of the other side is an outcome, no error.

        Mail that is late by then is kept back: ``TOO_LATE``.
        """
        ...

    async def hang_up(self) -> None:
        """Ends a connection that was kept between mails."""
        ...


class _Installed:
    """The transport of this process; jobs need not carry it along."""

    transport: Transport | None = None


def install(transport: Transport | None) -> None:
    """Makes ``transport`` the one of this process; None takes it out."""
    _Installed.transport = transport


def current() -> Transport:
    """The installed transport.

    Raises:
        RuntimeError: the wiring has installed none.
    """
    if _Installed.transport is None:
        raise RuntimeError("no mail transport is installed")
    return _Installed.transport


def one_line(given: str, most: int) -> str:
    """``given`` without line ends, controls and changes of direction, cut at ``most``.

    What people and servers send becomes part of headers, pages and a terminal.
    """
    kept = (" " if _breaks(c) else c for c in given[: 4 * most] if not _hides(c))
    line = " ".join("".join(kept).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _breaks(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}


def _hides(character: str) -> bool:
    """Whether it turns the direction of what follows (Unicode Annex 9)."""
    return unicodedata.bidirectional(character) in {
        *("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    }
