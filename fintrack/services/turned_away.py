"""Requests of other sites, floods and refusals: counted in memory, told once an hour.

A flood must not fill the trail, nor wait for the database. What is told together has at
most one row an hour for each place or person, which says how many there were.
"""

import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice

from sqlalchemy.exc import DataError
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import ANONYMOUS, NOWHERE, Actor, Where
from fintrack.core.place import name_place
from fintrack.services import database, faults
from fintrack.services.security_events import MAX_DEVICE, add_event

_log = logging.getLogger(__name__)
EVERY = timedelta(hours=1)
# All further places of an hour share one row: many machines may flood at once.
MOST_SUBJECTS = 200
# Of refusals; beyond, the oldest make room. Of one person, further ones in the same
# books share a row, from whichever place; beyond as many again, those in all books
# share one that stands in nobody's: nobody makes room with a single account.
MOST_REFUSED = 2000
MOST_OF_A_PERSON = 100
MAX_ASKED = 100
MOST_NAMES = 10


class Turned(StrEnum):
    """Why a request was turned away; the kind of its event."""

    ORIGIN = "refused-origin"
    FLOOD = "refused-flood"
    REFUSAL = "refused"


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is told together."""

    kind: Turned
    person_id: int | None
    place: str
    ledger_id: int | None = None
    about: str = ""


@dataclass(slots=True)
class _Count:
    """What no row tells of yet: the first of it, and the names of what was asked."""

    subject: _Subject
    actor: Actor = ANONYMOUS
    code: str = ""
    asked: dict[str, None] = field(default_factory=dict[str, None])
    count: int = 0
    told_at: datetime | None = None

    def add(self, actor: Actor, asked: str, code: str = "") -> None:
        if not self.count:
            device = actor.where.device[:MAX_DEVICE]
            where = Where(actor.where.address, device)
            self.actor, self.code = replace(actor, where=where), code
        # One more than are told says that there were more.
        if len(self.asked) <= MOST_NAMES:
            self.asked[asked[:MAX_ASKED]] = None
        self.count += 1

    def take(self, now: datetime) -> "_Count":
        """What is to be told now; what comes meanwhile is counted anew."""
        taken = replace(self)
        self.count, self.asked, self.told_at = 0, {}, now
        return taken

    def put_back(self, taken: "_Count") -> None:
        """What could not be told is due as it was."""
        if not self.count:
            self.actor, self.code = taken.actor, taken.code
        names = islice(taken.asked | self.asked, MOST_NAMES + 1)
        self.asked = dict.fromkeys(names)
        self.count += taken.count
        self.told_at = taken.told_at

    def is_due(self, now: datetime) -> bool:
        return self.count > 0 and not self._is_early(now)

    def is_quiet(self, now: datetime) -> bool:
        return not self.count and not self._is_early(now)

    def detail(self) -> dict[str, str]:
        """What the event says; a single refusal has no number."""
        names, times = list(self.asked), str(self.count)
        if self.subject.kind is not Turned.REFUSAL:
            said = {"times": times, "asked": names[0]}
        else:
            said = {
                "command": names[0],
                "commands": _list_names(names) if len(names) > 1 else "",
                "code": self.code,
                "times": times if self.count > 1 else "",
            }
        said["device"] = self.actor.where.device
        return {name: word for name, word in said.items() if word}

    def _is_early(self, now: datetime) -> bool:
        return self.told_at is not None and now - self.told_at < EVERY


_Counts = dict[_Subject, _Count]


class TurnedAway:
    """One for the process, shared by all doors."""

    def __init__(self) -> None:
        self._floods: _Counts = {}
        # Those that began first come first.
        self._refusals: _Counts = {}
        # They made room and are told next; where the database is away for so long that
        # even these are too many, their oldest are lost.
        self._early: deque[_Count] = deque(maxlen=MOST_REFUSED)

    def note(
        self, kind: Turned, where: Where, asked: str, person_id: int | None = None
    ) -> None:
        """Counts one refusal; ``asked`` is the route or event that it was for."""
        subject = _Subject(kind, person_id, name_place(where.address))
        if subject not in self._floods and len(self._floods) >= MOST_SUBJECTS:
            subject, where, asked = _Subject(kind, None, ""), NOWHERE, ""
        found = self._floods.setdefault(subject, _Count(subject))
        found.add(Actor(subject.person_id, where=where), asked)

    def refuse(self, actor: Actor, command: str, code: str, *, about: str) -> None:
        """Counts what somebody was refused; the first of an hour is due at once.

        What is ``about`` the same, in the same ledger and from the same place, is told
        together. Nothing is written here: how long an answer takes would tell whether
        there are such books.
        """
        subject = self._name(actor, about)
        if subject not in self._refusals:
            self._make_room()
        found = self._refusals.setdefault(subject, _Count(subject))
        where = actor.where if subject.place else NOWHERE
        actor = replace(actor, ledger_id=subject.ledger_id, where=where)
        found.add(actor, command, code)

    async def tell(self, *, at_the_end: bool = False) -> None:
        """Writes the rows that are due; ``at_the_end`` of the process, all.

        Raises:
            Unavailable: the database does not answer; nothing is forgotten.
        """
        now = database.current().clock()
        due = [*self._early]
        self._early.clear()
        due += [
            found.take(now)
            for found in (*self._floods.values(), *self._refusals.values())
            if found.is_due(now) or (at_the_end and found.count)
        ]
        if due:
            await self._write(due, now)
        self._floods = _without_quiet(self._floods, now)
        self._refusals = _without_quiet(self._refusals, now)

    def _name(self, actor: Actor, about: str) -> _Subject:
        place = name_place(actor.where.address)
        person_id, ledger_id = actor.person_id, actor.ledger_id
        alone = _Subject(Turned.REFUSAL, person_id, place, ledger_id, about)
        in_books = _Subject(Turned.REFUSAL, person_id, "", ledger_id)
        if alone in self._refusals:
            return alone
        of_person = sum(one.person_id == person_id for one in self._refusals)
        if of_person < MOST_OF_A_PERSON:
            return alone
        if in_books in self._refusals or of_person < 2 * MOST_OF_A_PERSON:
            return in_books
        return _Subject(Turned.REFUSAL, person_id, "")

    def _make_room(self) -> None:
        """Takes out the oldest where there are too many."""
        too_many = max(len(self._refusals) - MOST_REFUSED + 1, 0)
        for subject in list(islice(self._refusals, too_many)):
            found = self._refusals.pop(subject)
            if found.count:
                self._early.append(found)

    async def _write(self, rows: Sequence[_Count], now: datetime) -> None:
        home = database.current()
        try:
            with faults.explained():
                async with home.unit_of_work() as session:
                    for row in rows:
                        await _write_one(session, row, now)
        except BaseException:
            for row in rows:
                self._put_back(row)
            raise

    def _put_back(self, row: _Count) -> None:
        is_refusal = row.subject.kind is Turned.REFUSAL
        counts = self._refusals if is_refusal else self._floods
        counts.setdefault(row.subject, _Count(row.subject)).put_back(row)


class _Installed:
    """Who counts in this process; commands need not carry it along."""

    turned_away: TurnedAway | None = None


def install(turned_away: TurnedAway | None) -> None:
    """Lets refusals be counted, as long as somebody tells them; None ends it."""
    _Installed.turned_away = turned_away


def current() -> TurnedAway | None:
    """The one of the process, or None where nobody tells what it counts."""
    return _Installed.turned_away


async def _write_one(session: AsyncSession, row: _Count, now: datetime) -> None:
    """One that the database will never take must not hold up the others."""
    kind, detail = row.subject.kind, row.detail()
    try:
        async with database.attempt(session):
            await add_event(session, kind, now, row.actor, detail=detail)
    except DataError:
        _log.exception("What was turned away has words that the trail cannot keep.")


def _list_names(names: Sequence[str]) -> str:
    more = ["…"] if len(names) > MOST_NAMES else []
    return ", ".join([*names[:MOST_NAMES], *more])


def _without_quiet(counts: _Counts, now: datetime) -> _Counts:
    """Makes room: who was told of an hour ago and is quiet is gone."""
    return {
        subject: found for subject, found in counts.items() if not found.is_quiet(now)
    }
