"""Counts what a file would do to the books, in the process that reads it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from fintrack.core.money import Money
from fintrack.core.statements.balance import BalanceProof
from fintrack.core.statements.rows import StatementRow
from fintrack.services.imports.judging import (
    Judge,
    Known,
    Status,
    Verdict,
    books_of,
    question_of,
)
from fintrack.services.imports.parsing import ParsedRow, Parsing, Source
from fintrack.services.imports.placing import Knowledge
from fintrack.services.imports.preview_rows import PreviewRow, Shows
from fintrack.services.imports.reading import Asker

MAX_DOUBTFUL = 500
NOTHING_KNOWN = Knowledge()


@dataclass(frozen=True, slots=True)
class Flow:
    """What the file moves in one currency; ``out`` is positive."""

    into: Money
    out: Money
    rows: int


@dataclass(frozen=True, slots=True)
class BalanceCheck:
    """Whether opening plus sum gives closing in the file's own balance column.

    ``opening`` and ``closing`` are None where it has none, ``closing_on`` is the day at
    whose end the last one stands; ``broken_at`` is the number of the first record that
    breaks the chain, or 0.
    """

    holds: bool
    opening: Money | None
    moved: Money
    closing: Money | None
    closing_on: date | None
    broken_at: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file would do: a page of its rows, its doubtful ones, its sums.

    ``to_clear`` counts what is in the books already and will be marked as cleared, and
    ``locked`` the rows that will be added on a day that is reconciled, ``older`` those
    from before the account was opened with an amount.
    ``next`` is the number to ask for the page behind this one, or None.
    """

    rows: tuple[PreviewRow, ...]
    next: int | None
    doubtful: tuple[PreviewRow, ...]
    counts: dict[Status, int]
    to_add: int
    to_clear: int
    locked: int
    older: int
    added_minor: int
    first_day: date | None
    last_day: date | None
    flows: tuple[Flow, ...]
    balances: tuple[BalanceCheck, ...]


@dataclass(frozen=True, slots=True)
class SurveyJob:
    """A file to be counted; the page starts behind record ``after``.

    The account is reconciled up to ``locked_on``, if at all, and was opened with an
    amount on ``opened_on``, if it was.
    """

    source: Source
    currency: str
    chosen: dict[int, bool]
    batch_rows: int
    page: int
    after: int = 0
    only: Status | None = None
    knowledge: Knowledge = NOTHING_KNOWN
    locked_on: date | None = None
    opened_on: date | None = None

    def __call__(self, asker: Asker) -> Survey:
        """Reads the whole file; asks about each batch of it."""
        file = Parsing(self.source, self.batch_rows)
        judge = Judge(self.currency, self.chosen, file.holds)
        shows = Shows(self.knowledge, self.source.account_id)
        days = (self.locked_on, self.opened_on)
        tally = _Tally(self.after, self.only, self.page, shows, days)
        for batch, known in asker.ask_ahead(file.batches(), question_of):
            books = books_of(known or Known())
            tally.count(batch, judge.judge(batch, books))
        return tally.survey(file.balances.proofs())


class _Sums(NamedTuple):
    into: int
    out: int
    rows: int


class _Tally:
    """Counts the rows of a file and keeps those that are shown."""

    def __init__(
        self,
        after: int,
        only: Status | None,
        page: int,
        shows: Shows,
        days: tuple[date | None, date | None],
    ) -> None:
        locked_on, opened_on = days
        self.page: list[PreviewRow] = []
        self.doubtful: list[PreviewRow] = []
        self.counts: Counter[Status] = Counter()
        self.taken = 0
        self.to_clear = 0
        self.locked = self.older = 0
        self.added_minor = 0
        self.first_day: date | None = None
        self.last_day: date | None = None
        self._after = after
        self._only = only
        self._most = page
        self._shows = shows
        self._locked_on = locked_on or date.min
        self._opened_on = opened_on or date.min
        self._sums: dict[str, _Sums] = {}

    def count(self, batch: Sequence[ParsedRow], verdicts: Sequence[Verdict]) -> None:
        for (row, _), verdict in zip(batch, verdicts, strict=True):
            self.counts[verdict.status] += 1
            self.to_clear += verdict.clears > 0
            if isinstance(row, StatementRow):
                self._add(row, taken=verdict.taken)
            if verdict.status is Status.DOUBTFUL and len(self.doubtful) < MAX_DOUBTFUL:
                self.doubtful.append(self._shows.row(row, verdict))
            if self._is_shown(row.number, verdict.status):
                self.page.append(self._shows.row(row, verdict))

    def survey(self, proofs: Sequence[BalanceProof]) -> Survey:
        most = self._most
        return Survey(
            rows=tuple(self.page[:most]),
            next=self.page[most - 1].number if len(self.page) > most else None,
            doubtful=tuple(self.doubtful),
            counts={status: self.counts[status] for status in Status},
            to_add=self.taken,
            to_clear=self.to_clear,
            locked=self.locked,
            older=self.older,
            added_minor=self.added_minor,
            first_day=self.first_day,
            last_day=self.last_day,
            flows=tuple(
                Flow(Money(sums.into, code), Money(sums.out, code), sums.rows)
                for code, sums in self._sums.items()
            ),
            balances=tuple(map(_to_check, proofs)),
        )

    def _is_shown(self, number: int, status: Status) -> bool:
        """One row more than a page holds tells that there is another page."""
        return (
            number > self._after
            and self._only in (None, status)
            and len(self.page) <= self._most
        )

    def _add(self, row: StatementRow, *, taken: bool) -> None:
        self.first_day = min(self.first_day or row.on_date, row.on_date)
        self.last_day = max(self.last_day or row.on_date, row.on_date)
        into, out, rows = self._sums.get(row.currency, _Sums(0, 0, 0))
        self._sums[row.currency] = _Sums(
            into + max(row.amount_minor, 0), out + max(-row.amount_minor, 0), rows + 1
        )
        if taken:
            self.taken += 1
            self.locked += row.on_date <= self._locked_on
            self.older += row.on_date < self._opened_on
            self.added_minor += row.amount_minor


def _to_check(proof: BalanceProof) -> BalanceCheck:
    opening, closing = proof.opening_minor, proof.closing_minor
    return BalanceCheck(
        holds=proof.holds,
        opening=None if opening is None else Money(opening, proof.currency),
        moved=Money(proof.sum_minor, proof.currency),
        closing=None if closing is None else Money(closing, proof.currency),
        closing_on=proof.closing_on,
        broken_at=proof.broken_at,
    )
