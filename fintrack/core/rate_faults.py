"""Why a source of rates could not be read; what is in force stays in force.

    Unavailable 503
     └─ SourceFault
         ├─ TimedOut      ├─ BadStatus     ├─ WrongShape
         ├─ Unreachable   ├─ BadRedirect   └─ AnswerTooLarge

A fault never holds an address: there may be a key in it.
"""

from datetime import timedelta
from typing import ClassVar

from fintrack.core.errors import Unavailable

CLIENT_ERRORS = range(400, 500)
NOT_THERE = (404, 410)
# Asked too soon or too often; it may do so later.
NOT_NOW = (408, 425, 429)


class SourceFault(Unavailable):
    """Root of the tree; never raised itself."""

    code = "source-fault"
    is_passing: ClassVar[bool] = False

    @property
    def may_pass(self) -> bool:
        """Whether the same request may do in a moment."""
        return self.is_passing

    @property
    def kept(self) -> str:
        """How it is kept in a row: its code, and its detail behind a space."""
        return self.code


class TimedOut(SourceFault):
    """No answer, or not all of it, in the time that one request may take."""

    code = "timed-out"
    message = "The source did not answer in time."
    is_passing = True


class Unreachable(SourceFault):
    """There is no connection, or it broke."""

    code = "unreachable"
    message = "The source could not be reached."
    is_passing = True


class BadStatus(SourceFault):
    """An answer that says no; ``retry_after`` where it says when to come again."""

    code = "bad-status"
    message = "The source answered with status {status}."

    def __init__(self, status: int, retry_after: timedelta | None = None) -> None:
        self.answered = status
        self.retry_after = retry_after
        super().__init__(status=status)

    @property
    def kept(self) -> str:
        """Its code and the status."""
        return f"{self.code} {self.answered}"

    @property
    def may_pass(self) -> bool:
        """Whether it lies with the source or the time, and not with the request."""
        return self.answered not in CLIENT_ERRORS or self.answered in NOT_NOW


class BadRedirect(SourceFault):
    """It sends elsewhere than to a safe address, or in a circle."""

    code = "bad-redirect"
    message = "The source sends to another address, which is not followed."


class WrongShape(SourceFault):
    """The answer is something else than rates: a page of HTML, another format."""

    code = "wrong-shape"
    message = "The source sent something that is no list of rates."


class AnswerTooLarge(SourceFault):
    """More bytes than any list of rates has."""

    code = "answer-too-large"
    message = "The source sent more than can be read."


FAULTS: dict[str, type[SourceFault]] = {
    kind.code: kind
    for kind in (
        TimedOut,
        Unreachable,
        BadStatus,
        BadRedirect,
        WrongShape,
        AnswerTooLarge,
    )
}
