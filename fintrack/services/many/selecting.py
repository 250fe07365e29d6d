"""Transactions selected for a change of all of them: by hand, or by a filter."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import Equity
from fintrack.core.errors import InvalidInput, NotFound, StaleVersion, TooLarge
from fintrack.core.text import message_id
from fintrack.models.ledger import Transaction
from fintrack.services.commands import Work, question
from fintrack.services.ledger.listing import Filter, narrowed
from fintrack.services.ledger.rows import find_surplus
from fintrack.services.ledger.transactions import TransactionMark

MAX_MANY: Final = 10_000
TOO_MANY: Final = message_id(
    "At most {limit} transactions are changed at once. Please narrow the selection."
)

_FACTS = text(
    "SELECT t.id, t.version, t.on_date, t.voided_at IS NOT NULL AS is_void, "
    "count(*) FILTER (WHERE o.is_own) AS accounts, "
    "count(*) FILTER (WHERE o.is_category) AS categories, "
    "bool_or(a.type = :opening AND a.kind = 'equity') AS is_opening, "
    "min(a.closed_on) FILTER (WHERE o.is_own) AS closed_on, "
    "bool_or(a.id = ANY(CAST(:surplus AS bigint[]))) AS is_read_only, "
    "array_agg(p.account_id) FILTER (WHERE o.is_own) AS account_ids, "
    "array_agg(p.account_id) FILTER (WHERE o.is_own AND p.cleared_at IS NOT NULL) "
    "AS cleared_on, array_agg(p.account_id) "
    "FILTER (WHERE p.reconciliation_id IS NOT NULL) AS reconciled_on, "
    "min(p.id) FILTER (WHERE o.is_own) AS own_posting_id, "
    "min(p.account_id) FILTER (WHERE o.is_own) AS account_id, "
    "min(p.currency) FILTER (WHERE o.is_own) AS currency, "
    "min(p.id) FILTER (WHERE o.is_category) AS category_posting_id, "
    "min(p.account_id) FILTER (WHERE o.is_category) AS category_id, "
    "ARRAY(SELECT g.name_folded FROM transaction_tag x JOIN tag g "
    "ON g.ledger_id = x.ledger_id AND g.id = x.tag_id "
    "WHERE x.ledger_id = t.ledger_id AND x.transaction_id = t.id "
    "AND x.on_date = t.on_date) AS tags "
    "FROM transaction t JOIN posting p ON p.ledger_id = t.ledger_id "
    "AND p.transaction_id = t.id AND p.on_date = t.on_date "
    "JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id, "
    "LATERAL (SELECT a.kind IN ('asset', 'liability') AS is_own, "
    "a.kind IN ('income', 'expense') AS is_category) o "
    "WHERE t.ledger_id = :ledger_id AND t.id = ANY(CAST(:ids AS bigint[])) "
    "GROUP BY t.ledger_id, t.id, t.version, t.on_date, t.voided_at"
)


@dataclass(frozen=True, slots=True)
class Selection:
    """``marks``, transactions as their reader saw them; or all that ``wanted`` keeps.

    ``seal`` is what ``select_transactions`` said of that filter, empty where nobody
    looked; ``without`` are ids that were taken out by hand.
    """

    marks: tuple[TransactionMark, ...] = ()
    wanted: Filter | None = None
    seal: str = ""
    without: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Selected:
    """How many a filter keeps; ``seal`` is another one when any of them changed."""

    count: int
    seal: str


@dataclass(frozen=True, slots=True)
class Selectee:
    """A selected transaction, with what decides whether it takes a change.

    The postings, the account and the category are those of a plain payment, which has
    one of each; of others they say nothing. ``closed_on`` is the first day on which an
    account of it closed, ``is_read_only`` one on an account that is beyond the plan.
    ``account_ids`` names an account for each posting on one, ``cleared_on`` for each
    that the bank has seen, ``reconciled_on`` for each that agreed with a statement;
    ``tags`` are folded names.
    """

    id: int
    on_date: date
    is_void: bool
    accounts: int
    categories: int
    is_opening: bool
    closed_on: date | None
    is_read_only: bool
    account_ids: tuple[int, ...]
    cleared_on: tuple[int, ...]
    reconciled_on: tuple[int, ...]
    own_posting_id: int
    account_id: int
    currency: str
    category_posting_id: int
    category_id: int
    tags: frozenset[str]

    @property
    def is_reconciled(self) -> bool:
        """Whether it agreed with a statement of any account."""
        return bool(self.reconciled_on)


@dataclass(frozen=True, slots=True)
class Found:
    """A selection as it stands: what is as it was seen, and the ids of the rest."""

    selectees: tuple[Selectee, ...]
    stale: tuple[int, ...]
    gone: tuple[int, ...]


@question("transaction.select", ledger=LedgerRole.VIEWER)
async def select_transactions(work: Work, wanted: Filter) -> Selected:
    """Counts and seals all that a filter keeps.

    Raises:
        TooLarge: more than ``MAX_MANY``.
    """
    marks = await _kept(work, wanted)
    return Selected(len(marks), _seal(marks))


async def find_selection(work: Work, selection: Selection) -> Found:
    """The transactions of a selection, each compared with what its reader saw.

    Raises:
        InvalidInput: it names nothing, or both ids and a filter.
        NotFound: none of the ids is in this ledger.
        StaleVersion: what the filter keeps is not what was sealed.
        TooLarge: more than ``MAX_MANY``.
    """
    if bool(selection.marks) == (selection.wanted is not None):
        raise InvalidInput("Please select transactions by ids or by a filter.")
    marks = await _marks(work, selection)
    seen = {mark.transaction_id: mark.version for mark in marks}
    values = {
        "ledger_id": work.ledger_id,
        "ids": list(seen),
        "opening": Equity.OPENING,
        "surplus": list(await find_surplus(work)),
    }
    rows = await work.session.execute(_FACTS, values)
    found = {row.id: row for row in rows.all()}
    if selection.marks and not found:
        raise NotFound
    return Found(
        tuple(
            _selectee(found[id_])
            for id_, version in seen.items()
            if id_ in found and found[id_].version == version
        ),
        stale=tuple(
            id_
            for id_, version in seen.items()
            if id_ in found and found[id_].version != version
        ),
        gone=tuple(id_ for id_ in seen if id_ not in found),
    )


async def _marks(work: Work, selection: Selection) -> Iterable[TransactionMark]:
    if selection.wanted is None:
        if len(selection.marks) > MAX_MANY:
            raise TooLarge(TOO_MANY, limit=MAX_MANY)
        return selection.marks
    kept = await _kept(work, selection.wanted)
    if selection.seal and selection.seal != _seal(kept):
        raise StaleVersion
    without = set(selection.without)
    return [mark for mark in kept if mark.transaction_id not in without]


async def _kept(work: Work, wanted: Filter) -> list[TransactionMark]:
    query = (await narrowed(work, wanted)).with_only_columns(
        col(Transaction.id), col(Transaction.version)
    )
    ordered = query.order_by(col(Transaction.id)).limit(MAX_MANY + 1)
    rows = (await work.session.execute(ordered)).all()
    if len(rows) > MAX_MANY:
        raise TooLarge(TOO_MANY, limit=MAX_MANY)
    return [TransactionMark(*row) for row in rows]


def _seal(marks: Iterable[TransactionMark]) -> str:
    text_ = ",".join(f"{mark.transaction_id}:{mark.version}" for mark in marks)
    return hashlib.sha256(text_.encode()).hexdigest()


def _selectee(row: Row[Any]) -> Selectee:
    return Selectee(
        id=row.id,
        on_date=row.on_date,
        is_void=row.is_void,
        accounts=row.accounts,
        categories=row.categories,
        is_opening=row.is_opening,
        closed_on=row.closed_on,
        is_read_only=row.is_read_only,
        account_ids=tuple(row.account_ids or ()),
        cleared_on=tuple(row.cleared_on or ()),
        reconciled_on=tuple(row.reconciled_on or ()),
        own_posting_id=row.own_posting_id or 0,
        account_id=row.account_id or 0,
        currency=row.currency or "",
        category_posting_id=row.category_posting_id or 0,
        category_id=row.category_id or 0,
        tags=frozenset(row.tags),
    )
