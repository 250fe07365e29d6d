"""Admins suspend, take back, sign out and give roles; each deed is in the trail."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

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
from fintrack.services.commands import Work, ask, perform
from fintrack.services.database import Database
from fintrack.services.factor.pending import open_pending
from fintrack.services.session_directory import REMEMBERED, SessionDirectory
from fintrack.services.sessions import Browser
from fintrack.services.staff.finding import PersonView, list_people
from fintrack.services.staff.standing import (
    PersonMark,
    change_role,
    end_sessions,
    reinstate,
    suspend,
)
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.staff.fresh import make_staff, sign_in


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_staff(home, "root@example.org")


def mark_of(books: Books, version: int = 1) -> PersonMark:
    assert books.actor.person_id
    return PersonMark(books.actor.person_id, version)


async def standing(admin: Books, books: Books) -> PersonView:
    people = await ask(admin.actor, list_people)
    return next(one for one in people if one.id == books.actor.person_id)


async def test_suspended_person_is_out_within_five_seconds_everywhere(
    admin: Books, books: Books, clock: Clock
) -> None:
    """Another process remembers the session for ``REMEMBERED`` at most."""
    await sign_in(books, "live")
    other_process = SessionDirectory()
    assert await other_process.find("live")
    done = await perform(admin.actor, suspend, mark_of(books))
    assert done.value.suspended_at == clock()
    assert done.value.sessions == 0
    assert REMEMBERED.total_seconds() < 5
    clock.advance(seconds=5)
    assert await other_process.find("live") is None


async def test_suspension_taken_back_opens_no_old_session(
    admin: Books, books: Books
) -> None:
    await sign_in(books, "live")
    await perform(admin.actor, suspend, mark_of(books))
    done = await perform(admin.actor, reinstate, mark_of(books, 2))
    assert done.value.suspended_at is None
    assert await SessionDirectory().find("live") is None
    await sign_in(books, "new")
    assert await SessionDirectory().find("new")


async def test_all_sessions_of_a_person_end_and_no_others(
    admin: Books, books: Books, stranger: Books
) -> None:
    for person, token in ((books, "one"), (books, "two"), (stranger, "three")):
        await sign_in(person, token)
    assert (await standing(admin, books)).sessions == 2
    done = await perform(admin.actor, end_sessions, mark_of(books).person_id)
    assert done.value.sessions == 0
    assert (await standing(admin, stranger)).sessions == 1


async def test_new_role_needs_a_new_sign_in(admin: Books, books: Books) -> None:
    await sign_in(books, "user")
    done = await perform(admin.actor, change_role, mark_of(books), Role.SUPPORT)
    assert done.value.role is Role.SUPPORT
    assert await SessionDirectory().find("user") is None


@pytest.mark.parametrize("role", [Role.ANONYMOUS, Role.SYSTEM])
async def test_nobody_becomes_the_system(
    admin: Books, books: Books, role: Role
) -> None:
    with pytest.raises(InvalidInput):
        await perform(admin.actor, change_role, mark_of(books), role)


async def test_admins_neither_suspend_nor_demote_themselves(admin: Books) -> None:
    with pytest.raises(Conflict, match="cannot suspend yourself"):
        await perform(admin.actor, suspend, mark_of(admin))
    with pytest.raises(Conflict, match="your own role"):
        await perform(admin.actor, change_role, mark_of(admin), Role.USER)
    assert (await standing(admin, admin)).role is Role.ADMIN


@pytest.mark.parametrize("verb", ["suspend", "demote"])
async def test_of_two_admins_who_turn_on_each_other_one_stays(
    admin: Books, home: Database, verb: str
) -> None:
    other = await make_staff(home, "two@example.org")

    def turn(by: Books, on: Books) -> Awaitable[Any]:
        if verb == "suspend":
            return perform(by.actor, suspend, mark_of(on))
        return perform(by.actor, change_role, mark_of(on), Role.USER)

    results = await asyncio.gather(
        turn(admin, other), turn(other, admin), return_exceptions=True
    )
    assert len([one for one in results if isinstance(one, Exception)]) == 1
    (left,) = await admin.rows(
        "SELECT count(*) AS n FROM person WHERE role = 'admin' AND suspended_at IS NULL"
    )
    assert left.n == 1


async def test_each_deed_is_in_the_trail(admin: Books, books: Books) -> None:
    person_id = mark_of(books).person_id
    deeds: list[tuple[str, str, Callable[[], Awaitable[Any]]]] = [
        (
            "staff.suspend",
            "person-suspended",
            lambda: perform(admin.actor, suspend, mark_of(books)),
        ),
        (
            "staff.reinstate",
            "person-reinstated",
            lambda: perform(admin.actor, reinstate, mark_of(books, 2)),
        ),
        (
            "staff.change_role",
            "role-changed",
            lambda: perform(admin.actor, change_role, mark_of(books, 3), Role.ANALYST),
        ),
        (
            "staff.end_sessions",
            "person-signed-out",
            lambda: perform(admin.actor, end_sessions, person_id),
        ),
    ]
    for command, kind, do in deeds:
        done = await do()
        (kept,) = await admin.rows(
            "SELECT command, person_id FROM change_set WHERE id = :id",
            id=done.change_id,
        )
        assert (kept.command, kept.person_id) == (command, admin.actor.person_id)
        (event,) = await admin.rows(
            "SELECT person_id, detail FROM security_event WHERE kind = :kind", kind=kind
        )
        assert event.person_id == admin.actor.person_id
        assert event.detail["person"] == str(person_id)


async def test_what_was_changed_meanwhile_is_not_overwritten(
    admin: Books, books: Books
) -> None:
    await perform(admin.actor, change_role, mark_of(books), Role.ANALYST)
    with pytest.raises(StaleVersion):
        await perform(admin.actor, suspend, mark_of(books))


async def test_each_deed_asks_for_a_fresh_proof(
    admin: Books, books: Books, clock: Clock
) -> None:
    clock.advance(minutes=5)
    before = await admin.snapshot()
    for doing in (
        perform(admin.actor, suspend, mark_of(books)),
        perform(admin.actor, reinstate, mark_of(books)),
        perform(admin.actor, change_role, mark_of(books), Role.ADMIN),
        perform(admin.actor, end_sessions, mark_of(books).person_id),
    ):
        with pytest.raises(StepUpNeeded):
            await doing
    assert await admin.snapshot() == before


async def test_unfinished_sign_in_ends_with_the_sessions(
    admin: Books, books: Books
) -> None:
    """Whoever has the password, and not yet the code, does not come in with it."""
    person_id, ledger_id = mark_of(books).person_id, books.actor.ledger_id or 0
    async with books.home.unit_of_work() as session:
        work = Work(session, books.actor, books.home.clock())
        await open_pending(work, person_id, ledger_id, Browser(b"token", "", ""))
    await perform(admin.actor, end_sessions, mark_of(books).person_id)
    assert await admin.rows("SELECT id FROM pending_sign_in") == []


async def test_nothing_is_done_twice(admin: Books, books: Books) -> None:
    with pytest.raises(Conflict, match="not suspended"):
        await perform(admin.actor, reinstate, mark_of(books))
    await perform(admin.actor, suspend, mark_of(books))
    with pytest.raises(Conflict, match="suspended already"):
        await perform(admin.actor, suspend, mark_of(books, 2))
    with pytest.raises(Conflict, match="this role already"):
        await perform(admin.actor, change_role, mark_of(books, 2), Role.USER)


async def test_nobody_there_is_not_found(admin: Books) -> None:
    nobody = PersonMark(10**15, 1)
    for doing in (
        perform(admin.actor, suspend, nobody),
        perform(admin.actor, reinstate, nobody),
        perform(admin.actor, change_role, nobody, Role.USER),
        perform(admin.actor, end_sessions, nobody.person_id),
    ):
        with pytest.raises(NotFound):
            await doing


@pytest.mark.parametrize("role", [Role.USER, Role.SUPPORT, Role.OPERATOR])
async def test_standing_is_the_business_of_admins(
    home: Database, books: Books, role: Role
) -> None:
    somebody = await make_person(home, "eve@example.org", role)
    for doing in (
        perform(somebody.actor, suspend, mark_of(books)),
        perform(somebody.actor, reinstate, mark_of(books)),
        perform(somebody.actor, change_role, mark_of(somebody), Role.ADMIN),
        perform(somebody.actor, end_sessions, mark_of(books).person_id),
    ):
        with pytest.raises(NotAllowed):
            await doing
