"""What a line of a statement can turn out to be; tuples, because there are many."""

from datetime import date
from typing import NamedTuple

from fintrack.core.errors import Problem
from fintrack.core.statements.place_names import PlaceName


class StatementRow(NamedTuple):
    """A transaction as the bank tells it.

    ``number`` counts the file's records from 1, as a spreadsheet does. Positive minor
    units came in, negative went out. ``problems`` are worth a look and stop nothing.
    ``bank_id`` is the bank's own name for it, where the file tells one. ``places`` are
    where another program had the money, with the part of the amount for each.
    """

    number: int
    raw: tuple[str, ...]
    on_date: date
    amount_minor: int
    currency: str
    payee: str = ""
    description: str = ""
    reference: str = ""
    balance_minor: int | None = None
    problems: tuple[Problem, ...] = ()
    bank_id: str = ""
    places: tuple[tuple[PlaceName, int], ...] = ()


class DoubtfulRow(NamedTuple):
    """A line that looks like a transaction and cannot be understood."""

    number: int
    raw: tuple[str, ...]
    problems: tuple[Problem, ...]


class SkippedRow(NamedTuple):
    """A line that is no transaction: empty, a footer, or a payment not yet final."""

    number: int
    raw: tuple[str, ...]
    reason: Problem


class StatedBalance(NamedTuple):
    """What the account held before the rows or behind them, as the file says."""

    on_date: date
    minor: int
    currency: str
    is_opening: bool


Row = StatementRow | DoubtfulRow | SkippedRow
