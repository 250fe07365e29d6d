"""Who saw and changed one's data: the trail of one's person and one's own ledgers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import TextClause, text

from fintrack.core.actor import LedgerRole
from fintrack.services.commands import Work, question
from fintrack.services.trail.deeds import TOLD_BY_EVENT, words_of

PAGE = 50
NEWEST = 2**63 - 1

# What a stranger calls themselves must not stand in the trail of the books they tried.
_PERSON = (
    "coalesce(CASE WHEN p.id <> :me AND l.id IS NOT NULL AND NOT EXISTS "
    "(SELECT FROM membership m WHERE m.ledger_id = l.id AND m.person_id = p.id) "
    "THEN '' ELSE p.first_name || ' ' || p.last_name END, '') AS person_name"
)
_NAMED = (
    "LEFT JOIN person p ON p.id = {0}.person_id "
    "LEFT JOIN ledger l ON l.id = {0}.ledger_id AND l.owner_id = :me "
)
# Each branch reads its index from the newest down and stops at the limit.
# Of a deed of staff an event tells the same, and of whom; so it does of a refusal, and
# of what stands in ``TOLD_BY_EVENT``.
_UNTOLD = "NOT refused AND command NOT LIKE 'staff.%' AND command <> ALL(:told)"
_CHANGES = text(
    f"SELECT s.id, s.command AS what, s.at, s.person_id, {_PERSON}, "  # noqa: S608 - a constant only
    "s.ledger_id, s.undo_of, s.shipped_at "
    "FROM (SELECT id FROM ((SELECT id FROM change_set "
    "WHERE person_id = :me AND id < :before "
    f"AND {_UNTOLD} ORDER BY id DESC LIMIT :most) "
    "UNION (SELECT x.id FROM ledger l CROSS JOIN LATERAL (SELECT id FROM change_set "
    "WHERE ledger_id = l.id AND id < :before "
    f"AND {_UNTOLD} ORDER BY id DESC LIMIT :most) x WHERE l.owner_id = :me) "
    "UNION (SELECT DISTINCT change_set_id FROM change_row WHERE table_name = 'person' "
    "AND row_id = :me AND change_set_id < :before AND EXISTS (SELECT "
    f"FROM change_set c WHERE c.id = change_set_id AND {_UNTOLD}) "
    "ORDER BY change_set_id DESC LIMIT :most)) u ORDER BY id DESC LIMIT :most) n "
    f"JOIN change_set s USING (id) {_NAMED.format('s')}"
    "ORDER BY s.id DESC"
)
_EVENTS = text(
    f"SELECT e.id, e.kind AS what, e.at, e.person_id, {_PERSON}, "  # noqa: S608 - a constant only
    "e.ledger_id, e.shipped_at, e.address, e.detail "
    "FROM (SELECT id FROM ((SELECT id FROM security_event "
    "WHERE person_id = :me AND id < :before ORDER BY id DESC LIMIT :most) "
    # What staff did to a person, looking included, names the person.
    "UNION (SELECT id FROM security_event WHERE detail ->> 'person' = :me_as_text "
    "AND id < :before ORDER BY id DESC LIMIT :most) "
    "UNION (SELECT x.id FROM ledger l CROSS JOIN LATERAL "
    "(SELECT id FROM security_event WHERE ledger_id = l.id AND id < :before "
    "ORDER BY id DESC LIMIT :most) x "
    "WHERE l.owner_id = :me)) u ORDER BY id DESC LIMIT :most) n "
    f"JOIN security_event e USING (id) {_NAMED.format('e')}"
    "ORDER BY e.id DESC"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the trail goes on: below these ids of both kinds."""

    change: int = NEWEST
    event: int = NEWEST

    def __str__(self) -> str:
        return f"{self.change}.{self.event}"


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that somebody did.

    ``what`` is the name of a command, or for an event its kind; ``refused`` names the
    command that was refused, the first where ``words`` lists several of them as
    ``commands``; ``words`` is what an event says beside its kind. Address and device
    are told of one's own events only, and no name of a stranger, who chose it.
    ``is_shipped`` says that it stands in the chain, where nobody can change it.
    """

    is_event: bool
    id: int
    what: str
    at: datetime
    person_id: int | None
    person_name: str
    is_mine: bool
    ledger_id: int | None
    is_shipped: bool
    undo_of: int | None = None
    refused: str = ""
    address: str = ""
    device: str = ""
    words: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class TracePage:
    """Traces, newest first; ``below`` is None on the last page."""

    traces: tuple[Trace, ...]
    below: Place | None


@question("trail.mine", ledger=LedgerRole.VIEWER)
async def list_own_trail(
    work: Work, *, below: Place | None = None, limit: int = PAGE
) -> TracePage:
    """What was done by oneself, to one's person, and in the ledgers one owns."""
    below = below or Place()
    most = min(limit, PAGE)
    wanted = most + 1
    me = work.person_id
    told = {"told": list(TOLD_BY_EVENT)}
    changes = await _read(work, _CHANGES, below.change, wanted, **told)
    events = await _read(work, _EVENTS, below.event, wanted)
    # Each kind stays in the order of its ids, which the place of a page counts on.
    both = merge(
        (_to_trace(row, me, is_event=False) for row in changes),
        (_to_trace(row, me, is_event=True) for row in events),
        key=lambda trace: trace.at,
        reverse=True,
    )
    found = tuple(islice(both, wanted))
    shown = found[:most]
    return TracePage(shown, _place_below(shown, below) if len(found) > most else None)


async def _read(
    work: Work, query: TextClause, before: int, most: int, **more: list[str]
) -> list[Any]:
    values = {
        "me": work.person_id,
        "me_as_text": str(work.person_id),
        "before": before,
        "most": most,
        **more,
    }
    return list((await work.session.execute(query, values)).all())


def _to_trace(row: Any, me: int, *, is_event: bool) -> Trace:  # noqa: ANN401 - a row of SQLAlchemy
    is_mine = row.person_id == me
    detail = row.detail if is_event else {}
    return Trace(
        is_event=is_event,
        id=row.id,
        what=row.what,
        at=row.at,
        person_id=row.person_id,
        person_name=row.person_name.strip(),
        is_mine=is_mine,
        ledger_id=row.ledger_id,
        is_shipped=row.shipped_at is not None,
        undo_of=None if is_event else row.undo_of,
        refused=str(detail.get("command", "")) if row.what == "refused" else "",
        address=row.address if is_event and is_mine else "",
        device=str(detail.get("device", "")) if is_mine else "",
        words=words_of(detail),
    )


def _place_below(shown: Sequence[Trace], below: Place) -> Place:
    changes = [trace.id for trace in shown if not trace.is_event]
    events = [trace.id for trace in shown if trace.is_event]
    return Place(min(changes, default=below.change), min(events, default=below.event))
