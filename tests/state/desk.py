"""One tab of somebody signed in, whose states are driven without a socket."""

from dataclasses import dataclass
from typing import TypeVar

import reflex as rx

from fintrack.state.session import SessionState
from tests.books import Books

T = TypeVar("T", bound=rx.State)


@dataclass(frozen=True)
class Desk:
    """The states of a tab."""

    root: rx.State

    async def state(self, kind: type[T]) -> T:
        return await self.root.get_state(kind)


async def sit_down(books: Books, *, language: str = "en") -> Desk:
    """A tab in which the owner of ``books`` is signed in."""
    root = rx.State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue] - Reflex's own switch for tests
    session = await root.get_state(SessionState)
    session.language = language
    session._person_id = books.actor.person_id or 0
    session._ledger_id = books.actor.ledger_id or 0
    session._ledger_role = int(books.actor.ledger_role)
    session._role = str(books.actor.role)
    session._base_currency = "EUR"
    return Desk(root)
