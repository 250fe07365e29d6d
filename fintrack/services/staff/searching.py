"""The rows of the chain that a search finds, from indexes whatever it is narrowed by.

There are some hundred names of commands and events. The index gives those that occur
one by one, and of each the newest rows; so neither who nor what nor when makes a search
read a row that it does not show, or few of them. Measured with a million rows: 38 ms
for the slowest of twelve searches, 10 ms or less for the others (p95, ``bench``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.models.log import ABOUT, NO_STAFF_SET, PERSON, WHAT
from fintrack.services.trail.deeds import TOLD_BY_EVENT
from fintrack.services.trail.gathering import SECURITY_EVENT

NEWEST = 2**63 - 1
# Longer than the words and ids of a head; what follows them is of no interest here.
HEAD_BYTES = 512
# By the beginning of the name of a command, or of the kind of an event.
KINDS: Mapping[str, str] = {
    "staff": r"job\.|mail\.|people-|letters-|jobs-|profile-|person-|role-|post-|trail-",
    "access": (
        r"session|sign-|proved|password|email|factor|recovery-|token-|program[.-]|"
        r"registration\.|reset\.|code[.-]|person\.change_password"
    ),
    "refused": r"refused",
    "books": r"transaction\.|account\.|category\.|import\.|sample\.|ledger\.|change\.",
}

_TOLD = "|".join(sorted(name.replace(".", "[.]") for name in TOLD_BY_EVENT))
_NO_DEED = f"refused[.]|({_TOLD})$"
# The index of ``NO_STAFF_SET`` serves this as well: beside each such row stands another
# one, of its event.
_DEEDS = (
    f"{NO_STAFF_SET} AND NOT (source = 'change_set' AND coalesce("
    f"{WHAT} ~ '^({_NO_DEED})', false))"
)
_WITHIN = (
    "at >= coalesce(cast(:since AS timestamptz), '-infinity') "
    "AND at < coalesce(cast(:until AS timestamptz), 'infinity') "
    "AND (at, position) < "
    "(coalesce(cast(:before_at AS timestamptz), 'infinity'), :before)"
)
_NEWEST_FIRST = "ORDER BY at DESC, position DESC LIMIT :most"
_SHOWN = text(
    "SELECT position, source, source_id, at, CASE WHEN source = :events THEN payload "
    "ELSE substring(payload FOR :head) END AS payload "
    "FROM audit_entry WHERE position = ANY(:positions) ORDER BY at DESC, position DESC"
)
_AT = text("SELECT at FROM audit_entry WHERE position = :position")


def _by_name(whose: str) -> str:
    """Those of one name after the other, where ``whose`` is so.

    The change set of a staff deed is left out: its event tells the same, and of whom;
    that of a refused command too, and of what stands in ``TOLD_BY_EVENT``.
    """
    return f"""
        WITH RECURSIVE name (what) AS (
            (SELECT {WHAT} FROM audit_entry WHERE {whose} ORDER BY 1 LIMIT 1)
            UNION ALL
            SELECT (SELECT {WHAT} FROM audit_entry
                    WHERE {whose} AND {WHAT} > name.what ORDER BY 1 LIMIT 1)
            FROM name WHERE name.what IS NOT NULL
        )
        SELECT found.at, found.position FROM name CROSS JOIN LATERAL (
            SELECT at, position FROM audit_entry
            WHERE {whose} AND {WHAT} = name.what AND {_WITHIN} {_NEWEST_FIRST}
        ) found
        WHERE name.what ~ :kind AND name.what !~ '^(staff[.]|{_NO_DEED})'
        {_NEWEST_FIRST}
    """  # noqa: S608 - constants only


_EVERYBODY = text(
    f"SELECT at, position FROM audit_entry WHERE {_DEEDS} AND {_WITHIN} "  # noqa: S608 - constants only
    f"{_NEWEST_FIRST}"
)
_OF_A_KIND = text(_by_name("true"))
_OF_A_PERSON = text(
    f"SELECT at, position FROM (({_by_name(f'{PERSON} = :person')}) UNION "  # noqa: S608 - constants only
    f"({_by_name(f'{ABOUT} = :person')})) both_sides {_NEWEST_FIRST}"
)


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to look for; ``person`` is an e-mail address or a person's number.

    ``kind`` is one of ``KINDS`` or empty; ``since`` and ``until`` are a half-open
    range of instants.
    """

    person: str = ""
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


async def find_rows(
    log: AsyncSession,
    wanted: TrailFilter,
    person_id: int | None,
    below: int | None,
    most: int,
) -> list[Row[Any]]:
    """The newest rows that fit, in the order of their instants; below row ``below``."""
    begins = KINDS.get(wanted.kind, "")
    values = {
        "person": str(person_id),
        "kind": f"^({begins})",
        "since": wanted.since,
        "until": wanted.until,
        "before_at": await log.scalar(_AT, {"position": below}) if below else None,
        "before": below or NEWEST,
        "most": most,
    }
    found = await log.execute(_query(person_id, begins), values)
    shown = {
        "positions": [row.position for row in found],
        "events": SECURITY_EVENT,
        "head": HEAD_BYTES,
    }
    return list((await log.execute(_SHOWN, shown)).all())


def _query(person_id: int | None, begins: str) -> TextClause:
    if person_id is not None:
        return _OF_A_PERSON
    return _OF_A_KIND if begins else _EVERYBODY
