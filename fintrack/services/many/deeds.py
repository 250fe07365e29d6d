"""What can be done with many transactions: which of them take it, and how.

Each deed is asked of every transaction why that one does not take it, and then written
for all that do, a few statements for any number of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import text

from fintrack.core.folding import fold
from fintrack.services.commands import Work
from fintrack.services.ledger.openings import follow_openings
from fintrack.services.ledger.voiding import make_void
from fintrack.services.many.selecting import Selectee
from fintrack.services.tags.rows import MAX_TAGS, ensure_tags

_CATEGORY = text(
    "UPDATE posting SET account_id = :account_id WHERE ledger_id = :ledger_id "
    "AND id = ANY(CAST(:ids AS bigint[]))"
)
# The bank has seen an amount on an account: its mark must not come to another.
_ACCOUNT = text(
    "UPDATE posting SET account_id = :account_id, cleared_at = NULL "
    "WHERE ledger_id = :ledger_id AND id = ANY(CAST(:ids AS bigint[]))"
)
_CHOSEN = text(
    "UPDATE transaction SET category_source = 'you', rule_id = NULL, "
    "version = version + 1 WHERE ledger_id = :ledger_id "
    "AND id = ANY(CAST(:ids AS bigint[]))"
)
_TOUCHED = text(
    "UPDATE transaction SET version = version + 1 WHERE ledger_id = :ledger_id "
    "AND id = ANY(CAST(:ids AS bigint[]))"
)
_MOVED = text(
    "UPDATE transaction SET on_date = :on_date, version = version + 1 "
    "WHERE ledger_id = :ledger_id AND id = ANY(CAST(:ids AS bigint[]))"
)
_CLEARED = text(
    "UPDATE posting p SET cleared_at = :at FROM account a "
    "WHERE p.ledger_id = :ledger_id AND a.ledger_id = p.ledger_id "
    "AND a.id = p.account_id AND a.kind IN ('asset', 'liability') "
    "AND p.transaction_id = ANY(CAST(:ids AS bigint[])) "
    "AND (p.cleared_at IS NULL) = (CAST(:at AS timestamptz) IS NOT NULL) "
    "AND a.id = coalesce(CAST(:account_id AS bigint), a.id)"
)
_TAGGED = text(
    "INSERT INTO transaction_tag (ledger_id, transaction_id, on_date, tag_id) "
    "SELECT t.ledger_id, t.id, t.on_date, g.id FROM transaction t "
    "CROSS JOIN unnest(CAST(:tags AS bigint[])) AS g(id) "
    "WHERE t.ledger_id = :ledger_id AND t.id = ANY(CAST(:ids AS bigint[])) "
    "ON CONFLICT DO NOTHING"
)
_UNTAGGED = text(
    "DELETE FROM transaction_tag x USING tag g WHERE x.ledger_id = :ledger_id "
    "AND x.transaction_id = ANY(CAST(:ids AS bigint[])) "
    "AND g.ledger_id = x.ledger_id AND g.id = x.tag_id "
    "AND g.name_folded = ANY(CAST(:names AS text[]))"
)


class Reason(StrEnum):
    """Why a transaction was left as it was."""

    STALE = "changed-meanwhile"
    GONE = "not-found"
    SAME = "already-so"
    VOID = "void"
    SPLIT = "split"
    TRANSFER = "transfer"
    OPENING = "opening-balance"
    ELSEWHERE = "not-on-account"
    CURRENCY = "other-currency"
    CLOSED = "closed-account"
    READ_ONLY = "read-only"
    RECONCILED = "reconciled"
    LOCKED = "locked-period"
    FULL = "too-many-tags"


class Deed(Protocol):
    """Something that is done with each transaction of a selection."""

    def why_not(self, one: Selectee) -> Reason | None:
        """Why this one does not take it; None where it does."""

    async def write(self, work: Work, able: Sequence[Selectee]) -> None:
        """Does it with those that take it."""


@dataclass(frozen=True, slots=True)
class ToCategory:
    """The one category of a payment becomes another, as one's own choice."""

    category_id: int

    def why_not(self, one: Selectee) -> Reason | None:
        """Only a payment on one account with one category has a place for it."""
        if one.is_opening:
            found: Reason | None = Reason.OPENING
        elif one.categories > 1:
            found = Reason.SPLIT
        elif one.accounts != 1 or not one.categories:
            found = Reason.TRANSFER
        else:
            found = Reason.SAME if one.category_id == self.category_id else None
        return found

    async def write(self, work: Work, able: Sequence[Selectee]) -> None:
        """Moves the postings and says who chose."""
        ids = [one.category_posting_id for one in able]
        await _run(work, _CATEGORY, ids=ids, account_id=self.category_id)
        await _run(work, _CHOSEN, ids=[one.id for one in able])


@dataclass(frozen=True, slots=True)
class ToAccount:
    """The money moved on another account of the same currency."""

    account_id: int
    currency: str

    def why_not(self, one: Selectee) -> Reason | None:
        """A transfer has two accounts; where nothing moves, nothing leaves."""
        if one.is_opening:
            found: Reason | None = Reason.OPENING
        elif one.accounts != 1:
            found = Reason.TRANSFER
        elif one.account_id == self.account_id:
            found = Reason.SAME
        else:
            other = one.currency != self.currency
            found = _held(one) or (Reason.CURRENCY if other else None)
        return found

    async def write(self, work: Work, able: Sequence[Selectee]) -> None:
        """Moves the postings, which the bank of that account has not seen yet."""
        ids = [one.own_posting_id for one in able]
        await _run(work, _ACCOUNT, ids=ids, account_id=self.account_id)
        await _run(work, _TOUCHED, ids=[one.id for one in able])


@dataclass(frozen=True, slots=True)
class ToDay:
    """It happened on another day; postings and tags follow by their keys."""

    on_date: date

    def why_not(self, one: Selectee) -> Reason | None:
        """What agreed with a statement or is beyond the plan stays on its day."""
        if one.on_date == self.on_date:
            return Reason.SAME
        if one.closed_on and self.on_date > one.closed_on:
            return Reason.CLOSED
        if one.is_read_only:
            return Reason.READ_ONLY
        return Reason.RECONCILED if one.is_reconciled else None

    async def write(self, work: Work, able: Sequence[Selectee]) -> None:
        """Moves the transactions, and with an opening balance the account's first day.

        Raises:
            InvalidInput: an account would open on a day to come.
        """
        ids = [one.id for one in able]
        await _run(work, _MOVED, ids=ids, on_date=self.on_date)
        await follow_openings(work, (one.id for one in able if one.is_opening))


@dataclass(frozen=True, slots=True)
class Retag:
    """Some tags come on top of those that are there, others go."""

    add: tuple[str, ...]
    remove: tuple[str, ...]

    def why_not(self, one: Selectee) -> Reason | None:
        """A transaction holds only so many tags."""
        wanted = (one.tags - set(map(fold, self.remove))) | set(map(fold, self.add))
        if wanted == one.tags:
            return Reason.SAME
        return Reason.FULL if len(wanted) > MAX_TAGS else None

    async def write(self, work: Work, able: Sequence[Selectee]) -> None:
        """Makes tags that are not there yet, and puts all on."""
        ids = [one.id for one in able]
        if self.remove:
            names = [fold(name) for name in self.remove]
            await _run(work, _UNTAGGED, ids=ids, names=names)
        if self.add:
            tags = list(await ensure_tags(work, self.add))
            await _run(work, _TAGGED, ids=ids, tags=tags)
        await _run(work, _TOUCHED, ids=ids)


@dataclass(frozen=True, slots=True)
class MakeVoid:
    """It stays in the books, and no sum counts it."""

    def why_not(self, one: Selectee) -> Reason | None:
        """What stands where nothing moves stays in the books."""
        return _held(one)

    async def write(self, work: Work, able: Sequence[Selectee]) -> None:
        """Marks transactions and postings."""
        await make_void(work, [one.id for one in able])


@dataclass(frozen=True, slots=True)
class MarkCleared:
    """The bank has seen it, or has not (``at`` is None): its postings on accounts.

    With an account those on this one alone, as its list shows them.
    """

    at: datetime | None
    account_id: int | None = None

    def why_not(self, one: Selectee) -> Reason | None:
        """What is reconciled keeps its mark."""
        here, cleared = self._count(one.account_ids), self._count(one.cleared_on)
        if self.account_id and not here:
            return Reason.ELSEWHERE
        if cleared == (here if self.at else 0):
            return Reason.SAME
        is_held = self._count(one.reconciled_on) and not self.at
        return Reason.RECONCILED if is_held else None

    async def write(self, work: Work, able: Sequence[Selectee]) -> None:
        """Marks the postings; what the transactions say stays the same."""
        ids = [one.id for one in able]
        await _run(work, _CLEARED, ids=ids, at=self.at, account_id=self.account_id)

    def _count(self, account_ids: Sequence[int]) -> int:
        """How many are meant of the postings on these accounts."""
        if self.account_id is None:
            return len(account_ids)
        return account_ids.count(self.account_id)


def _held(one: Selectee) -> Reason | None:
    """Why nothing moves where it stands: the account is closed, or it is locked."""
    if one.closed_on:
        return Reason.CLOSED
    if one.is_read_only:
        return Reason.READ_ONLY
    return Reason.RECONCILED if one.is_reconciled else None


async def _run(work: Work, statement: Any, **values: object) -> None:  # noqa: ANN401 - a statement of SQL
    await work.session.execute(statement, {"ledger_id": work.ledger_id, **values})
