"""People as their page lists them, for admins and for support."""

import pytest

from admin.state.users import UsersState
from fintrack.core.actor import Role
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.staff import finding
from fintrack.services.staff.posts import Post, change_post
from tests.books import Books, make_person
from tests.services.staff.test_standing import mark_of
from tests.state.desk import sit_down


@pytest.fixture
async def page(admin: Books) -> UsersState:
    return await (await sit_down(admin)).state(UsersState)


async def test_people_are_searched(page: UsersState, books: Books) -> None:
    await page.load()
    ada, root = page.users
    assert (ada.email, root.email) == ("ada@example.org", "root@example.org")
    assert ada.page == f"/admin/users/{books.actor.person_id}"
    assert (ada.role, ada.seen, root.role) == ("User", "Never", "Admin")
    await page.search("ROOT ")
    assert [user.email for user in page.users] == ["root@example.org"]
    await page.search("nobody")
    assert (page.users, page.status) == ([], "ready")
    await page.search("")
    assert len(page.users) == 2


async def test_staff_are_listed_with_their_post(
    page: UsersState, admin: Books, books: Books
) -> None:
    assert books
    await perform(admin.actor, change_post, mark_of(admin), Post("House", "Head"))
    await page.load()
    assert [user.post for user in page.users] == ["", "Head, House"]
    await perform(admin.actor, change_post, mark_of(admin, 2), Post("House", ""))
    await page.load()
    assert [user.post for user in page.users] == ["", "House"]


async def test_search_is_paged(
    page: UsersState, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert books
    monkeypatch.setattr(finding, "PAGE", 1)
    monkeypatch.setattr("admin.state.users.PAGE", 1)
    await page.search("example")
    assert [user.email for user in page.users] == ["ada@example.org"]
    await page.show_older()
    assert [user.email for user in page.users] == ["root@example.org"]


@pytest.mark.parametrize("role", [Role.USER, Role.OPERATOR, Role.ANALYST])
async def test_nobody_else_is_shown_a_row(home: Database, role: Role) -> None:
    somebody = await make_person(home, "eve@example.org", role)
    page = await (await sit_down(somebody)).state(UsersState)
    await page.load()
    assert (page.status, page.users) == ("failed", [])
    await page.search("eve")
    assert (page.status, page.users) == ("failed", [])
