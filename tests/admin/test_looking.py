"""Each visit of a list leaves one trace before a row of it is shown."""

import pytest

from admin.state.jobs import JobsState
from admin.state.mail import MailState
from admin.state.users import UsersState
from tests.books import Books
from tests.state.desk import sit_down


async def looks(admin: Books, kind: str) -> int:
    found = await admin.rows(
        "SELECT id FROM security_event WHERE kind = :kind", kind=kind
    )
    return len(found)


@pytest.mark.parametrize(
    ("page", "kind"), [(JobsState, "jobs-listed"), (MailState, "letters-listed")]
)
async def test_visit_is_kept_once_however_it_is_leafed_through(
    admin: Books, page: type[JobsState | MailState], kind: str
) -> None:
    state = await (await sit_down(admin)).state(page)
    await state.load()
    await state.choose("")
    await state.show_older()
    assert await looks(admin, kind) == 1
    await state.load()
    assert await looks(admin, kind) == 2


async def test_list_of_people_is_kept_also_without_its_first_event(
    admin: Books,
) -> None:
    state = await (await sit_down(admin)).state(UsersState)
    await state.search("")
    await state.show_older()
    assert len(state.users) == 1
    assert await looks(admin, "people-listed") == 1
    await state.search("root")
    assert await looks(admin, "people-listed") == 1
    await state.load()
    assert await looks(admin, "people-listed") == 2
