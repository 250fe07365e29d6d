"""People as their page drives it, for admins and for support."""

import pytest

from admin.state.users import Profile, UsersState
from fintrack.core.actor import Role
from fintrack.services.session_directory import SessionDirectory
from tests.books import Books
from tests.services.staff.test_standing import sign_in
from tests.state.desk import sit_down


@pytest.fixture
async def page(admin: Books, directory: SessionDirectory) -> UsersState:
    assert directory
    return await (await sit_down(admin)).state(UsersState)


async def test_people_are_searched(page: UsersState, books: Books) -> None:
    assert books
    await page.load()
    assert [user.email for user in page.users] == [
        "ada@example.org",
        "root@example.org",
    ]
    await page.search("ROOT")
    assert [user.email for user in page.users] == ["root@example.org"]
    await page.search("nobody")
    assert (page.users, page.status) == ([], "ready")


async def test_person_is_suspended_and_let_in_again(
    page: UsersState, books: Books, directory: SessionDirectory
) -> None:
    await sign_in(books, "live")
    assert await directory.find("live")
    await page.open(str(books.actor.person_id))
    assert (page.is_open, page.profile.can_change) == (True, True)
    await page.suspend()
    # This process does not even wait until it has forgotten.
    assert await directory.find("live") is None
    assert page.profile.suspended == "Today, 12:00"
    assert [user.is_suspended for user in page.users] == [True, False]
    await page.reinstate()
    assert page.profile.suspended == ""
    assert page.notice.text == "This person can sign in again."


async def test_sessions_end_and_the_role_changes(
    page: UsersState, books: Books
) -> None:
    await sign_in(books, "live")
    await page.open(str(books.actor.person_id))
    assert page.profile.sessions == "1"
    await page.end_sessions()
    assert page.profile.sessions == "0"
    await page.change_role("operator")
    assert (page.profile.role, page.profile.role_name) == ("operator", "Operator")
    await page.change_role("system")
    assert (page.notice.tone, page.profile.role) == ("bad", "operator")


async def test_admin_has_no_buttons_for_themselves(
    page: UsersState, admin: Books
) -> None:
    await page.open(str(admin.actor.person_id))
    assert not page.profile.can_change
    await page.suspend()
    assert page.notice.text == "You cannot suspend yourself."


async def test_support_looks_and_changes_nothing(support: Books, books: Books) -> None:
    page = await (await sit_down(support)).state(UsersState)
    await page.open(str(books.actor.person_id))
    assert page.profile.email == "ada@example.org"
    assert not page.profile.can_change
    for deed in (page.suspend(), page.end_sessions(), page.change_role("admin")):
        await deed
        assert page.notice.text == "You are not allowed to do this."
    assert page.profile.role == "user"


async def test_what_is_no_person_opens_nothing(page: UsersState) -> None:
    for person_id in ("", "x", "9" * 18):
        await page.open(person_id)
        assert (page.is_open, page.notice.tone) == (False, "bad")
    page.set_open(True)
    assert (page.is_open, page.profile) == (False, Profile())


async def test_user_is_shown_nobody(books: Books) -> None:
    assert books.actor.role is Role.USER
    page = await (await sit_down(books)).state(UsersState)
    await page.load()
    await page.open(str(books.actor.person_id))
    assert (page.users, page.is_open, page.status) == ([], False, "failed")
