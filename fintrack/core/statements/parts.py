"""The accounts or sheets of one file, of which one is read at a time."""

from collections.abc import Sequence
from typing import NamedTuple

from fintrack.core.errors import InvalidInput
from fintrack.core.folding import fold
from fintrack.core.text import message_id

NO_SUCH_PART = message_id("The file does not hold “{value}”.")


class Part(NamedTuple):
    """An account or a sheet of the file, with the transactions seen in it."""

    name: str
    currency: str = ""
    rows: int = 0


def chosen_part(parts: Sequence[Part], wanted: str) -> Part | None:
    """The part of this name; for none the one with most rows, the first of equals.

    Raises InvalidInput where the file does not hold what is wanted.
    """
    if not wanted:
        return max(parts, key=lambda part: part.rows, default=None)
    found = next((part for part in parts if part.name == wanted), None)
    if found is None:
        raise InvalidInput(NO_SUCH_PART, field="part", value=wanted[:80])
    return found


def likely_part(parts: Sequence[Part], before: Sequence[str], account_name: str) -> str:
    """The name of the part that is meant for an account; empty where nothing says so.

    The first of ``before`` that the file holds, else what is called like the account.
    """
    names = [part.name for part in parts]
    called = [name for name in names if fold(name) == fold(account_name)]
    held = [name for name in before if name in names]
    return next(iter(held + called), "")
