"""That a list was opened is kept; who may not see it leaves a refusal."""

import pytest

from fintrack.core.actor import Role
from fintrack.core.errors import NotAllowed
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.staff.looking import Listed, note_list
from tests.books import Books, make_person


async def kinds(books: Books) -> list[str]:
    found = await books.rows(
        "SELECT kind FROM security_event WHERE person_id = :id ORDER BY id",
        id=books.actor.person_id,
    )
    return [event.kind for event in found]


async def test_each_list_that_an_admin_opens_is_kept(home: Database) -> None:
    admin = await make_person(home, "root@example.org", Role.ADMIN)
    for listed in Listed:
        await perform(admin.actor, note_list, listed)
    assert await kinds(admin) == ["people-listed", "letters-listed", "jobs-listed"]


@pytest.mark.parametrize("listed", [Listed.LETTERS, Listed.JOBS])
async def test_support_opens_the_list_of_people_alone(
    home: Database, listed: Listed
) -> None:
    support = await make_person(home, "help@example.org", Role.SUPPORT)
    await perform(support.actor, note_list, Listed.PEOPLE)
    with pytest.raises(NotAllowed):
        await perform(support.actor, note_list, listed)
    assert await kinds(support) == ["people-listed", "refused"]


@pytest.mark.parametrize("role", [Role.USER, Role.OPERATOR, Role.ANALYST])
async def test_others_open_no_list(home: Database, role: Role) -> None:
    somebody = await make_person(home, "eve@example.org", role)
    with pytest.raises(NotAllowed):
        await perform(somebody.actor, note_list, Listed.PEOPLE)
    assert await kinds(somebody) == ["refused"]
