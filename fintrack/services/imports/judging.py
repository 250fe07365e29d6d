"""Which rows of a file are new, which are in the books, and which need a look."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text

from fintrack.core.entries import FIRST_DAY, LAST_DAY, MAX_TEXT
from fintrack.core.errors import Problem
from fintrack.core.statements.rows import SkippedRow, StatementRow
from fintrack.core.text import message_id
from fintrack.services.commands import Work
from fintrack.services.imports.parsing import ParsedRow

LOOKS_ALIKE_DAYS = 3

KNOWN = Problem("This row was imported before.")
LOOKS_ALIKE = message_id("It looks like what you entered by hand on {day}.")
OTHER_CURRENCY = message_id(
    "This row is in {value}; the account is kept in {currency}."
)
NO_DAY = Problem("This day is not between 1900 and 2199.", "date")
CUT = Problem("This text is longer than 500 characters and is cut.", "description")

# Long lists travel as one text: a driver's array costs the event loop ten times more.
_KEYS = text(
    "SELECT import_key FROM transaction WHERE ledger_id = :ledger_id "
    "AND import_key = ANY(cast(string_to_array(:keys, ',') AS uuid[]))"
)
_BY_HAND = text(
    "SELECT t.id, p.on_date, p.amount_minor FROM posting p JOIN transaction t "
    "ON t.ledger_id = p.ledger_id AND t.id = p.transaction_id "
    "AND t.on_date = p.on_date WHERE p.ledger_id = :ledger_id "
    "AND p.account_id = :account_id AND p.on_date BETWEEN :first AND :last "
    "AND p.amount_minor = ANY(cast(string_to_array(:amounts, ',') AS bigint[])) "
    "AND p.voided_at IS NULL AND t.import_key IS NULL ORDER BY t.on_date, t.id"
)


class Status(StrEnum):
    """What a record of the file is."""

    NEW = "new"
    DUPLICATE = "duplicate"
    DOUBTFUL = "doubtful"
    SKIPPED = "skipped"


class Verdict(NamedTuple):
    """What a record is and whether it is taken; ``choosable`` by a person or not."""

    status: Status
    taken: bool
    choosable: bool = False
    reasons: tuple[Problem, ...] = ()


class Twin(NamedTuple):
    """A transaction entered by hand that has the amount of a row."""

    transaction_id: int
    on_date: date


class Books(NamedTuple):
    """What the books hold of a batch: its keys, and twins by their amount."""

    keys: frozenset[UUID]
    twins: dict[int, list[Twin]]


class Judge:
    """Judges the rows of one file in their order; one twin answers for one row."""

    def __init__(self, account_id: int, currency: str, chosen: dict[int, bool]) -> None:
        self._account_id = account_id
        self._currency = currency
        self._chosen = chosen
        self._spent: set[int] = set()

    async def look_up(self, work: Work, batch: Sequence[ParsedRow]) -> Books:
        """What the books hold of these rows."""
        found = await work.session.scalars(
            _KEYS,
            {
                "ledger_id": work.ledger_id,
                "keys": ",".join([parsed.key.hex for parsed in batch if parsed.key]),
            },
        )
        keys = frozenset(found)
        fresh = [
            parsed.row
            for parsed in batch
            if isinstance(parsed.row, StatementRow) and parsed.key not in keys
        ]
        return Books(keys, await self._twins(work, fresh))

    def judge(self, batch: Sequence[ParsedRow], books: Books) -> list[Verdict]:
        """A verdict for each row, in their order."""
        return [self._verdict(parsed, books) for parsed in batch]

    async def _twins(
        self, work: Work, fresh: Sequence[StatementRow]
    ) -> dict[int, list[Twin]]:
        days = [row.on_date for row in fresh if FIRST_DAY <= row.on_date < LAST_DAY]
        twins: dict[int, list[Twin]] = defaultdict(list)
        if days:
            span = timedelta(days=LOOKS_ALIKE_DAYS)
            found = await work.session.execute(
                _BY_HAND,
                {
                    "ledger_id": work.ledger_id,
                    "account_id": self._account_id,
                    "first": min(days) - span,
                    "last": max(days) + span,
                    "amounts": ",".join({str(row.amount_minor) for row in fresh}),
                },
            )
            for transaction_id, on_date, amount_minor in found.all():
                twins[amount_minor].append(Twin(transaction_id, on_date))
        return twins

    def _verdict(self, parsed: ParsedRow, books: Books) -> Verdict:
        row = parsed.row
        if isinstance(row, SkippedRow):
            return Verdict(Status.SKIPPED, taken=False, reasons=(row.reason,))
        if not isinstance(row, StatementRow):
            return Verdict(Status.DOUBTFUL, taken=False, reasons=row.problems)
        if row.currency != self._currency:
            values = (("value", row.currency), ("currency", self._currency))
            other = Problem(OTHER_CURRENCY, "currency", values)
            return Verdict(Status.SKIPPED, taken=False, reasons=(other,))
        if not FIRST_DAY <= row.on_date < LAST_DAY:
            return Verdict(Status.DOUBTFUL, taken=False, reasons=(NO_DAY,))
        if parsed.key in books.keys:
            return self._choose(row, Status.DUPLICATE, (KNOWN,), take=False)
        return self._fresh(row, books.twins.get(row.amount_minor, ()))

    def _fresh(self, row: StatementRow, twins: Sequence[Twin]) -> Verdict:
        twin = self._nearest(row.on_date, twins)
        if twin:
            self._spent.add(twin.transaction_id)
            alike = Problem(LOOKS_ALIKE, "", (("day", twin.on_date.isoformat()),))
            reasons = (alike, *row.problems)
            return self._choose(row, Status.DOUBTFUL, reasons, take=False)
        reasons = row.problems
        if len(row.payee) > MAX_TEXT or len(row.description) > MAX_TEXT:
            reasons = (*reasons, CUT)
        status = Status.DOUBTFUL if reasons else Status.NEW
        return self._choose(row, status, reasons, take=True)

    def _nearest(self, day: date, twins: Sequence[Twin]) -> Twin | None:
        near = [
            (abs(twin.on_date - day), twin)
            for twin in twins
            if twin.transaction_id not in self._spent
            and abs((twin.on_date - day).days) <= LOOKS_ALIKE_DAYS
        ]
        return min(near)[1] if near else None

    def _choose(
        self,
        row: StatementRow,
        status: Status,
        reasons: tuple[Problem, ...],
        *,
        take: bool,
    ) -> Verdict:
        taken = self._chosen.get(row.number, take) if self._chosen else take
        return Verdict(status, taken, choosable=True, reasons=reasons)
