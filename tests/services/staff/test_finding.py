"""Staff find people by name and address, and see nothing of their books."""

from dataclasses import fields

import pytest

from fintrack.core.actor import ANONYMOUS, Role
from fintrack.core.errors import NotAllowed, NotFound, NotSignedIn
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.staff.finding import (
    MAX_WORDS,
    PAGE,
    PersonView,
    list_people,
    open_profile,
    search_people,
)
from tests.books import Books, make_person
from tests.services.test_sessions import open_session

SEEN = {
    *("id", "version", "email", "first_name", "last_name", "role", "language"),
    *("time_zone", "created_at", "suspended_at", "last_seen_at", "sessions"),
    *("department", "position"),
}


@pytest.fixture
async def support(home: Database) -> Books:
    return await make_person(home, "help@example.org", Role.SUPPORT)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["bob@example.org", "ada@example.org", "help@example.org"]),
        ("BOB", ["bob@example.org"]),
        ("ádá bob", ["bob@example.org"]),
        ("example.org help", ["help@example.org"]),
        ("nobody", []),
    ],
)
async def test_people_are_found_by_name_and_address(
    support: Books, books: Books, stranger: Books, words: str, found: list[str]
) -> None:
    assert books != stranger
    done = await perform(support.actor, search_people, words)
    assert [person.email for person in done.value] == found


async def test_search_goes_on_below_its_last_row(support: Books) -> None:
    for n in range(PAGE):
        await make_person(support.home, f"p{n}@example.org")
    first = await ask(support.actor, list_people)
    assert len(first) == PAGE
    second = await ask(support.actor, list_people, before=first[-1].id)
    assert [person.email for person in second] == ["help@example.org"]


async def test_profile_has_nothing_of_the_books(support: Books, books: Books) -> None:
    """A field that joins this class must be no figure, account or payee."""
    assert {field.name for field in fields(PersonView)} == SEEN
    assert books.actor.person_id
    done = await perform(support.actor, open_profile, books.actor.person_id)
    assert (done.value.email, done.value.sessions) == ("ada@example.org", 0)


async def test_open_sessions_are_counted(home: Database) -> None:
    view = await open_session()
    (person,) = await ask(view.actor, list_people)
    assert (person.sessions, person.last_seen_at) == (1, home.clock())


async def test_search_leaves_a_mark_and_the_plain_list_does_not(
    support: Books, books: Books
) -> None:
    assert books
    await ask(support.actor, list_people)
    await perform(support.actor, search_people, "ada " * 100)
    (event,) = await support.rows(
        "SELECT person_id, detail FROM security_event WHERE kind = 'people-searched'"
    )
    assert event.person_id == support.actor.person_id
    assert event.detail == {"words": ("ada " * 100)[:MAX_WORDS]}


async def test_look_at_a_profile_leaves_a_mark(support: Books, books: Books) -> None:
    assert books.actor.person_id
    done = await perform(support.actor, open_profile, books.actor.person_id)
    (event,) = await support.rows(
        "SELECT person_id, detail FROM security_event WHERE kind = 'profile-viewed'"
    )
    assert event.person_id == support.actor.person_id
    assert event.detail == {"person": str(books.actor.person_id)}
    (kept,) = await support.rows(
        "SELECT command FROM change_set WHERE id = :id", id=done.change_id
    )
    assert kept.command == "staff.open_profile"


async def test_profile_of_nobody_is_not_found(support: Books) -> None:
    with pytest.raises(NotFound):
        await perform(support.actor, open_profile, 10**15)


@pytest.mark.parametrize("role", [Role.USER, Role.OPERATOR, Role.ANALYST])
async def test_people_are_the_business_of_support_and_admins(
    home: Database, books: Books, role: Role
) -> None:
    somebody = await make_person(home, "eve@example.org", role)
    assert books.actor.person_id
    with pytest.raises(NotAllowed):
        await ask(somebody.actor, list_people)
    with pytest.raises(NotAllowed):
        await perform(somebody.actor, search_people, "ada")
    with pytest.raises(NotAllowed):
        await perform(somebody.actor, open_profile, books.actor.person_id)
    with pytest.raises(NotSignedIn):
        await ask(ANONYMOUS, list_people)
