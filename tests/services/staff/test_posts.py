"""Staff have a department and a position; whoever gets others stays signed in."""

import asyncio

import pytest

from fintrack.core.actor import Role
from fintrack.core.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    StaleVersion,
    StepUpNeeded,
)
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.session_directory import SessionDirectory
from fintrack.services.staff.posts import MAX_LETTERS, Post, change_post
from fintrack.services.staff.standing import PersonMark, change_role
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.staff.fresh import make_staff, sign_in
from tests.services.staff.test_standing import mark_of

DESK = Post("Front desk", "Lead")


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_staff(home, "root@example.org")


@pytest.fixture
async def support(home: Database) -> Books:
    return await make_person(home, "help@example.org", Role.SUPPORT)


async def test_post_is_changed_and_its_holder_stays_signed_in(
    admin: Books, support: Books
) -> None:
    await sign_in(support, "live")
    given = Post("  Front desk ", " Lead\t")
    person = (await perform(admin.actor, change_post, mark_of(support), given)).value
    assert (person.department, person.position, person.version) == (
        "Front desk",
        "Lead",
        2,
    )
    assert await SessionDirectory().find("live")


async def test_change_is_kept_with_what_was_before(
    admin: Books, support: Books
) -> None:
    await perform(admin.actor, change_post, mark_of(support), DESK)
    done = await perform(admin.actor, change_post, mark_of(support, 2), Post("", "x"))
    (row,) = await admin.rows(
        "SELECT before, after FROM change_row WHERE change_set_id = :id "
        "AND table_name = 'person'",
        id=done.change_id,
    )
    assert (row.before["department"], row.after["department"]) == ("Front desk", "")
    assert (row.before["position"], row.after["position"]) == ("Lead", "x")
    *_, event = await admin.rows(
        "SELECT person_id, detail FROM security_event WHERE kind = 'post-changed' "
        "ORDER BY id"
    )
    assert event.person_id == admin.actor.person_id
    person = str(support.actor.person_id)
    assert event.detail == {
        "person": person,
        "department": "",
        "position": "x",
        "department_before": "Front desk",
        "position_before": "Lead",
    }


@pytest.mark.parametrize(
    "words", ["x" * (MAX_LETTERS + 1), "a\r\nBcc: b", "a\x00b", "a\u202eb", "a\x1b[2J"]
)
async def test_words_that_cannot_be_shown_on_a_line_are_refused(
    admin: Books, support: Books, words: str
) -> None:
    before = await admin.snapshot()
    with pytest.raises(InvalidInput) as refused:
        await perform(
            admin.actor, change_post, mark_of(support), Post(words, f"x{words}x")
        )
    named = [problem.field for problem in refused.value.problems]
    assert named == ["department", "position"]
    assert await admin.snapshot() == before


async def test_longest_words_of_any_script_are_kept(
    admin: Books, support: Books
) -> None:
    given = Post("ğ" * MAX_LETTERS, "می‌خواهم")
    person = (await perform(admin.actor, change_post, mark_of(support), given)).value
    assert Post(person.department, person.position) == given


async def test_admin_writes_their_own(admin: Books) -> None:
    person = (await perform(admin.actor, change_post, mark_of(admin), DESK)).value
    assert person.position == "Lead"


async def test_who_is_no_staff_has_no_post(
    admin: Books, support: Books, books: Books
) -> None:
    with pytest.raises(Conflict, match="Only staff"):
        await perform(admin.actor, change_post, mark_of(books), DESK)
    await perform(admin.actor, change_post, mark_of(support), DESK)
    mark = mark_of(support, 2)
    person = (await perform(admin.actor, change_role, mark, Role.OPERATOR)).value
    assert person.department == "Front desk"
    mark = mark_of(support, 3)
    person = (await perform(admin.actor, change_role, mark, Role.USER)).value
    assert (person.department, person.position) == ("", "")


async def test_of_two_presses_one_changes_and_one_is_told(
    admin: Books, support: Books
) -> None:
    results = await asyncio.gather(
        *(perform(admin.actor, change_post, mark_of(support), DESK) for _ in range(2)),
        return_exceptions=True,
    )
    found = [type(one) for one in results if isinstance(one, Exception)]
    assert found == [StaleVersion]
    with pytest.raises(Conflict, match="already"):
        await perform(admin.actor, change_post, mark_of(support, 2), DESK)


async def test_nobody_there_is_not_found(admin: Books) -> None:
    with pytest.raises(NotFound):
        await perform(admin.actor, change_post, PersonMark(10**15, 1), DESK)


async def test_change_asks_for_a_fresh_proof(
    admin: Books, support: Books, clock: Clock
) -> None:
    clock.advance(minutes=5)
    with pytest.raises(StepUpNeeded):
        await perform(admin.actor, change_post, mark_of(support), DESK)


@pytest.mark.parametrize("role", [Role.USER, Role.SUPPORT, Role.ANALYST, Role.OPERATOR])
async def test_posts_are_the_business_of_admins(home: Database, role: Role) -> None:
    somebody = await make_staff(home, "eve@example.org", role)
    with pytest.raises(NotAllowed):
        await perform(somebody.actor, change_post, mark_of(somebody), DESK)
