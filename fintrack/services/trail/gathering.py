"""What is committed and not shipped yet, made ready for the chain."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.audit_chain import Shipment
from fintrack.services import bulk
from fintrack.services.database import Database
from fintrack.services.refusals import PREFIX
from fintrack.services.trail import sealing
from fintrack.services.trail.keys import HOUSE, Key, Owner, find_key

CHANGE_SET, SECURITY_EVENT = "change_set", "security_event"
BATCH = 500
# A batch ends here, so that a row of imports does not pile up in memory.
BATCH_IMAGES = 20_000
PART_LINES = 5_000
MANY_LINES = 200
FETCHED = 1_000

_UNSHIPPED = text(
    "(SELECT 'change_set' AS source, id FROM change_set WHERE shipped_at IS NULL "
    "ORDER BY id LIMIT :most) UNION ALL "
    "(SELECT 'security_event', id FROM security_event WHERE shipped_at IS NULL "
    "ORDER BY id LIMIT :most)"
)
_SIZES = text(
    "SELECT change_set_id, count(*) AS images FROM change_row "
    "WHERE change_set_id = ANY(:ids) GROUP BY 1"
)
_SETS = text(
    "SELECT id, CASE WHEN refused THEN :refused || command ELSE command END AS what, "
    "person_id, ledger_id, at, undo_of FROM change_set WHERE id = ANY(:ids)"
)
_EVENTS = text(
    "SELECT id, kind AS what, person_id, ledger_id, at, "
    "CASE WHEN detail ->> 'person' ~ '^[0-9]{1,18}$' "
    "THEN (detail ->> 'person')::bigint END AS about, "
    "json_build_object('address', address, 'detail', detail)::text AS line "
    "FROM security_event WHERE id = ANY(:ids)"
)
# A row belongs to its ledger; where it has none, to its person.
_IMAGES = """
    SELECT change_set_id,
           CASE WHEN table_name IN ('person', 'ledger') THEN table_name
                WHEN image ->> 'ledger_id' IS NOT NULL THEN 'ledger'
                WHEN image ->> 'person_id' IS NOT NULL THEN 'person' END,
           CASE WHEN table_name IN ('person', 'ledger') THEN row_id
                ELSE coalesce((image ->> 'ledger_id')::bigint,
                              (image ->> 'person_id')::bigint) END,
           json_build_object('table', table_name, 'id', row_id, 'op', op,
                             'before', before, 'after', after)::text
    FROM (SELECT *, coalesce(after, before) AS image FROM change_row
          WHERE change_set_id = ANY(%(ids)s)) r
    ORDER BY change_set_id, statement, id
"""


@dataclass(frozen=True, slots=True)
class _Source:
    """One change set or event before its images are sealed."""

    source: str
    row: Any

    @property
    def name(self) -> str:
        return f"{self.source} {self.row.id}"

    @property
    def owner(self) -> Owner:
        if self.row.ledger_id is not None and self.source == CHANGE_SET:
            return Owner("ledger", self.row.ledger_id)
        if self.row.person_id is not None:
            return Owner("person", self.row.person_id)
        return HOUSE


class _Keys:
    """The keys of one batch, each looked up once.

    They are made in a unit of work of their own: a key must be there for good before
    LogDB holds anything that only it opens.
    """

    def __init__(self, home: Database) -> None:
        self._home = home
        self._known: dict[Owner, Key | None] = {}

    async def of(self, owner: Owner) -> Key | None:
        if owner not in self._known:
            async with self._home.unit_of_work() as session:
                now = self._home.clock()
                self._known[owner] = await find_key(session, owner, now)
        return self._known[owner]


async def gather(session: AsyncSession, home: Database) -> list[Shipment]:
    """The next batch in the order of its instants; empty when all is shipped."""
    sets, events = await _pick(session)
    keys = _Keys(home)
    found = [
        *[made async for made in _change_sets(session, sets, keys)],
        *[await _event(source, keys) for source in events],
    ]
    return sorted(found, key=lambda one: (one.at, one.source, one.source_id))


async def _pick(session: AsyncSession) -> tuple[list[_Source], list[_Source]]:
    waiting = (await session.execute(_UNSHIPPED, {"most": BATCH})).all()
    set_ids = [row.id for row in waiting if row.source == CHANGE_SET]
    sizes = await session.execute(_SIZES, {"ids": set_ids})
    images = {row.change_set_id: row.images for row in sizes.all()}
    taken: list[int] = []
    room = BATCH_IMAGES
    for set_id in set_ids:
        room -= images.get(set_id, 0)
        if taken and room < 0:
            break
        taken.append(set_id)
    event_ids = [row.id for row in waiting if row.source == SECURITY_EVENT]
    sets = await session.execute(_SETS, {"ids": taken, "refused": PREFIX})
    events = await session.execute(_EVENTS, {"ids": event_ids})
    return (
        [_Source(CHANGE_SET, row) for row in sets.all()],
        [_Source(SECURITY_EVENT, row) for row in events.all()],
    )


async def _change_sets(
    session: AsyncSession, sources: list[_Source], keys: _Keys
) -> AsyncIterator[Shipment]:
    by_id = {source.row.id: source for source in sources}
    parts: dict[int, list[sealing.Part]] = defaultdict(list)
    async for set_id, owner, lines in _lines_by_owner(session, by_id):
        key = await keys.of(owner)
        if key is not None:
            name, number = by_id[set_id].name, len(parts[set_id])
            parts[set_id].append(await _seal(name, number, key, lines))
    for set_id, source in by_id.items():
        yield _shipment(source, parts[set_id], undo_of=source.row.undo_of)


async def _seal(name: str, number: int, key: Key, lines: list[str]) -> sealing.Part:
    if len(lines) < MANY_LINES:
        return sealing.seal(name, number, key, lines)
    # Compressing and encrypting many images is no work for the event loop.
    return await asyncio.to_thread(sealing.seal, name, number, key, lines)


async def _lines_by_owner(
    session: AsyncSession, by_id: dict[int, _Source]
) -> AsyncIterator[tuple[int, Owner, list[str]]]:
    """Images of one change set and owner at a time, a long list in several parts."""
    present = 0
    lines: dict[Owner, list[str]] = defaultdict(list)
    images = bulk.stream(session, _IMAGES, {"ids": list(by_id)}, FETCHED)
    async for part in images:
        for set_id, kind, owner_id, line in part:
            if set_id != present:
                for owner, waiting in lines.items():
                    yield present, owner, waiting
                present, lines = set_id, defaultdict(list)
            owner = Owner(kind, owner_id) if kind else by_id[set_id].owner
            lines[owner].append(line)
            if len(lines[owner]) == PART_LINES:
                yield set_id, owner, lines.pop(owner)
    for owner, waiting in lines.items():
        yield present, owner, waiting


async def _event(source: _Source, keys: _Keys) -> Shipment:
    key = await keys.of(source.owner)
    parts = (
        [] if key is None else [sealing.seal(source.name, 0, key, [source.row.line])]
    )
    return _shipment(source, parts, about=source.row.about)


def _shipment(
    source: _Source, parts: list[sealing.Part], **more: int | None
) -> Shipment:
    row = source.row
    head = {"what": row.what, "person": row.person_id, "ledger": row.ledger_id, **more}
    known = {name: value for name, value in head.items() if value is not None}
    payload = sealing.compose(known, parts)
    return Shipment(source.source, row.id, row.at, payload)
