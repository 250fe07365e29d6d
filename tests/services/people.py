"""People for the tests of signing in."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import text

from fintrack.core.actor import SYSTEM, Actor
from fintrack.core.errors import Busy
from fintrack.services import passwords, sessions, setup
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.new_people import Added, NewPerson
from fintrack.services.sessions import Browser

GOOD = "vier nasse Hunde am Kai"
ADDRESS = "203.0.113.7"


def browser(token: str, address: str = ADDRESS, mark: bytes = b"") -> Browser:
    return Browser(sessions.hash_token(token), address, "Firefox", mark)


async def admin(**changes: str) -> NewPerson:
    given = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org"}
    return NewPerson(
        **{**given, **changes}, password_hash=await passwords.hash_password(GOOD)
    )


async def set_up() -> Added:
    """Ada is the first admin; she has not signed in yet."""
    return (await perform(SYSTEM, setup.create_first_admin, await admin(), None)).value


def busy_at(verb: object) -> Callable[..., Awaitable[Any]]:
    """``perform`` in a house that has no connection left when it comes to ``verb``."""

    async def perform_or_refuse(actor: Actor, given: Any, *arguments: Any) -> Any:
        if given is verb:
            raise Busy
        return await perform(actor, given, *arguments)

    return perform_or_refuse


async def suspend(home: Database) -> None:
    """Everybody who is here."""
    await behind(home, "UPDATE person SET suspended_at = now()")


async def behind(home: Database, update: str) -> None:
    """Changes persons behind the verbs."""
    async with home.unit_of_work() as session:
        await session.execute(text("ALTER TABLE person DISABLE TRIGGER USER"))
        await session.execute(text(update))
