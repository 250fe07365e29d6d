"""Refused undos: what stands in the way of taking a change back, by its rows.

UndoRefused 409
 ├─ AlreadyUndone
 └─ RowsInTheWay
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from fintrack.core.errors import UndoRefused
from fintrack.core.exchange import Rate
from fintrack.core.money import Money

MOST_NAMED = 10
"""So many are named; the rest is counted."""


class Why(StrEnum):
    """Why a row stands in the way."""

    CHANGED = "changed-since"
    VOID = "void-since"
    RECONCILED = "reconciled-since"
    REMOVED = "removed-since"
    NEEDS_IT = "depends-on-it"


@dataclass(frozen=True, slots=True)
class InTheWay:
    """One thing; ``subject`` is its table, ``about`` its name, payee or own rate.

    ``on_date`` and ``amount`` (of its first posting) are those of a transaction.
    ``fields`` are the public names of what was changed since.
    """

    subject: str
    subject_id: int
    about: str | Rate
    why: Why
    on_date: date | None = None
    amount: Money | None = None
    fields: tuple[str, ...] = ()


class AlreadyUndone(UndoRefused):
    """Somebody took the change back before."""

    message = "This was already undone."


class RowsInTheWay(UndoRefused):
    """The change set ``change_id`` stays because of ``rows``; ``total`` counts all."""

    change_id: int = 0
    rows: tuple[InTheWay, ...] = ()
    total: int = 0

    @classmethod
    def named(
        cls, message: str, change_id: int, rows: tuple[InTheWay, ...], total: int
    ) -> Self:
        """The refusal with ``message``, a message id."""
        error = cls(message)
        error.change_id, error.rows, error.total = change_id, rows, total
        return error
