"""Turns what the database says into errors that a door can show."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import (
    DBAPIError,
    OperationalError,
    TimeoutError,  # noqa: A004 - of the pool
)

from fintrack.core.errors import (
    BrokenBooks,
    Busy,
    Conflict,
    FinTrackError,
    Unavailable,
    UndoRefused,
)

RETRIED = frozenset({"40001", "40P01"})  # serialisation failure, deadlock
LOCK_NOT_AVAILABLE = "55P03"

_BY_STATE: dict[str, FinTrackError] = {
    "FT002": BrokenBooks(),
    "FT004": UndoRefused("Something changed since then, so this cannot be undone."),
    "23503": Conflict("Something else depends on this, or it no longer exists."),
    "23505": Conflict("This already exists."),
    "23514": BrokenBooks(),
    "22003": BrokenBooks("This amount is too large."),
    "53100": Unavailable("The disk is full. Nothing was changed."),
    LOCK_NOT_AVAILABLE: Busy(),
}
_BY_CLASS: dict[str, FinTrackError] = {
    "08": Unavailable(),
    "40": Busy(),
    "53": Unavailable(),
    "57": Unavailable(),
}


def sqlstate(error: DBAPIError) -> str:
    """The five-character SQLSTATE, or an empty text when the server gave none."""
    return getattr(error.orig, "sqlstate", None) or ""


def explain(error: DBAPIError) -> FinTrackError | None:
    """The error for a person, or None when the fault is ours and must surface."""
    state = sqlstate(error)
    if not state and isinstance(error, OperationalError):
        return Unavailable()
    found = _BY_STATE.get(state) or _BY_CLASS.get(state[:2])
    return type(found)(found.problems[0].message) if found else None


@contextmanager
def explained() -> Iterator[None]:
    """For notes that a door leaves in a unit of work beside the commands.

    Raises:
        FinTrackError: the database is away or busy; what is our fault surfaces.
    """
    try:
        yield
    except DBAPIError as error:
        raise explain(error) or error from error
    except TimeoutError as error:
        raise Busy from error
