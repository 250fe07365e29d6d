"""Which rows of a file are new, which are in the books, and which need a look."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from fintrack.core.entries import FAR_DAY, FIRST_DAY, LAST_DAY, MAX_TEXT
from fintrack.core.errors import Problem
from fintrack.core.folding import fold
from fintrack.core.statements.rows import SkippedRow, StatementRow
from fintrack.core.text import message_id
from fintrack.services.imports.parsing import ParsedRow
from fintrack.services.imports.twins import Matching, Twin, name_of

MAX_ID = 80

KNOWN = Problem("This row was imported before.")
LATE = Problem(
    "This row was imported after this file was chosen. To take it once more, please "
    "choose the file again."
)
KNOWN_ID = message_id("The bank’s number of this row, {id}, was imported before.")
SAME = Problem("A transaction of this day, amount and payee is in the books.")
LOOKS_ALIKE = message_id("It looks like what you entered by hand on {day}.")
LOOKS_IMPORTED = message_id("It looks like a row of another file, of {day}.")
OTHER_CURRENCY = message_id(
    "This row is in {value}; the account is kept in {currency}."
)
NO_DAY = Problem(FAR_DAY, "date")
CUT = Problem("This text is longer than 500 characters and is cut.", "description")


class Status(StrEnum):
    """What a record of the file is."""

    NEW = "new"
    DUPLICATE = "duplicate"
    DOUBTFUL = "doubtful"
    SKIPPED = "skipped"


class Verdict(NamedTuple):
    """What a record is and whether it is taken; ``choosable`` by a person or not.

    ``clears`` is the posting in the books because of which it is left out, or 0: who
    leaves it out says that the bank has that posting. This holds for a likely twin as
    for a certain one. It was shown and could be taken instead, and its amount is that
    of the row, so that the sum of what is cleared is the bank's in either case.
    """

    status: Status
    taken: bool
    choosable: bool = False
    reasons: tuple[Problem, ...] = ()
    clears: int = 0


class Books(NamedTuple):
    """What the books hold of a batch: its keys, and twins by their amount.

    The keys that are ``late`` came into the books after the file was chosen.
    """

    keys: frozenset[str]
    twins: dict[int, list[Twin]]
    late: frozenset[str] = frozenset()


class Question(NamedTuple):
    """What is to be looked up for a batch: the key and the amount of each row.

    Joined by commas: the driver's own arrays cost the event loop ten times more.
    """

    keys: str
    amounts: str
    first: date
    last: date


class Known(NamedTuple):
    """The answer: keys joined by commas, and each twin with its amount.

    ``late`` are those of the keys that came into the books after the file was chosen.
    """

    keys: str = ""
    twins: tuple[tuple[int, Twin], ...] = ()
    late: str = ""


class Judge:
    """Judges the rows of one file in their order; one twin answers for one row.

    ``is_told`` says whether a row of the whole file has a key. It is asked only where
    a row may be the same as one of another file.
    """

    def __init__(
        self, currency: str, chosen: dict[int, bool], is_told: Callable[[str], bool]
    ) -> None:
        self._currency = currency
        self._chosen = chosen
        self._is_told = is_told
        self._spent: set[int] = set()

    def judge(self, batch: Sequence[ParsedRow], books: Books) -> list[Verdict]:
        """A verdict for each row, in their order."""
        aside = [self._aside(parsed, books) for parsed in batch]
        fresh = [
            parsed.row
            for parsed, verdict in zip(batch, aside, strict=True)
            if verdict is None and isinstance(parsed.row, StatementRow)
        ]
        found = Matching(books.twins, self._spent, self._is_told).find(fresh)
        judged = (self._fresh(row, found.get(row.number)) for row in fresh)
        return [verdict or next(judged) for verdict in aside]

    def _aside(self, parsed: ParsedRow, books: Books) -> Verdict | None:
        """The verdict of what is no transaction to come; None for the others."""
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
            return self._known(row, is_late=parsed.key in books.late)
        return None

    def _known(self, row: StatementRow, *, is_late: bool) -> Verdict:
        """A person may take it again who saw that it is known.

        Where it became known later, as by the same file in another tab, whoever chose
        to take it spoke of a row that was not.
        """
        if is_late:
            return Verdict(Status.DUPLICATE, taken=False, reasons=(LATE,))
        reason = _why_known(row.bank_id)
        return self._choose(row, Status.DUPLICATE, (reason,), take=False)

    def _fresh(self, row: StatementRow, twin: Twin | None) -> Verdict:
        if twin:
            return self._alike(row, twin)
        reasons = row.problems
        if len(row.payee) > MAX_TEXT or len(row.description) > MAX_TEXT:
            reasons = (*reasons, CUT)
        status = Status.DOUBTFUL if reasons else Status.NEW
        return self._choose(row, status, reasons, take=True)

    def _alike(self, row: StatementRow, twin: Twin) -> Verdict:
        name = name_of(row)
        if name and (row.on_date, name) == (twin.on_date, fold(twin.name)):
            verdict = self._choose(row, Status.DUPLICATE, (SAME,), take=False)
        else:
            message = LOOKS_IMPORTED if twin.is_imported else LOOKS_ALIKE
            alike = Problem(message, "", (("day", twin.on_date),))
            reasons = (alike, *row.problems)
            verdict = self._choose(row, Status.DOUBTFUL, reasons, take=False)
        clears = twin.is_uncleared and not verdict.taken
        return verdict._replace(clears=twin.posting_id if clears else 0)

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


def _why_known(bank_id: str) -> Problem:
    if not bank_id:
        return KNOWN
    return Problem(KNOWN_ID, "", (("id", bank_id[:MAX_ID]),))


def question_of(batch: Sequence[ParsedRow]) -> Question | None:
    """What to ask about these rows; None where none of them is a transaction."""
    rows = [parsed.row for parsed in batch if isinstance(parsed.row, StatementRow)]
    if not rows:
        return None
    days = [row.on_date for row in rows if FIRST_DAY <= row.on_date < LAST_DAY]
    return Question(
        keys=",".join([parsed.key for parsed in batch if parsed.key]),
        amounts=",".join([str(row.amount_minor) for row in rows]),
        first=min(days, default=FIRST_DAY),
        last=max(days, default=FIRST_DAY),
    )


def books_of(known: Known) -> Books:
    """The answer made ready for the judge."""
    twins: dict[int, list[Twin]] = defaultdict(list)
    for amount_minor, twin in known.twins:
        twins[amount_minor].append(twin)
    return Books(_keys(known.keys), twins, _keys(known.late))


def _keys(joined: str) -> frozenset[str]:
    return frozenset(filter(None, joined.split(",")))
