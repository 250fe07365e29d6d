"""The gate believes the database, not the door."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS, SYSTEM, Actor, LedgerRole, Role
from fintrack.core.consents import TERMS, TERMS_VERSION
from fintrack.core.errors import NotAllowed, NotFound, NotSignedIn
from fintrack.services import change_sets
from fintrack.services.commands import perform
from fintrack.services.consents import give_consent
from fintrack.services.database import Database
from fintrack.services.gate import Access, admit
from tests.books import Books, make_person

OPEN = Access(roles=frozenset(Role))
VIEW = Access(ledger=LedgerRole.VIEWER)


async def _admit(books: Books, actor: Actor, access: Access) -> Actor:
    async with books.home.reading() as session:
        return await admit(session, actor, access, books.home.clock())


async def test_owner_is_admitted_with_the_roles_of_the_database(books: Books) -> None:
    claimed = replace(books.actor, role=Role.ADMIN, ledger_role=LedgerRole.NONE)
    assert await _admit(books, claimed, VIEW) == books.actor


async def test_nobody_and_the_system_pass_only_where_they_are_named(
    books: Books,
) -> None:
    for actor in (ANONYMOUS, SYSTEM):
        assert await _admit(books, actor, OPEN) == actor
        with pytest.raises(NotSignedIn):
            await _admit(books, actor, VIEW)
    with pytest.raises(NotSignedIn):
        await _admit(books, Actor(role=Role.ADMIN), OPEN)


async def test_role_that_is_not_named_is_refused(books: Books) -> None:
    with pytest.raises(NotAllowed):
        await _admit(books, books.actor, Access(roles=frozenset({Role.ADMIN})))


async def test_staff_work_in_nobodys_books(home: Database) -> None:
    """Nor in their own: their deeds would stand in the history of the household."""
    admin = await make_person(home, "eve@example.org", Role.ADMIN)
    known = await _admit(admin, admin.actor, Access(roles=frozenset({Role.ADMIN})))
    assert (known.ledger_id, known.ledger_role) == (None, LedgerRole.NONE)
    assert await _admit(admin, admin.actor, OPEN) == admin.actor


async def test_foreign_and_missing_ledgers_look_the_same(
    books: Books, stranger: Books
) -> None:
    for ledger_id in (stranger.actor.ledger_id, 10**9, None):
        with pytest.raises(NotFound):
            await _admit(books, replace(books.actor, ledger_id=ledger_id), VIEW)


async def test_what_touches_no_ledger_stands_in_no_foreign_history(
    books: Books, stranger: Books
) -> None:
    foreign = replace(books.actor, ledger_id=stranger.actor.ledger_id)
    known = await _admit(books, foreign, OPEN)
    assert (known.ledger_id, known.ledger_role) == (None, LedgerRole.NONE)
    query = "SELECT count(*) FROM change_set WHERE ledger_id = :id"
    theirs = stranger.actor.ledger_id
    before = await books.rows(query, id=theirs)
    await perform(foreign, give_consent, TERMS, TERMS_VERSION)
    assert await books.rows(query, id=theirs) == before


async def test_suspended_person_is_signed_out(books: Books) -> None:
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(
            session, SYSTEM, "test", books.home.clock(), None, None
        )
        await session.execute(text("UPDATE person SET suspended_at = now()"))
    with pytest.raises(NotSignedIn):
        await _admit(books, books.actor, VIEW)
