"""That staff opened a list of people, letters or jobs stays in the trail."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from fintrack.core.actor import Role
from fintrack.core.errors import NotAllowed
from fintrack.services.commands import Work, command
from fintrack.services.security_events import add_event
from fintrack.services.staff.finding import SEEN, SUPPORTERS

ADMINS = frozenset({Role.ADMIN})


class Listed(StrEnum):
    """What a list is of. The trail notes each of its searches by itself."""

    PEOPLE = "people"
    LETTERS = "letters"
    JOBS = "jobs"


_VIEWERS: Mapping[Listed, frozenset[Role]] = MappingProxyType(
    {Listed.PEOPLE: SUPPORTERS, Listed.LETTERS: ADMINS, Listed.JOBS: ADMINS}
)


@command("staff.note_list", roles=SUPPORTERS, final=SEEN)
async def note_list(work: Work, listed: Listed) -> None:
    """Keeps that a list was opened.

    Raises:
        NotAllowed: the list is not for this role.
    """
    if work.actor.role not in _VIEWERS[listed]:
        raise NotAllowed
    await add_event(work.session, f"{listed}-listed", work.now, work.actor)
