"""The trail as staff read it: who did what, when, and to whom; nobody's books.

It is read from LogDB, where nobody can change it unnoticed. Of a change of books only
its head is read, which holds ids; the images stay sealed. Each search is noted itself.
The change set of a staff deed is left out: an event tells the same, and of whom. So is
that of a refused command, of which an event tells too.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, text

from fintrack.core.actor import Role
from fintrack.core.email_address import fold_email
from fintrack.services import database
from fintrack.services.commands import Work, command
from fintrack.services.security_events import add_event
from fintrack.services.staff.finding import SEEN
from fintrack.services.staff.searching import TrailFilter, find_rows
from fintrack.services.trail.deeds import words_of
from fintrack.services.trail.gathering import SECURITY_EVENT
from fintrack.services.trail.keys import Key, key_of
from fintrack.services.trail.proving import note_verdict
from fintrack.services.trail.sealing import read_head, unseal
from fintrack.services.trail.verifying import Verdict

ADMINS = frozenset({Role.ADMIN})
PAGE = 50
# Not the kind of a verdict, or one that was stopped would pass for a sound trail.
BEGUN = "trail-verification-begun"

_EMAILS = text("SELECT id, email FROM person WHERE id = ANY(:ids)")
_FIND = text(
    "SELECT id FROM person "
    "WHERE email_folded = :said OR cast(id AS text) = :said LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One row of the chain: ``person`` did it, ``about`` is whom it was done to.

    ``refused`` names the command that was refused, ``address`` where an event came from
    and ``times`` how many it stands for; ``words`` is what it says beside its kind.
    ``is_readable`` is False where somebody
    changed the row, so that only a verification can tell more.
    """

    position: int
    at: datetime
    is_event: bool
    what: str
    person: str
    about: str
    refused: str
    address: str
    times: int
    is_readable: bool
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Entries, newest first; ``below`` is None on the last page.

    ``is_nobody`` says that the filter names a person who is not there.
    """

    entries: tuple[TrailEntry, ...]
    below: int | None = None
    is_nobody: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """A row of the chain with what can be read of it."""

    row: Row[Any]
    head: Mapping[str, Any]
    detail: Mapping[str, str]
    address: str = ""


@command("staff.search_trail", roles=ADMINS, final=SEEN)
async def search_trail(
    work: Work, wanted: TrailFilter, below: int | None = None
) -> TrailPage:
    """A page of the trail; ``below`` is that of the page above."""
    person_id = await _find_person(work, wanted.person)
    await _note_search(work, wanted, person_id)
    if wanted.person and person_id is None:
        return TrailPage((), is_nobody=True)
    async with database.current().log_reading() as log:
        rows = await find_rows(log, wanted, person_id, below, PAGE)
    found = [await _read(work, row) for row in rows]
    emails = await _emails(work, found)
    entries = tuple(_entry(one, emails) for one in found)
    return TrailPage(entries, rows[-1].position if len(rows) == PAGE else None)


@command("staff.begin_verification", roles=ADMINS, final=SEEN)
async def begin_verification(work: Work) -> None:
    """Keeps that somebody verifies the chain, however it will end.

    Where no verdict follows, it was stopped or failed.
    """
    await add_event(work.session, BEGUN, work.now, work.actor)


@command("staff.note_verification", roles=ADMINS, final=SEEN)
async def note_verification(work: Work, verdict: Verdict) -> None:
    """Keeps that the chain was verified, and how it ended."""
    await note_verdict(work.session, work.now, work.actor, verdict)


async def _find_person(work: Work, said: str) -> int | None:
    if not said:
        return None
    found = await work.session.scalar(_FIND, {"said": fold_email(said)})
    return None if found is None else int(found)


async def _note_search(work: Work, wanted: TrailFilter, person_id: int | None) -> None:
    said = {
        "person": str(person_id or ""),
        "kind": wanted.kind,
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
    }
    detail = {name: value for name, value in said.items() if value}
    await add_event(work.session, "trail-searched", work.now, work.actor, detail=detail)


async def _read(work: Work, row: Row[Any]) -> _Read:
    try:
        if row.source == SECURITY_EVENT:
            return await _open(work, row)
        begin, _, _ = bytes(row.payload).partition(b',"parts":')
        return _Read(row, json.loads(begin + b"}"), {})
    except (ValueError, KeyError, TypeError, InvalidTag):
        return _Read(row, {}, {})


async def _open(work: Work, row: Row[Any]) -> _Read:
    """An event with its detail, as long as the key of its person is there."""
    payload = bytes(row.payload)
    head = read_head(payload)
    keys: dict[int, Key | None] = {
        key_id: await key_of(work.session, key_id) for key_id, _ in head["parts"]
    }
    opened = unseal(f"{row.source} {row.source_id}", payload, keys.get)
    if not opened.images:
        return _Read(row, head, {})
    image = opened.images[0]
    return _Read(row, head, image["detail"], image["address"])


async def _emails(work: Work, found: list[_Read]) -> dict[int, str]:
    ids = {one.head.get(name) for one in found for name in ("person", "about")}
    values = {"ids": [one for one in ids if isinstance(one, int)]}
    rows = await work.session.execute(_EMAILS, values)
    return {row.id: row.email for row in rows}


def _entry(one: _Read, emails: Mapping[int, str]) -> TrailEntry:
    row, head = one.row, one.head
    return TrailEntry(
        position=row.position,
        at=row.at,
        is_event=row.source == SECURITY_EVENT,
        what=str(head.get("what", "")),
        person=_address(head.get("person"), emails),
        about=_address(head.get("about"), emails),
        refused=str(one.detail.get("command", "")),
        address=one.address,
        times=int(one.detail.get("times", 1)),
        is_readable=bool(head),
        words=words_of(one.detail),
    )


def _address(person_id: int | None, emails: Mapping[int, str]) -> str:
    """The address, which is who somebody is here; of who is gone, the number."""
    if person_id is None:
        return ""
    return emails.get(person_id, f"#{person_id}")
