"""People for staff: a list, and a search that stays in the trail."""

import logging
from dataclasses import dataclass

import reflex as rx

from admin.state.looking import Looking
from fintrack.core import routes
from fintrack.core.actor import Role
from fintrack.services.commands import ask, perform
from fintrack.services.staff.finding import (
    PAGE,
    PersonView,
    list_people,
    search_people,
)
from fintrack.services.staff.looking import Listed
from fintrack.state.access import needs
from fintrack.state.amounts import Reader
from fintrack.state.choices import ROLE_NAMES
from fintrack.state.session import actor_of, reader_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class UserRow:
    """A person in the list; ``page`` is where more of them is seen."""

    name: str
    email: str
    role: str
    post: str
    seen: str
    page: str
    is_suspended: bool


class UsersState(Looking, rx.State):
    """The page of people."""

    status: str = "loading"
    words: str = ""
    users: list[UserRow] = []
    older: str = ""
    _before: int = 0

    @rx.event
    @needs(Role.ADMIN, Role.SUPPORT)
    async def load(self) -> None:
        """Shows the newest people."""
        self.words, self._before, self._is_noted = "", 0, False
        await self._read()

    @rx.event
    @needs(Role.ADMIN, Role.SUPPORT)
    async def search(self, words: str) -> None:
        """Shows the people in whom all words are found."""
        self.words, self._before = words.strip(), 0
        await self._read()

    @rx.event
    @needs(Role.ADMIN, Role.SUPPORT)
    async def read_again(self) -> None:
        """Tries once more what could not be loaded."""
        await self._read()

    @rx.event
    @needs(Role.ADMIN, Role.SUPPORT)
    async def show_older(self) -> None:
        """Goes on below the last person in sight."""
        self._before = int(self.older) if self.older else 0
        await self._read()

    async def _read(self) -> None:
        reader = await reader_of(self)
        try:
            found = await self._find()
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The people could not be loaded.")
            self.status = "failed"
            return
        self.users = [_row(person, reader) for person in found]
        self.older = str(found[-1].id) if len(found) == PAGE else ""
        self.status = "ready"

    async def _find(self) -> list[PersonView]:
        actor, before = await actor_of(self), self._before or None
        if not self.words:
            await self._note_look(actor, Listed.PEOPLE)
            return await ask(actor, list_people, before)
        return (await perform(actor, search_people, self.words, before)).value


def seen(person: PersonView, reader: Reader) -> str:
    """When somebody was here last, in words."""
    if person.last_seen_at is None:
        return reader.say("Never")
    return reader.moment(person.last_seen_at)


def tell_post(person: PersonView) -> str:
    """The position and the department of somebody of the staff; empty without both."""
    return ", ".join(word for word in (person.position, person.department) if word)


def _row(person: PersonView, reader: Reader) -> UserRow:
    return UserRow(
        name=person.name or person.email,
        email=person.email,
        role=reader.say(ROLE_NAMES[person.role]),
        post=tell_post(person),
        seen=seen(person, reader),
        page=routes.staff_user(str(person.id)),
        is_suspended=person.suspended_at is not None,
    )
