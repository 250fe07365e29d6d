"""People of the staff who proved a moment ago who they are."""

from dataclasses import replace

from fintrack.core.actor import ANONYMOUS, Role
from fintrack.services.commands import Work, ask
from fintrack.services.database import Database
from fintrack.services.sessions import (
    Browser,
    find_session,
    hash_token,
    open_session,
)
from tests.books import Books, make_person


async def sign_in(books: Books, token: str) -> Books:
    """The same person, acting from a session that has just begun."""
    person_id, ledger_id = books.actor.person_id, books.actor.ledger_id
    assert person_id
    assert ledger_id
    async with books.home.unit_of_work() as session:
        work = Work(session, books.actor, books.home.clock())
        browser = Browser(hash_token(token), "127.0.0.1", "Firefox")
        await open_session(work, person_id, ledger_id, browser)
    view = await ask(ANONYMOUS, find_session, hash_token(token))
    assert view
    actor = replace(books.actor, session_id=view.actor.session_id)
    return replace(books, actor=actor)


async def make_staff(home: Database, email: str, role: Role = Role.ADMIN) -> Books:
    return await sign_in(await make_person(home, email, role), email)
