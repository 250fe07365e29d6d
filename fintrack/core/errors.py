"""One small tree of errors; a door turns them into RFC 9457 problem details.

    FinTrackError 500
     ├─ InvalidInput 422         ├─ NotSignedIn 401
     │   ├─ KeyReused 422        ├─ NotAllowed 403
     │   └─ CodeDead 422         ├─ StepUpNeeded 403
     ├─ NotFound 404             ├─ SecondFactorNeeded 403
     ├─ Conflict 409             ├─ PlanLimit 402
     │   ├─ StaleVersion 409     ├─ TooManyTries 429
     │   ├─ UndoRefused 409      │   ├─ TooManyRequests 429
     │   └─ Reconciled 409       │   └─ TooManyUploads 429
     └─ BrokenBooks 500          ├─ TooSlow 408
                                 ├─ TooLarge 413
                                 ├─ UnsupportedType 415
                                 └─ Unavailable 503
                                     ├─ Busy 503
                                     └─ SourceFault 503, in ``rate_faults``

The class holds the HTTP status and a sentence for the person (an English message id
of the catalogue); the instance holds the values that fill its placeholders.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: a message id with the values of its placeholders.

    ``field`` names the input it belongs to, or is empty for the whole form. Days stay
    days, so that a door can write them as its reader does. Where the words depend on
    the count ``n``, ``one`` is the message id for one and ``message`` that for many.
    """

    message: str
    field: str = ""
    values: tuple[tuple[str, str | date], ...] = ()
    one: str = ""
    n: int = 0

    @property
    def text(self) -> str:
        """The finding in English."""
        message = self.one if self.one and self.n == 1 else self.message
        return message.format(**{"n": self.n, **dict(self.values)})


class FinTrackError(Exception):
    """Root of the tree; never raised itself."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    message: ClassVar[str] = "Something went wrong. Nothing was changed."

    def __init__(
        self, message: str = "", /, *, field: str = "", **values: object
    ) -> None:
        self.problems: tuple[Problem, ...] = (
            Problem(
                message or self.message,
                field,
                tuple(
                    (k, v if isinstance(v, date) else str(v)) for k, v in values.items()
                ),
            ),
        )
        super().__init__(self.text)

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> Self:
        """One error that carries several findings, for a form with many fields."""
        error = cls()
        error.problems = tuple(problems)
        error.args = (error.text,)
        return error

    @property
    def text(self) -> str:
        """The findings in English; doors translate them for their reader."""
        return " ".join(problem.text for problem in self.problems)


class InvalidInput(FinTrackError):
    """What was given cannot be used."""

    status = 422
    code = "invalid"
    message = "Please check what you entered."


class KeyReused(InvalidInput):
    """An idempotency key came back with another input."""

    code = "key-reused"
    message = "This request key was already used with other data."


class CodeDead(InvalidInput):
    """A code from a mail has expired or was tried out; only a new one helps."""

    code = "code-dead"
    message = "This code is no longer valid. Please ask for a new one."


class NotSignedIn(FinTrackError):
    """There is no session, or it has ended."""

    status = 401
    code = "not-signed-in"
    message = "Please sign in."


class NotAllowed(FinTrackError):
    """The person is known and may not do this."""

    status = 403
    code = "not-allowed"
    message = "You are not allowed to do this."


class StepUpNeeded(FinTrackError):
    """The person may do this, once they have proved again who they are."""

    status = 403
    code = "step-up-needed"
    message = "Please confirm that it is you."


class SecondFactorNeeded(FinTrackError):
    """This house demands a second factor, and the person has none yet."""

    status = 403
    code = "second-factor-needed"
    message = "A second factor is demanded here. Please set yours up first."


class PlanLimit(FinTrackError):
    """The plan of the ledger's owner has no more of it."""

    status = 402
    code = "plan-limit"
    message = "Your plan has no more of this."


class NotFound(FinTrackError):
    """It does not exist, or not for this person; the two are never told apart."""

    status = 404
    code = "not-found"
    message = "This does not exist or is not yours."


class Conflict(FinTrackError):
    """The present state does not permit it."""

    status = 409
    code = "conflict"
    message = "This cannot be done in the present state."


class StaleVersion(Conflict):
    """The row was changed since it was read."""

    code = "stale-version"
    message = "Someone changed this in the meantime. Nothing was overwritten."


class UndoRefused(Conflict):
    """A change cannot be taken back any more."""

    code = "undo-refused"
    message = "This can no longer be undone."


class Reconciled(Conflict):
    """It would break what agreed with a statement, and nobody said that it may."""

    code = "reconciled"
    message = "This is reconciled with a statement."


class TooSlow(FinTrackError):
    """A body that comes more slowly than any network makes it come."""

    status = 408
    code = "too-slow"
    message = (
        "This arrives too slowly. Nothing was changed. Please try again, over a better "
        "connection if you can."
    )


class TooLarge(FinTrackError):
    """More bytes or rows than are accepted."""

    status = 413
    code = "too-large"
    message = "This is too large."


class UnsupportedType(FinTrackError):
    """A file of a kind that is not read."""

    status = 415
    code = "unsupported-type"
    message = "This kind of file cannot be read."


class TooManyTries(FinTrackError):
    """Wait before the next try; ``retry_after`` is in seconds."""

    status = 429
    code = "too-many-tries"
    message = "Too many tries. Please wait {n} seconds."
    one: ClassVar[str] = "Too many tries. Please wait one second."

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__()
        self.problems = (Problem(self.message, one=self.one, n=retry_after),)
        self.args = (self.text,)


class TooManyRequests(TooManyTries):
    """More requests in a while than one account or address may send."""

    code = "too-many-requests"
    message = "That was too much at once. Please wait {n} seconds."
    one = "That was too much at once. Please wait one second."


class TooManyUploads(TooManyTries):
    """More files at once than one person may send."""

    code = "too-many-uploads"
    message = (
        "Several of your files are still on their way. Please wait until one of them "
        "is here, then send this one again."
    )
    one = ""


class BrokenBooks(FinTrackError):
    """The database refused what would have broken an invariant: our defect."""

    code = "broken-books"
    message = "The books refused this change. Nothing was changed."


class Unavailable(FinTrackError):
    """A part of the house does not answer now."""

    status = 503
    code = "unavailable"
    message = "This is not available at the moment. Please try again."


class Busy(Unavailable):
    """Others hold what it needs longer than one waits."""

    code = "busy"
    message = "Another change to these books is still running. Please try again."
