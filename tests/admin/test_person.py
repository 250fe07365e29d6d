"""One person as their page shows them to admins and to support."""

import pytest

from admin.state.person import PersonState
from fintrack.core.actor import Role
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.staff.posts import Post, change_post
from fintrack.services.staff.standing import change_role, suspend
from tests.books import Books, make_person
from tests.services.staff.test_standing import mark_of
from tests.state.desk import sit_down


async def open_page(
    by: Books, person_id: object, monkeypatch: pytest.MonkeyPatch
) -> PersonState:
    monkeypatch.setattr(PersonState, "_wanted", lambda _: str(person_id))
    page = await (await sit_down(by)).state(PersonState)
    await page.load()
    return page


async def test_admin_sees_the_standing_and_may_change_it(
    admin: Books, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    await perform(admin.actor, suspend, mark_of(books))
    page = await open_page(admin, books.actor.person_id, monkeypatch)
    profile = page.profile
    assert (profile.email, profile.role_name) == ("ada@example.org", "User")
    assert (profile.suspended, profile.version) == ("Today, 12:00", 2)
    assert profile.url == f"/api/v1/staff/people/{books.actor.person_id}"
    assert (profile.can_change, profile.is_me, page.chosen_role) == (
        True,
        False,
        "user",
    )


async def test_chosen_role_is_one_that_people_have(
    admin: Books, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await open_page(admin, books.actor.person_id, monkeypatch)
    page.choose_role("support")
    assert page.chosen_role == "support"
    page.choose_role("system")
    assert page.chosen_role == "support"


async def test_page_that_is_out_of_date_says_what_is_now_and_keeps_the_choice(
    admin: Books, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await open_page(admin, books.actor.person_id, monkeypatch)
    page.choose_role("operator")
    await perform(admin.actor, change_role, mark_of(books), Role.SUPPORT)
    await perform(admin.actor, change_post, mark_of(books, 2), Post("Help", "Desk"))
    await perform(admin.actor, suspend, mark_of(books, 3))
    await page.look_again("")
    assert (page.profile.role, page.profile.version) == ("support", 4)
    assert (page.chosen_role, page.notice.tone) == ("operator", "bad")
    assert page.notice.text == (
        "Someone changed this in the meantime. Nothing was overwritten. "
        "Now: Support; Desk, Help; suspended since Today, 12:00."
    )
    await page.load()
    assert (page.chosen_role, page.notice.text) == ("support", "")


async def test_page_where_nothing_was_chosen_shows_the_role_of_now(
    admin: Books, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await open_page(admin, books.actor.person_id, monkeypatch)
    await perform(admin.actor, change_role, mark_of(books), Role.SUPPORT)
    await page.look_again("")
    assert page.chosen_role == "support"
    await page.look_again("analyst")
    assert page.chosen_role == "analyst"
    await page.look_again("system")
    assert page.chosen_role == "support"


async def test_roles_are_offered_in_the_readers_language(
    admin: Books, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PersonState, "_wanted", lambda _: str(books.actor.person_id))
    page = await (await sit_down(admin, language="tr")).state(PersonState)
    await page.load()
    assert ("support", "Destek") in [(one.value, one.label) for one in page.roles]


async def test_admin_has_no_buttons_for_themselves(
    admin: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await open_page(admin, admin.actor.person_id, monkeypatch)
    assert (page.profile.is_me, page.profile.can_change) == (True, False)


async def test_support_looks_and_changes_nothing(
    support: Books, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await open_page(support, books.actor.person_id, monkeypatch)
    assert page.profile.email == "ada@example.org"
    assert not page.profile.can_change


@pytest.mark.parametrize("wanted", ["0", "x", "9" * 18, "9" * 30, ""])
async def test_nobody_there_is_said(
    admin: Books, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await open_page(admin, wanted, monkeypatch)
    assert (page.status, page.profile.email) == ("missing", "")


@pytest.mark.parametrize("role", [Role.USER, Role.OPERATOR, Role.ANALYST])
async def test_nobody_else_is_shown_a_profile(
    home: Database, books: Books, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = await make_person(home, "eve@example.org", role)
    page = await open_page(somebody, books.actor.person_id, monkeypatch)
    assert (page.status, page.profile.email) == ("failed", "")


async def test_post_is_shown_and_written_by_admins_alone(
    admin: Books, support: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    await perform(
        admin.actor, change_post, mark_of(support), Post("Front desk", "Lead")
    )
    page = await open_page(admin, support.actor.person_id, monkeypatch)
    profile = page.profile
    assert (profile.post, profile.department) == ("Lead, Front desk", "Front desk")
    assert (profile.can_post, profile.page) == (
        True,
        f"/admin/users/{support.actor.person_id}",
    )
    page = await open_page(support, support.actor.person_id, monkeypatch)
    assert (page.profile.post, page.profile.can_post) == ("Lead, Front desk", False)


async def test_who_is_no_staff_is_offered_no_post(
    admin: Books, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await open_page(admin, books.actor.person_id, monkeypatch)
    assert (page.profile.post, page.profile.can_post) == ("–", False)
