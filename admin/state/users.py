"""People for staff: found by name and address, suspended, signed out, given roles."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import reflex as rx

from admin.state.telling import Telling
from fintrack.core.actor import Actor, Role
from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.text import language_name, message_id
from fintrack.services import session_directory
from fintrack.services.commands import Done, ask, perform
from fintrack.services.staff.finding import (
    PAGE,
    PersonView,
    open_profile,
    search_people,
)
from fintrack.services.staff.standing import (
    PersonMark,
    change_role,
    end_sessions,
    reinstate,
    suspend,
)
from fintrack.state.access import needs
from fintrack.state.amounts import Reader
from fintrack.state.forms import read_id
from fintrack.state.session import actor_of, reader_of

_log = logging.getLogger(__name__)
ROLE_NAMES = {
    Role.USER: message_id("User"),
    Role.SUPPORT: message_id("Support"),
    Role.OPERATOR: message_id("Operator"),
    Role.ANALYST: message_id("Analyst"),
    Role.ADMIN: message_id("Admin"),
}


@dataclass(frozen=True)
class UserRow:
    """A person in the list."""

    id: str
    name: str
    email: str
    role: str
    seen: str
    is_suspended: bool


@dataclass(frozen=True)
class Profile:
    """The person who is open; ``role`` is the value of the choice."""

    id: str = ""
    name: str = ""
    email: str = ""
    role: str = ""
    role_name: str = ""
    language: str = ""
    time_zone: str = ""
    since: str = ""
    seen: str = ""
    sessions: str = ""
    suspended: str = ""
    can_change: bool = False


class UsersState(Telling, rx.State):
    """The page of people; an open profile was noted in the trail."""

    status: str = "loading"
    words: str = ""
    users: list[UserRow] = []
    older: str = ""
    profile: Profile = Profile()
    is_open: bool = False
    _before: int = 0
    _version: int = 0

    @rx.event
    @needs(Role.ADMIN, Role.SUPPORT)
    async def load(self) -> None:
        """Shows the newest people."""
        await self._read(await actor_of(self), await reader_of(self))

    @rx.event
    @needs(Role.ADMIN, Role.SUPPORT)
    async def search(self, words: str) -> None:
        """Shows the people in whom all words are found."""
        self.words, self._before = words, 0
        await self.load()

    @rx.event
    @needs(Role.ADMIN, Role.SUPPORT)
    async def show_older(self) -> None:
        """Goes on below the last person in sight."""
        self._before = int(self.older) if self.older else 0
        await self.load()

    @rx.event
    @needs(Role.ADMIN, Role.SUPPORT)
    async def open(self, person_id: str) -> None:
        """Opens a profile."""
        await self._do(
            lambda actor: perform(actor, open_profile, read_id(person_id, "person"))
        )

    @rx.event
    @needs(Role.ADMIN, Role.SUPPORT)
    def set_open(self, is_open: bool) -> None:
        """Closes the profile; nobody opens one this way."""
        self.is_open = self.is_open and is_open

    @rx.event
    @needs(Role.ADMIN)
    async def suspend(self) -> None:
        """Suspends the person who is open."""
        await self._do(
            lambda actor: perform(actor, suspend, self._mark()),
            message_id("This person is suspended and signed out everywhere."),
        )

    @rx.event
    @needs(Role.ADMIN)
    async def reinstate(self) -> None:
        """Takes the suspension of the person who is open back."""
        await self._do(
            lambda actor: perform(actor, reinstate, self._mark()),
            message_id("This person can sign in again."),
        )

    @rx.event
    @needs(Role.ADMIN)
    async def end_sessions(self) -> None:
        """Signs the person who is open out everywhere."""
        await self._do(
            lambda actor: perform(
                actor, end_sessions, read_id(self.profile.id, "person")
            ),
            message_id("All sessions of this person have ended."),
        )

    @rx.event
    @needs(Role.ADMIN)
    async def change_role(self, role: str) -> None:
        """Gives the person who is open another role."""
        await self._do(
            lambda actor: perform(actor, change_role, self._mark(), _role(role)),
            message_id("The role is changed. This person signs in anew."),
        )

    def _mark(self) -> PersonMark:
        return PersonMark(read_id(self.profile.id, "person"), self._version)

    async def _do(
        self, doing: Callable[[Actor], Awaitable[Done[PersonView]]], told: str = ""
    ) -> None:
        """Does it, shows the person as they stand then, and reads the list again."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            person = (await doing(actor)).value
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            if told:
                session_directory.current().forget_person(person.id)
                self._tell(reader.say(told))
            self._version = person.version
            self.profile = _profile(person, actor, reader)
            self.is_open = True
        await self._read(actor, reader)

    async def _read(self, actor: Actor, reader: Reader) -> None:
        try:
            found = await ask(
                actor, search_people, self.words, before=self._before or None
            )
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The people could not be loaded.")
            self.status = "failed"
            return
        self.users = [_row(person, reader) for person in found]
        self.older = str(found[-1].id) if len(found) == PAGE else ""
        self.status = "ready"


def _role(role: str) -> Role:
    if role not in ROLE_NAMES:
        raise InvalidInput("Please choose one.", field="role")
    return Role(role)


def _row(person: PersonView, reader: Reader) -> UserRow:
    return UserRow(
        id=str(person.id),
        name=person.name,
        email=person.email,
        role=reader.say(ROLE_NAMES[person.role]),
        seen=_seen(person, reader),
        is_suspended=person.suspended_at is not None,
    )


def _profile(person: PersonView, actor: Actor, reader: Reader) -> Profile:
    is_other = person.id != actor.person_id
    suspended = reader.moment(person.suspended_at) if person.suspended_at else ""
    return Profile(
        id=str(person.id),
        name=person.name,
        email=person.email,
        role=str(person.role),
        role_name=reader.say(ROLE_NAMES[person.role]),
        language=language_name(person.language),
        time_zone=person.time_zone,
        since=reader.moment(person.created_at),
        seen=_seen(person, reader),
        sessions=str(person.sessions),
        suspended=suspended,
        can_change=actor.role is Role.ADMIN and is_other,
    )


def _seen(person: PersonView, reader: Reader) -> str:
    if person.last_seen_at is None:
        return reader.say("Never")
    return reader.moment(person.last_seen_at)
