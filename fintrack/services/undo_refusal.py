"""Why the rows of a change set cannot be taken back, asked once they were refused."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import psycopg
from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from fintrack.core.errors import UndoRefused
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.core.undo_faults import MOST_NAMED, InTheWay, RowsInTheWay, Why
from fintrack.models.imports import ImportPreview
from fintrack.models.trail import ChangeRow
from fintrack.services import faults
from fintrack.services.change_details import RowChange, describe_rows
from fintrack.services.change_fields import FIELDS, OWNERS
from fintrack.services.commands import Work

_Thing = tuple[str, int]
DIFFERS: Final = "FT004"
# The one table without images of which people know something that can be in the way.
FILES: Final = ImportPreview.__tablename__
CHANGED_SINCE = message_id("Something changed since then, so this cannot be undone.")
NEEDED = message_id("Something newer depends on this, so it stays.")

_TABLES = text("SELECT DISTINCT table_name FROM change_row WHERE change_set_id = :id")
_LAST = (
    "WITH last AS (SELECT DISTINCT ON (table_name, row_id) * FROM change_row "
    "WHERE change_set_id = :id ORDER BY table_name, row_id, statement DESC, id DESC) "
)
# One table's rows as the change left them beside what they are; a version always rises,
# and a column that an image leaves out is not looked at.
_DIFFERING = (
    "SELECT l.table_name, l.row_id, '{subject}' AS subject, cast(l.after ->> '{key}' "
    "AS bigint) AS subject_id, l.after AS left_as, "
    'to_jsonb(t) AS present FROM last l LEFT JOIN "{name}" t ON t.id = l.row_id, '
    "LATERAL (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(t)) "
    "WHERE l.after ? key AND key <> 'version') n (image) "
    "WHERE l.table_name = '{name}' AND l.op <> 'D' AND (n.image IS NULL OR n.image <> "
    "l.after - 'version' AND n.image <> coalesce(l.before, l.after) - 'version')"
)
_DEPENDING = (
    "SELECT '{name}' AS table_name, t.id AS row_id, '{subject}' AS subject, "
    "t.{key} AS subject_id, "
    'to_jsonb(t) AS left_as, to_jsonb(t) AS present FROM "{name}" t '
    "JOIN change_row l ON l.change_set_id = :id AND l.op = 'I' "
    "AND l.table_name = '{parent}' AND {joined} WHERE NOT EXISTS (SELECT FROM "
    "change_row o WHERE o.change_set_id = :id AND o.table_name = '{name}' "
    "AND o.row_id = t.id)"
)
# The first things, and in ``total`` how many there are.
_RANKED = (
    "SELECT r.*, max(place) OVER () AS total FROM (SELECT f.*, dense_rank() OVER "
    "(ORDER BY subject, subject_id) AS place FROM ({found}) f) r"
)
_FIRST = "SELECT * FROM ({ranked}) a WHERE place <= :most ORDER BY place, row_id"
_KEY = text(
    "SELECT p.relname AS parent, array_agg(a.attname ORDER BY n) AS own, "
    "array_agg(b.attname ORDER BY n) AS theirs, "
    "array_agg(format_type(b.atttypid, b.atttypmod) ORDER BY n) AS types "
    "FROM pg_constraint c JOIN pg_class p ON p.oid = c.confrelid "
    "CROSS JOIN generate_subscripts(c.conkey, 1) n "
    "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[n] "
    "JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[n] "
    "WHERE c.contype = 'f' AND c.conname = :name AND c.conrelid = "
    "cast(quote_ident(:table) AS regclass) GROUP BY p.relname"
)
_EVENTS = text(
    "SELECT t.id, t.on_date, p.amount_minor, p.currency FROM transaction t "
    "JOIN LATERAL (SELECT * FROM posting p WHERE p.ledger_id = t.ledger_id "
    "AND p.transaction_id = t.id ORDER BY position, id LIMIT 1) p ON true "
    "WHERE t.ledger_id = :ledger_id AND t.id = ANY(CAST(:ids AS bigint[]))"
)


class _Event(NamedTuple):
    """What tells one transaction from another; a thing of another kind has none."""

    on_date: date | None = None
    amount: Money | None = None


async def explain_refusal(
    work: Work, change_id: int, error: DBAPIError
) -> UndoRefused | None:
    """Why the database did not take a change back, with the rows that it fails on.

    Asked when nothing of the undo is left; None for a fault of another kind.
    """
    if faults.sqlstate(error) == DIFFERS:
        found = await _find_differing(work, change_id)
        needed = False
    elif isinstance(error, IntegrityError):
        found = await _find_depending(work, change_id, error)
        needed = True
    else:
        return None
    message = NEEDED if needed else CHANGED_SINCE
    if not found:
        return UndoRefused(message)
    things = await _things(work, found, needed=needed)
    return RowsInTheWay.named(message, change_id, things, found[0].total)


async def _find_differing(work: Work, change_id: int) -> Sequence[Row[Any]]:
    tables = await work.session.scalars(_TABLES, {"id": change_id})
    parts = [
        _DIFFERING.format(**_place(name)) for name in sorted(tables) if name in FIELDS
    ]
    if not parts:
        return []
    ranked = _RANKED.format(found=" UNION ALL ".join(parts))
    query = _LAST + _FIRST.format(ranked=ranked)
    values = {"id": change_id, "most": MOST_NAMED}
    return (await work.session.execute(text(query), values)).all()


async def _find_depending(
    work: Work, change_id: int, error: IntegrityError
) -> Sequence[Row[Any]]:
    """Rows of others that point to what the change added."""
    said = error.orig.diag if isinstance(error.orig, psycopg.Error) else None
    name = said.table_name if said else None
    if said is None or name not in (*FIELDS, FILES):
        return []
    values = {"table": name, "name": said.constraint_name}
    key = (await work.session.execute(_KEY, values)).one_or_none()
    if key is None:
        return []
    joined = " AND ".join(
        f"t.{own} = cast(l.after ->> '{their}' AS {kind})"
        for own, their, kind in zip(key.own, key.theirs, key.types, strict=True)
    )
    found = _DEPENDING.format(**_place(name), parent=key.parent, joined=joined)
    query = _FIRST.format(ranked=_RANKED.format(found=found))
    rest = {"id": change_id, "most": MOST_NAMED}
    return (await work.session.execute(text(query), rest)).all()


def _place(name: str) -> dict[str, str]:
    subject, key = OWNERS.get(name, (name, "id"))
    return {"name": name, "subject": subject, "key": key}


async def _things(
    work: Work, found: Sequence[Row[Any]], *, needed: bool
) -> tuple[InTheWay, ...]:
    """The rows by what they belong to, transactions by their day."""
    if found[0].table_name == FILES:
        return tuple(_file(row) for row in found)
    images = [_image(row) for row in found]
    by_thing: dict[_Thing, list[RowChange]] = defaultdict(list)
    for change in await describe_rows(work, images):
        by_thing[change.subject, change.subject_id].append(change)
    ids = [id_ for subject, id_ in by_thing if subject == "transaction"]
    events = _gone(found) | await _events(work, ids)
    things = [
        InTheWay(
            *thing,
            changes[0].about,
            Why.NEEDS_IT if needed else _why(changes),
            *events.get(thing, _Event()),
            tuple(dict.fromkeys(f.name for c in changes for f in c.fields)),
        )
        for thing, changes in by_thing.items()
    ]
    return tuple(sorted(things, key=lambda one: one.on_date or date.min, reverse=True))


def _file(row: Row[Any]) -> InTheWay:
    """A file that waits for its check."""
    return InTheWay(FILES, row.row_id, row.present["filename"], Why.NEEDS_IT)


def _image(row: Row[Any]) -> ChangeRow:
    """From what the change left to what is there now."""
    return ChangeRow(
        change_set_id=0,
        statement=0,
        table_name=row.table_name,
        row_id=row.row_id,
        op="U" if row.present else "D",
        before=row.left_as,
        after=row.present,
    )


def _why(changes: Sequence[RowChange]) -> Why:
    own = [one for one in changes if one.table == one.subject]
    names = {field.name for one in changes for field in one.fields}
    if any(one.op == "D" for one in own):
        why = Why.REMOVED
    elif "voided" in names:
        why = Why.VOID
    elif "reconciliation" in names:
        why = Why.RECONCILED
    else:
        why = Why.CHANGED
    return why


async def _events(work: Work, ids: Sequence[int]) -> dict[_Thing, _Event]:
    values = {"ledger_id": work.ledger_id, "ids": list(ids)}
    found = await work.session.execute(_EVENTS, values)
    return {
        ("transaction", row.id): _Event(
            row.on_date, Money(row.amount_minor, row.currency)
        )
        for row in found.all()
    }


def _gone(found: Sequence[Row[Any]]) -> dict[_Thing, _Event]:
    """Transactions that are no more, from their images."""
    first: dict[int, Any] = {}
    for row in found:
        if row.table_name == "posting" and row.present is None:
            held = first.setdefault(row.subject_id, row.left_as)
            if row.left_as["position"] < held["position"]:
                first[row.subject_id] = row.left_as
    return {
        ("transaction", id_): _Event(
            date.fromisoformat(image["on_date"]),
            Money(int(image["amount_minor"]), image["currency"]),
        )
        for id_, image in first.items()
    }
