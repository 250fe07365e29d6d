"""One person for staff, without their books; that they were looked at is noted.

What admins do to them goes over HTTP (``api/staff.py``), because it asks for a fresh
proof; the page is loaded anew afterwards.
"""

import logging
from dataclasses import dataclass

import reflex as rx

from admin.state.users import seen, tell_post
from fintrack.core import routes
from fintrack.core.actor import STAFF, Actor, Role
from fintrack.core.errors import InvalidInput, NotFound, StaleVersion
from fintrack.core.text import language_name
from fintrack.services.commands import perform
from fintrack.services.staff.finding import PersonView, open_profile
from fintrack.state.access import needs
from fintrack.state.amounts import Reader
from fintrack.state.choices import ROLE_NAMES, Choice, named_choices
from fintrack.state.forms import new_key, read_id
from fintrack.state.rows import Notice
from fintrack.state.session import actor_of, reader_of

PLACE = "/api/v1/staff/people"
NO_POST = "–"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Profile:
    """The person; ``url`` is where deeds are sent, ``version`` what they refer to."""

    name: str = ""
    email: str = ""
    role: str = ""
    role_name: str = ""
    post: str = ""
    department: str = ""
    position: str = ""
    language: str = ""
    time_zone: str = ""
    since: str = ""
    seen: str = ""
    sessions: str = ""
    suspended: str = ""
    trail: str = ""
    page: str = ""
    url: str = ""
    version: int = 0
    is_me: bool = False
    can_change: bool = False
    can_post: bool = False


class PersonState(rx.State):
    """The page of one person."""

    status: str = "loading"
    profile: Profile = Profile()
    roles: list[Choice] = []
    chosen_role: str = ""
    notice: Notice = Notice()

    @rx.event
    @needs(Role.ADMIN, Role.SUPPORT)
    async def load(self) -> None:
        """Opens the profile that the address names."""
        actor, reader = await actor_of(self), await reader_of(self)
        self.notice = Notice()
        try:
            wanted = read_id(self._wanted(), "person")
            person = (await perform(actor, open_profile, wanted)).value
        except (NotFound, InvalidInput):
            self.status = "missing"
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The profile could not be loaded.")
            self.status = "failed"
        else:
            self.profile = _profile(person, actor, reader)
            self.roles = named_choices(ROLE_NAMES, reader)
            self.chosen_role = self.profile.role
            self.status = "ready"

    @rx.event
    @needs(Role.ADMIN)
    def choose_role(self, role: str) -> None:
        """Chooses the role that the button gives."""
        if role in ROLE_NAMES:
            self.chosen_role = role

    @rx.event
    @needs(Role.ADMIN)
    async def look_again(self, role: str) -> None:
        """Says what somebody else made of the person meanwhile, and shows it.

        ``role`` is the one that could not be given; it, or another choice, stays.
        """
        is_chosen = self.chosen_role != self.profile.role
        wanted = role or (self.chosen_role if is_chosen else "")
        await self.load()
        if self.status != "ready":
            return
        if wanted in ROLE_NAMES:
            self.chosen_role = wanted
        reader = await reader_of(self)
        said = (
            reader.say(StaleVersion.message),
            reader.say("Now: {standing}.", standing=_standing(self.profile, reader)),
        )
        self.notice = Notice(id=new_key(), text=" ".join(said), tone="bad")

    def _wanted(self) -> str:
        """The last part of the address; the client says it, so it is checked."""
        path: str = self.router.url.path
        return path.rstrip("/").rpartition("/")[2]


def _profile(person: PersonView, actor: Actor, reader: Reader) -> Profile:
    is_me = person.id == actor.person_id
    suspended = reader.moment(person.suspended_at) if person.suspended_at else ""
    return Profile(
        name=person.name or person.email,
        email=person.email,
        role=str(person.role),
        role_name=reader.say(ROLE_NAMES[person.role]),
        post=tell_post(person) or NO_POST,
        department=person.department,
        position=person.position,
        language=language_name(person.language),
        time_zone=person.time_zone,
        since=reader.moment(person.created_at),
        seen=seen(person, reader),
        sessions=str(person.sessions),
        suspended=suspended,
        trail=routes.staff_trail(str(person.id)),
        page=routes.staff_user(str(person.id)),
        url=f"{PLACE}/{person.id}",
        version=person.version,
        is_me=is_me,
        can_change=actor.role is Role.ADMIN and not is_me,
        can_post=actor.role is Role.ADMIN and person.role in STAFF,
    )


def _standing(profile: Profile, reader: Reader) -> str:
    """What admins change about a person, in a line."""
    suspended = reader.say("suspended since {when}", when=profile.suspended)
    post = "" if profile.post == NO_POST else profile.post
    parts = (profile.role_name, post, suspended if profile.suspended else "")
    return "; ".join(part for part in parts if part)
