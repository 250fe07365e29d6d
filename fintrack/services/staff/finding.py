"""People as staff find them: who they are and how they stand, never their books."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.core.errors import NotFound
from fintrack.core.folding import fold
from fintrack.services.commands import Work, command, question
from fintrack.services.security_events import add_event

SUPPORTERS = frozenset({Role.ADMIN, Role.SUPPORT})
SEEN = "what somebody has seen cannot be unseen"
PAGE = 50
MAX_WORDS = 200
CHUNK = 1000

# Names are folded here and not in SQL: no locale of a database folds them alike.
_NAMES = text(
    "SELECT id, email, first_name, last_name FROM person "
    "WHERE cast(:before AS bigint) IS NULL OR id < :before ORDER BY id DESC"
)
_PEOPLE = text(
    "SELECT p.id, p.version, p.email, p.first_name, p.last_name, p.role, p.department, "
    "p.position, p.language, p.time_zone, p.created_at, p.suspended_at, "
    "max(s.last_seen_at) AS last_seen_at, "
    "count(s.id) FILTER (WHERE s.ended_at IS NULL AND s.expires_at > :now) AS sessions "
    "FROM person p LEFT JOIN sign_in_session s ON s.person_id = p.id "
    "WHERE p.id = ANY(:ids) GROUP BY p.id ORDER BY p.id DESC"
)


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person without anything of their books; ``sessions`` counts open ones."""

    id: int
    version: int
    email: str
    first_name: str
    last_name: str
    role: Role
    department: str
    position: str
    language: str
    time_zone: str
    created_at: datetime
    suspended_at: datetime | None
    last_seen_at: datetime | None
    sessions: int

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@question("staff.people", roles=SUPPORTERS)
async def list_people(work: Work, before: int | None = None) -> list[PersonView]:
    """A page of people, newest first; ``before`` is the last id of the one above."""
    return await read_people(work, await _find_ids(work, [], before))


@command("staff.search_people", roles=SUPPORTERS, final=SEEN)
async def search_people(
    work: Work, words: str, before: int | None = None
) -> list[PersonView]:
    """People in whom each of ``words`` is found; that they were looked for is noted.

    Case and accents of names and addresses do not matter; ``before`` is as above.
    """
    detail = {"words": words[:MAX_WORDS]}
    await add_event(
        work.session, "people-searched", work.now, work.actor, detail=detail
    )
    return await read_people(work, await _find_ids(work, fold(words).split(), before))


@command("staff.open_profile", roles=SUPPORTERS, final=SEEN)
async def open_profile(work: Work, person_id: int) -> PersonView:
    """One person; that they were looked at stays in the trail.

    Raises:
        NotFound: there is no such person.
    """
    found = await read_people(work, [person_id])
    if not found:
        raise NotFound
    await note_deed(work, "profile-viewed", person_id)
    return found[0]


async def read_people(work: Work, ids: list[int]) -> list[PersonView]:
    """These people as they stand in this unit of work."""
    found = await work.session.execute(_PEOPLE, {"ids": ids, "now": work.now})
    return [
        PersonView(**{**row._mapping, "role": Role(row.role)})  # noqa: SLF001 - SQLAlchemy's public way to a row's names
        for row in found
    ]


async def note_deed(work: Work, kind: str, person_id: int, **more: str) -> None:
    """Adds to the security events what staff did, and to whom."""
    detail = {"person": str(person_id), **more}
    await add_event(work.session, kind, work.now, work.actor, detail=detail)


async def _find_ids(work: Work, words: list[str], before: int | None) -> list[int]:
    found: list[int] = []
    names = await work.session.stream(
        _NAMES, {"before": before}, execution_options={"yield_per": CHUNK}
    )
    async for row in names:
        said = fold(f"{row.first_name} {row.last_name} {row.email}")
        if all(word in said for word in words):
            found.append(row.id)
        if len(found) == PAGE:
            break
    await names.close()
    return found
