"""What one change set did to the books: each row's fields before and after."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import CATEGORY_KINDS
from fintrack.core.errors import NotFound
from fintrack.core.rules import Field
from fintrack.models.ledger import Account, Transaction
from fintrack.models.recurring import RecurringItem
from fintrack.models.tags import Tag
from fintrack.models.trail import ChangeRow, ChangeSet
from fintrack.services.change_fields import (
    ACCOUNTS,
    FIELDS,
    OWNERS,
    FieldChange,
    Image,
    Name,
    Names,
    field_changes,
    rate_of,
)
from fintrack.services.commands import Work, question
from fintrack.services.recurring.suggesting import folded_payee
from fintrack.services.rules.naming import name_rules

MOST_ROWS: Final = 200
# What is written anew with its rule is the same where this is.
_PLACES: Final = {
    "rule_condition": "position",
    "rule_share": "position",
    "rule_tag": "tag_id",
}
_OWN_NAMES: Final = ("name", "payee", "description", "set_payee", "set_note")


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row; ``op`` is I (added), U (changed) or D (removed).

    ``subject`` and ``subject_id`` name what the row belongs to: a posting belongs to
    its transaction, a condition to its rule. ``about`` is that thing's name today, or
    before it went; an own rate is told as it was after the change.
    """

    table: str
    row_id: int
    op: str
    subject: str
    subject_id: int
    about: Name
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
    rows = await describe_rows(work, _paired(found))
    shown = tuple(row for row in rows if row.fields)
    beyond = (await work.session.scalar(counted) or 0) - len(found)
    return ChangeDetail(change_id, len(shown) + beyond, shown)


async def describe_rows(work: Work, rows: Sequence[ChangeRow]) -> list[RowChange]:
    """The rows with the names of what they belong to and of what they point to."""
    names = await _names(work, rows)
    return [_row_change(row, names) for row in rows]


def _paired(rows: Iterable[ChangeRow]) -> list[ChangeRow]:
    """A part of a rule that was removed and written anew is one that was changed."""
    kept: list[ChangeRow] = []
    removed: dict[tuple[str, int, int], int] = {}
    for row in rows:
        place = _place(row)
        if place is not None and row.op == "D":
            removed[place] = len(kept)
            kept.append(row)
        elif place is not None and row.op == "I" and place in removed:
            at = removed.pop(place)
            values = {**row.model_dump(), "op": "U", "before": kept[at].before}
            kept[at] = ChangeRow(**values)
        else:
            kept.append(row)
    return kept


def _place(row: ChangeRow) -> tuple[str, int, int] | None:
    column = _PLACES.get(row.table_name)
    image = row.after or row.before
    return (row.table_name, image["rule_id"], image[column]) if column else None


async def _names(work: Work, rows: Iterable[ChangeRow]) -> Names:
    """Names of all that the rows point to; of what is gone, from its last image."""
    found = list(rows)
    accounts = {i for image in _images(found) for f in ACCOUNTS if (i := image.get(f))}
    kept = await work.session.execute(
        select(col(Account.id), col(Account.name), col(Account.kind)).where(
            col(Account.ledger_id) == work.ledger_id, col(Account.id).in_(accounts)
        )
    )
    chart = kept.all()
    tags = {i for image in _images(found) if (i := image.get("tag_id"))}
    words = await work.session.execute(
        select(col(Tag.id), col(Tag.name)).where(
            col(Tag.ledger_id) == work.ledger_id, col(Tag.id).in_(tags)
        )
    )
    gone = {
        row.row_id: str(image["name"])
        for row in found
        if row.table_name == "tag"
        for image in _images([row])
    }
    return Names(
        accounts={row.id: row.name for row in chart},
        categories=frozenset(row.id for row in chart if row.kind in CATEGORY_KINDS),
        tags=gone | {tag.id: tag.name for tag in words.all()},
        things=await _things(work, found),
    )


async def _things(work: Work, rows: list[ChangeRow]) -> dict[tuple[str, int], str]:
    """Names of the rows of which others are parts."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        subject, subject_id = _subject(row)
        wanted[subject].add(subject_id)
    events = await work.session.execute(
        select(
            col(Transaction.id), col(Transaction.payee), col(Transaction.description)
        ).where(
            col(Transaction.ledger_id) == work.ledger_id,
            col(Transaction.id).in_(wanted["transaction"]),
        )
    )
    items = await work.session.execute(
        select(col(RecurringItem.id), col(RecurringItem.name)).where(
            col(RecurringItem.ledger_id) == work.ledger_id,
            col(RecurringItem.id).in_(wanted["recurring_item"]),
        )
    )
    rules = await name_rules(work, wanted["rule"])
    return {
        **{(r.table_name, r.row_id): _own_name(i) for r in rows for i in _images([r])},
        **{("rule", rule_id): words for rule_id, words in _words_of_rules(rows)},
        **{("rule", rule_id): name for rule_id, name in rules.items()},
        **{("transaction", e.id): e.payee or e.description for e in events.all()},
        **{("recurring_item", item.id): item.name for item in items.all()},
    }


def _words_of_rules(rows: Sequence[ChangeRow]) -> Iterator[tuple[int, str]]:
    """What rules looked for that are gone; of several words the first come last."""
    for row in reversed(rows):
        if row.table_name == "rule_condition":
            for image in _images([row]):
                if image["field"] in (Field.PAYEE, Field.TEXT):
                    yield image["rule_id"], image["words"]


def _images(rows: Iterable[ChangeRow]) -> Iterator[Image]:
    for row in rows:
        yield from (image for image in (row.before, row.after) if image)


def _own_name(image: Image) -> str:
    found = (image.get(name) for name in _OWN_NAMES)
    mark = folded_payee(image.get("mark", ""))
    return next((str(name) for name in found if name), mark)


def _subject(row: ChangeRow) -> tuple[str, int]:
    image: Image = row.after or row.before or {}
    subject, key = OWNERS.get(row.table_name, (row.table_name, "id"))
    return subject, int(image.get(key) or row.row_id)


def _row_change(row: ChangeRow, names: Names) -> RowChange:
    subject, subject_id = _subject(row)
    name: Name = names.things.get((subject, subject_id), "")
    if subject == "own_rate":
        name = rate_of(row.after or row.before or {})
    return RowChange(
        row.table_name,
        row.row_id,
        row.op,
        subject,
        subject_id,
        name,
        field_changes(row.table_name, row.before or {}, row.after or {}, names),
    )
