"""Remembers for a few seconds which cookie is whose, so that not every event asks."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from fintrack.core.actor import ANONYMOUS
from fintrack.services import database
from fintrack.services.commands import Work, ask
from fintrack.services.sessions import (
    SessionView,
    find_session,
    find_session_by_id,
    hash_token,
    note_seen,
)

# A session that ends is refused on a live socket after this time at the latest.
REMEMBERED = timedelta(seconds=4)
CAPACITY = 10_000

Name = TypeVar("Name", bytes, int)


@dataclass(frozen=True, slots=True)
class _Entry:
    view: SessionView
    asked_at: datetime


class SessionDirectory:
    """One for the process, shared by all doors; tells the time by the database's clock.

    Unknown cookies are not remembered: they cost their sender, and no memory here. Nor
    is who lacks a second factor: once it is there they go on at once.
    """

    def __init__(self) -> None:
        # By the hash of a cookie, and by the id that an access token names.
        self._entries: OrderedDict[bytes | int, _Entry] = OrderedDict()

    async def find(self, token: str) -> SessionView | None:
        """Who is behind a cookie, as it stood at most ``REMEMBERED`` ago."""
        token_hash = hash_token(token) if token else b""
        if not token_hash:
            return None
        return await self._find(token_hash, find_session)

    async def find_by_id(self, session_id: int) -> SessionView | None:
        """The session of an access token, as it stood at most ``REMEMBERED`` ago."""
        return await self._find(session_id, find_session_by_id)

    def forget(self, name: bytes | int) -> None:
        """Asks again the next time; called when this process ends a session.

        ``name`` is the cookie's hash, or the session's id.
        """
        self._entries.pop(name, None)

    def forget_person(self, person_id: int) -> None:
        """Asks again for every browser of a person; called when they changed."""
        of_person = [
            name
            for name, entry in self._entries.items()
            if entry.view.person_id == person_id
        ]
        for name in of_person:
            self.forget(name)

    async def _find(
        self,
        name: Name,
        question: Callable[[Work, Name], Awaitable[SessionView | None]],
    ) -> SessionView | None:
        # Read before the question, so that a slow answer is not young when it comes.
        asked_at = database.current().clock()
        entry = self._entries.get(name)
        if entry and asked_at - entry.asked_at < REMEMBERED:
            return entry.view
        view = await ask(ANONYMOUS, question, name)
        self.forget(name)
        if view is not None:
            if not view.lacks_factor:
                self._remember(name, _Entry(view, asked_at))
            await note_seen(view)
        return view

    def _remember(self, name: bytes | int, entry: _Entry) -> None:
        self._entries[name] = entry
        while len(self._entries) > CAPACITY:
            self._entries.popitem(last=False)


class _Installed:
    """The directory of this process; handlers need not carry it along."""

    directory: SessionDirectory | None = None


def install(directory: SessionDirectory | None) -> None:
    """Makes ``directory`` the one that ``current`` gives; None takes it out."""
    _Installed.directory = directory


def current() -> SessionDirectory:
    """The installed directory.

    Raises:
        RuntimeError: the wiring has installed none.
    """
    if _Installed.directory is None:
        raise RuntimeError("no session directory is installed")
    return _Installed.directory
