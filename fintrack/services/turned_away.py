"""Requests of other sites and floods: counted as they are refused, told once an hour.

A flood must not fill the trail, nor wait for the database. Each kind of refusal has at
most one row an hour for each place or person, which says how many there were.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fintrack.core.actor import NOWHERE, Actor, Where
from fintrack.core.place import name_place
from fintrack.services import database, faults
from fintrack.services.security_events import MAX_DEVICE, add_event

EVERY = timedelta(hours=1)
# All further places of an hour share one row: many machines may flood at once.
MOST_SUBJECTS = 200
MAX_ASKED = 100


class Turned(StrEnum):
    """Why a request was turned away; the kind of its event."""

    ORIGIN = "refused-origin"
    FLOOD = "refused-flood"


@dataclass(slots=True)
class _Count:
    """Refusals that no row tells of yet, and the first of them."""

    where: Where
    person_id: int | None
    asked: str
    count: int = 0
    told_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        is_early = self.told_at is not None and now - self.told_at < EVERY
        return self.count > 0 and not is_early


class TurnedAway:
    """One for the process, shared by all doors."""

    def __init__(self) -> None:
        self._counts: dict[tuple[Turned, int | None, str], _Count] = {}

    def note(
        self, kind: Turned, where: Where, asked: str, person_id: int | None = None
    ) -> None:
        """Counts one refusal; ``asked`` is the route or event that it was for."""
        subject = (kind, person_id, name_place(where.address))
        if subject not in self._counts and len(self._counts) >= MOST_SUBJECTS:
            subject, where, asked, person_id = (kind, None, ""), NOWHERE, "", None
        made = _Count(where, person_id, asked[:MAX_ASKED])
        self._counts.setdefault(subject, made).count += 1

    async def tell(self, *, at_the_end: bool = False) -> None:
        """Writes the rows that are due; ``at_the_end`` of the process, all.

        Raises:
            Unavailable: the database does not answer; nothing is forgotten.
        """
        home = database.current()
        now = home.clock()
        due = [
            (kind, found, found.count)
            for (kind, *_), found in self._counts.items()
            if found.is_due(now) or (at_the_end and found.count)
        ]
        if due:
            with faults.explained():
                async with home.unit_of_work() as session:
                    for kind, found, count in due:
                        actor = Actor(found.person_id, where=found.where)
                        await add_event(
                            session,
                            kind,
                            now,
                            actor,
                            detail=_detail(found, count),
                        )
        for _, found, count in due:
            # Others may have been counted while this was written.
            found.count -= count
            found.told_at = now
        self._forget(now)

    def _forget(self, now: datetime) -> None:
        """Makes room: who was told of an hour ago and is quiet is gone."""
        self._counts = {
            subject: found
            for subject, found in self._counts.items()
            if found.count or (found.told_at and now - found.told_at < EVERY)
        }


def _detail(found: _Count, count: int) -> dict[str, str]:
    said = {"asked": found.asked, "device": found.where.device[:MAX_DEVICE]}
    return {"times": str(count), **{k: v for k, v in said.items() if v}}
