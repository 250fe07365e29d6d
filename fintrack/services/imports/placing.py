"""What a row becomes: by a rule, as its file says, as its payee was before, or open.

It runs in the process that reads the file and knows no database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from fintrack.core.entries import MAX_TEXT
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.rules import (
    NO_DECISION,
    Decision,
    Facts,
    Rule,
    Share,
    decide,
    divide,
)
from fintrack.core.statements.place_names import Chart
from fintrack.core.statements.rows import StatementRow
from fintrack.core.words import without_turns

NO_CHART = Chart()
OPEN = 0
"""In the place of an id: that for money of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the ledger knows of rows to come.

    ``learned`` has a payee's last category, oldest first: of two spellings of one
    payee the newer counts in the end. ``names`` are those of accounts and categories,
    and ``chart`` has those that a file may name. An account in ``begins`` takes money
    of transfers from that day on: it was opened with an amount, or it is reconciled.
    """

    rules: tuple[Rule, ...] = ()
    learned: Sequence[tuple[str, int]] = ()
    names: Mapping[int, str] | None = None
    chart: Chart = NO_CHART
    begins: Mapping[int, date] = field(default_factory=dict)


class Placement(NamedTuple):
    """Where the money of a row goes, and why; no places while all of it is ``OPEN``.

    The amounts are signed as postings: positive into the account or category.
    ``kept_out_of`` is the account that takes no money on the day of the row, or 0.
    """

    places: tuple[tuple[int, int], ...]
    source: str
    rule_id: int | None
    payee: str
    note: str = ""
    tag_ids: tuple[int, ...] = ()
    kept_out_of: int = 0


class Placer:
    """Places the rows of one file on one account."""

    def __init__(self, knowledge: Knowledge, account_id: int) -> None:
        self._rules = knowledge.rules
        self._learned = {fold(place): id_ for place, id_ in knowledge.learned}
        self._chart = knowledge.chart
        self._begins = knowledge.begins
        self._account_id = account_id

    def place(self, row: StatementRow) -> Placement:
        """What becomes of a row: by a rule, as its file says, or as was learned."""
        payee = without_turns(row.payee)[:MAX_TEXT]
        decision = self._decide(row) if self._rules else NO_DECISION
        rule = decision.category
        if rule is not None:
            places, source = self._places(rule, row), "rule"
        elif told := row.places and self._told(row):
            places, source = told, "import"
        else:
            learned = self._recall(row)
            places = () if learned is None else ((learned, -row.amount_minor),)
            source = "learned" if places else "import"
        kept_out_of = self._kept_out_of(places, row.on_date)
        if kept_out_of:
            places, source, rule = (), "import", None
        if decision is NO_DECISION:
            return Placement(places, source, None, payee, kept_out_of=kept_out_of)
        return Placement(
            places,
            source,
            rule.id if rule else None,
            decision.payee.actions.payee if decision.payee else payee,
            decision.note.actions.note if decision.note else "",
            decision.tag_ids,
            kept_out_of,
        )

    def _kept_out_of(self, places: Sequence[tuple[int, int]], day: date) -> int:
        """The account among these that takes nothing on this day, or 0."""
        shut = (id_ for id_, _ in places if day < self._begins.get(id_, day))
        return next(shut, 0)

    def _decide(self, row: StatementRow) -> Decision:
        money = Money(row.amount_minor, row.currency)
        facts = Facts(self._account_id, money, row.on_date, row.payee, row.description)
        return decide(self._rules, facts)

    def _told(self, row: StatementRow) -> tuple[tuple[int, int], ...]:
        """Where the file has the money; nothing where the books have no such place."""
        found = [
            (self._chart.find(name, row.currency, minor), minor)
            for name, minor in row.places
        ]
        places = tuple(
            (OPEN if id_ in (None, self._account_id) else id_, -minor)
            for id_, minor in found
        )
        return places if any(id_ != OPEN for id_, _ in places) else ()

    def _recall(self, row: StatementRow) -> int | None:
        if not self._learned:
            return None
        return self._learned.get(fold(row.payee or row.description))

    def _places(self, rule: Rule, row: StatementRow) -> tuple[tuple[int, int], ...]:
        target = rule.actions.transfer_account_id
        shares = rule.actions.shares if target is None else (Share(target),)
        money = Money(-row.amount_minor, row.currency)
        return tuple((id_, part.minor) for id_, part in divide(money, shares))
