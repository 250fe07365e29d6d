"""What one change set did to the books: each row's fields before and after."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import CATEGORY_KINDS
from fintrack.core.errors import NotFound
from fintrack.core.money import Money
from fintrack.models.ledger import Account, Transaction
from fintrack.models.trail import ChangeRow, ChangeSet
from fintrack.services.commands import Work, question

MOST_ROWS: Final = 200
Value = Money | date | str | bool | None
Image = Mapping[str, Any]

# What people know by a name, of each table they know; the rest is our bookkeeping.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "account": ("name", "type", "parent_id", "opened_on", "closed_on", "note"),
    "ledger": ("name", "base_currency"),
    "posting": (
        "account_id",
        "amount_minor",
        "original_minor",
        "memo",
        "cleared_at",
        "reconciliation_id",
    ),
    "transaction": ("on_date", "payee", "description", "note", "voided_at"),
}
_MONEY: Final = {"amount_minor": "currency", "original_minor": "original_currency"}
_DAYS: Final = {"on_date", "opened_on", "closed_on"}
_ACCOUNTS: Final = {"account_id", "parent_id"}
# What matters of them is whether they are there.
_TURNED: Final = {"voided_at", "cleared_at", "reconciliation_id"}
_SUBJECT: Final = {"posting": "transaction"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field; None is a value that was not there. Accounts are given by name."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row; ``op`` is I (added), U (changed) or D (removed).

    ``subject`` and ``subject_id`` name what the row belongs to: a posting belongs to
    its transaction. ``about`` is that thing's name today, or before it went.
    """

    table: str
    row_id: int
    op: str
    subject: str
    subject_id: int
    about: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ChangeDetail:
    """The rows in the order of writing; ``total`` counts those beyond the limit too."""

    id: int
    total: int
    rows: tuple[RowChange, ...]


@question("change.detail", ledger=LedgerRole.VIEWER)
async def find_change(work: Work, change_id: int) -> ChangeDetail:
    """What a change did, the first ``MOST_ROWS`` rows of it.

    Values of changes older than 30 days live in the log alone: they come without rows.

    Raises:
        NotFound: not a change of this ledger.
    """
    own = select(col(ChangeSet.id)).where(
        col(ChangeSet.ledger_id) == work.ledger_id, col(ChangeSet.id) == change_id
    )
    if await work.session.scalar(own) is None:
        raise NotFound
    known = (
        col(ChangeRow.change_set_id) == change_id,
        col(ChangeRow.table_name).in_(FIELDS),
    )
    counted = select(func.count()).select_from(ChangeRow).where(*known)
    query = (
        select(ChangeRow)
        .where(*known)
        .order_by(col(ChangeRow.statement), col(ChangeRow.id))
        .limit(MOST_ROWS)
    )
    found = (await work.session.scalars(query)).all()
    names = await _names(work, found)
    rows = tuple(_row_change(row, names) for row in found)
    total = await work.session.scalar(counted) or 0
    return ChangeDetail(change_id, total, tuple(row for row in rows if row.fields))


@dataclass(frozen=True, slots=True)
class _Names:
    accounts: Mapping[int, str]
    categories: frozenset[int]
    transactions: Mapping[int, str]


async def _names(work: Work, rows: Iterable[ChangeRow]) -> _Names:
    """Names of all that the rows point to; of what is gone, from its last image."""
    found = list(rows)
    accounts = {i for image in _images(found) for f in _ACCOUNTS if (i := image.get(f))}
    moved = {
        int(image["transaction_id"])
        for image in _images(found)
        if "transaction_id" in image
    }
    kept = await work.session.execute(
        select(col(Account.id), col(Account.name), col(Account.kind)).where(
            col(Account.ledger_id) == work.ledger_id, col(Account.id).in_(accounts)
        )
    )
    chart = kept.all()
    events = await work.session.execute(
        select(
            col(Transaction.id), col(Transaction.payee), col(Transaction.description)
        ).where(
            col(Transaction.ledger_id) == work.ledger_id,
            col(Transaction.id).in_(moved),
        )
    )
    gone = {
        row.row_id: _event_name(image)
        for row in found
        if row.table_name == "transaction"
        for image in _images([row])
    }
    return _Names(
        accounts={row.id: row.name for row in chart},
        categories=frozenset(row.id for row in chart if row.kind in CATEGORY_KINDS),
        transactions=gone | {e.id: e.payee or e.description for e in events.all()},
    )


def _images(rows: Iterable[ChangeRow]) -> Iterator[Image]:
    for row in rows:
        yield from (image for image in (row.before, row.after) if image)


def _event_name(image: Image) -> str:
    return str(image.get("payee") or image.get("description") or "")


def _row_change(row: ChangeRow, names: _Names) -> RowChange:
    before: Image = row.before or {}
    after: Image = row.after or {}
    subject = _SUBJECT.get(row.table_name, row.table_name)
    newest = after or before
    key = "transaction_id" if row.table_name == "posting" else "id"
    subject_id = int(newest.get(key) or row.row_id)
    about = (
        names.transactions.get(subject_id, "")
        if subject == "transaction"
        else str(newest.get("name", ""))
    )
    fields = [
        FieldChange(_said(field, newest, names), old, new)
        for field in FIELDS[row.table_name]
        if (old := _value(field, before, names)) != (new := _value(field, after, names))
    ]
    return RowChange(
        row.table_name, row.row_id, row.op, subject, subject_id, about, tuple(fields)
    )


def _said(field: str, image: Image, names: _Names) -> str:
    """The field's public name: amounts are money, ids are what they point to."""
    if field == "account_id":
        of_category = image.get(field) in names.categories
        return "category" if of_category else "account"
    return field.removesuffix("_minor").removesuffix("_id").removesuffix("_at")


def _value(field: str, image: Image, names: _Names) -> Value:
    found = image.get(field)
    if found in (None, ""):
        value: Value = None
    elif currency := _MONEY.get(field):
        value = Money(int(found), image[currency])
    elif field in _DAYS:
        value = date.fromisoformat(found)
    elif field in _ACCOUNTS:
        value = names.accounts.get(int(found), "")
    elif field in _TURNED:
        value = True
    else:
        value = str(found)
    return value
