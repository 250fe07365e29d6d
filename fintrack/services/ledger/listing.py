"""A page of transactions: filtered, newest first, by keyset."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import distinct_on

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import InvalidInput
from fintrack.models.ledger import POSTINGS, TRANSACTIONS
from fintrack.services.commands import Work, question
from fintrack.services.ledger.conditions import (
    has_files,
    has_posting,
    has_tag,
    own_accounts,
    with_children,
    within_amounts,
)
from fintrack.services.ledger.reading import (
    VIEWED,
    TransactionView,
    with_postings,
)
from fintrack.services.ledger.searching import with_words

MAX_PAGE = 100
_T, _P = TRANSACTIONS.c, POSTINGS.c


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows; an empty field does not narrow it.

    Several ids of one kind mean any of them; accounts and categories narrow together. A
    category has those under it.
    ``least`` and ``most`` are whole units without sign, in the currency of the account.
    ``until`` is the last day that is shown. ``cleared`` and ``reconciled`` look at the
    postings on the accounts, or on all accounts; ``attached`` at whether there are
    files.
    """

    account_ids: tuple[int, ...] = ()
    category_ids: tuple[int, ...] = ()
    tag_ids: tuple[int, ...] = ()
    words: str = ""
    since: date | None = None
    until: date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    with_void: bool = False
    cleared: bool | None = None
    reconciled: bool | None = None
    attached: bool | None = None

    @property
    def marks(self) -> list[ColumnElement[bool]]:
        """The conditions on a posting for what the bank has seen of it."""
        at, by = _P.cleared_at, _P.reconciliation_id
        found: list[ColumnElement[bool]] = []
        if self.cleared is not None:
            found.append(at.is_not(None) if self.cleared else at.is_(None))
        if self.reconciled is not None:
            found.append(by.is_not(None) if self.reconciled else by.is_(None))
        return found


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the list: after the transaction of this day and id."""

    on_date: date
    transaction_id: int

    @property
    def token(self) -> str:
        """The place as text for an address or a REST cursor."""
        return f"{self.on_date:%Y%m%d}-{self.transaction_id}"

    @classmethod
    def parse(cls, token: str) -> "Position":
        """The place of a token.

        Raises:
            InvalidInput: the token is not one of ours.
        """
        day, _, number = token.partition("-")
        try:
            on_date = date(int(day[:4]), int(day[4:6]), int(day[6:]))
            return cls(on_date, int(number))
        except ValueError:
            raise InvalidInput("This place in the list is unknown.") from None


@dataclass(frozen=True, slots=True)
class Reach:
    """The days and the place in the list that bound what is read.

    They are said of the transactions and again of their postings: the database does
    not conclude one from the other, and would read an account from its newest day.
    """

    wanted: Filter
    place: Position | None = None
    upwards: bool = False

    def bounds(
        self, on_date: ColumnElement[date], id_: ColumnElement[int]
    ) -> list[ColumnElement[bool]]:
        """The conditions on the columns of either table."""
        found: list[ColumnElement[bool]] = []
        if self.wanted.since:
            found.append(on_date >= self.wanted.since)
        if self.wanted.until:
            found.append(on_date <= self.wanted.until)
        if self.place:
            key = tuple_(on_date, id_)
            mark = tuple_(self.place.on_date, self.place.transaction_id)
            found.append(key > mark if self.upwards else key < mark)
        return found

    def order(
        self, on_date: ColumnElement[date], id_: ColumnElement[int]
    ) -> list[ColumnElement[Any]]:
        """Newest first; the other way round where one goes upwards."""
        return [part.asc() if self.upwards else part.desc() for part in (on_date, id_)]


@dataclass(frozen=True, slots=True)
class TransactionPage:
    """A page; ``next`` and ``previous`` are the places of its neighbours or None."""

    items: tuple[TransactionView, ...]
    next: str | None
    previous: str | None


@question("transaction.list", ledger=LedgerRole.VIEWER)
async def list_transactions(
    work: Work,
    wanted: Filter,
    *,
    after: str | None = None,
    before: str | None = None,
    limit: int = 50,
) -> TransactionPage:
    """A page of transactions, newest first.

    ``after`` goes on below a place, ``before`` gives the page above one.

    Raises:
        InvalidInput: an unknown place, or a limit that is not 1 to 100.
    """
    if not 0 < limit <= MAX_PAGE:
        raise InvalidInput(
            "A page has 1 to {limit} rows.", field="limit", limit=MAX_PAGE
        )
    place = Position.parse(after or before or "") if after or before else None
    query = await in_order(work, wanted, Reach(wanted, place, before is not None))
    found = (await work.session.execute(query.limit(limit + 1))).all()
    more = len(found) > limit
    kept = found[:limit] if before is None else found[:limit][::-1]
    return TransactionPage(
        items=tuple(await with_postings(work, kept)),
        next=_token(kept[-1]) if kept and (more or before is not None) else None,
        previous=_token(kept[0])
        if kept and (after is not None or (before is not None and more))
        else None,
    )


async def in_order(work: Work, wanted: Filter, reach: Reach) -> Select[Any]:
    """The transactions that a filter keeps, in the order of the list."""
    by = _of_account if len(wanted.account_ids) == 1 else _of_all
    return await by(work, wanted, reach)


async def narrowed(
    work: Work, wanted: Filter, reach: Reach | None = None
) -> Select[Any]:
    """The transactions that a filter keeps, for the list and for its totals."""
    reach = reach or Reach(wanted)
    query = select(*VIEWED).where(
        _T.ledger_id == work.ledger_id,
        *reach.bounds(_T.on_date, _T.id),
    )
    if not wanted.with_void:
        query = query.where(_T.voided_at.is_(None))
    for ids in (wanted.account_ids, await with_children(work, wanted.category_ids)):
        if ids:
            query = query.where(_on_accounts(work, ids, reach))
    if wanted.tag_ids:
        query = query.where(has_tag(work, wanted.tag_ids))
    if wanted.attached is not None:
        files = has_files(work)
        query = query.where(files if wanted.attached else ~files)
    if wanted.marks:
        query = query.where(await _with_marks(work, wanted, reach))
    if wanted.least is not None or wanted.most is not None:
        query = query.where(await within_amounts(work, wanted.least, wanted.most))
    words = with_words(work.ledger_id, wanted.words)
    return query if words is None else query.where(words)


def _token(row: Row[*tuple[Any, ...]]) -> str:
    return Position(row.on_date, row.id).token


async def _of_all(work: Work, wanted: Filter, reach: Reach) -> Select[Any]:
    query = await narrowed(work, wanted, reach)
    return query.order_by(*reach.order(_T.on_date, _T.id))


async def _of_account(work: Work, wanted: Filter, reach: Reach) -> Select[Any]:
    """Walks the postings of one account, so that each depth costs the same.

    A transaction with two postings on it comes once. The days are equal and yet not
    compared: the database would merge both tables by them, from the newest on.
    """
    (account_id,) = wanted.account_ids
    key = (_P.on_date, _P.transaction_id)
    query = await narrowed(
        work,
        replace(
            wanted,
            account_ids=(),
            since=None,
            until=None,
            cleared=None,
            reconciled=None,
        ),
    )
    return (
        query.join(POSTINGS, _P.transaction_id == _T.id)
        .where(
            _P.ledger_id == work.ledger_id,
            _P.account_id == account_id,
            *wanted.marks,
            *reach.bounds(*key),
        )
        .ext(distinct_on(*key))
        .order_by(*reach.order(*key))
    )


def _on_accounts(
    work: Work, account_ids: tuple[int, ...], reach: Reach
) -> ColumnElement[bool]:
    return has_posting(work).where(
        _P.account_id.in_(account_ids),
        *reach.bounds(_P.on_date, _P.transaction_id),
    )


async def _with_marks(work: Work, wanted: Filter, reach: Reach) -> ColumnElement[bool]:
    """Whether a posting on the accounts, or on any account, is marked as wanted."""
    account_ids = wanted.account_ids or tuple(await own_accounts(work))
    return has_posting(work).where(
        _P.account_id.in_(account_ids),
        *wanted.marks,
        *reach.bounds(_P.on_date, _P.transaction_id),
    )
