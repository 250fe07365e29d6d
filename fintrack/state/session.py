"""Who is signed in, as handlers and the frame need it."""

from enum import Enum, auto

import reflex as rx
from reflex.state import BaseState

from fintrack.core import routes
from fintrack.core.actor import STAFF, Actor, LedgerRole, Role, Where
from fintrack.core.clock import day_in_zone
from fintrack.core.text import SOURCE
from fintrack.services import database
from fintrack.services.sessions import SessionView
from fintrack.state.amounts import Reader
from fintrack.state.rows import Person


class Bound(Enum):
    """To whom a tab belongs, beside whom it belonged to at the event before."""

    AS_BEFORE = auto()
    RENEWED = auto()
    SOMEBODY_ELSE = auto()
    NOBODY = auto()


class SessionState(rx.State):
    """What pages may show of the person; who acts stays on the server.

    Only the guard writes here, before each event.
    """

    is_signed_in: bool = False
    me: Person = Person()
    language: str = ""
    appearance: str = ""
    role: str = ""
    is_staff: bool = False
    lacks_factor: bool = False
    ledger_name: str = ""

    _bound_to: str = ""
    _person_id: int = 0
    _session_id: int = 0
    _ledger_id: int = 0
    _ledger_role: int = 0
    _role: str = ""
    _time_zone: str = "UTC"
    _week_starts_on: int = 0
    _month_starts_on: int = 1
    _base_currency: str = ""
    _address: str = ""
    _device: str = ""

    def _bind(self, view: SessionView | None, token_hash: bytes, where: Where) -> Bound:
        """Binds all states of the tab to a session.

        The browser's own token for its state is no secret: without this, whoever knows
        it would see the rows that the states hold.
        """
        bound_to = token_hash.hex() if view else ""
        had_other = self._bound_to not in ("", bound_to)
        person_before = self._person_id
        if self._bound_to != bound_to:
            self._get_root_state().reset()
            self._bound_to = bound_to
        if view is not None:
            self._take(_values(view))
        self._take({"_address": where.address, "_device": where.device})
        if not had_other:
            return Bound.AS_BEFORE
        if view is None:
            return Bound.NOBODY
        is_same = view.person_id == person_before
        return Bound.RENEWED if is_same else Bound.SOMEBODY_ELSE

    def _take(self, values: dict[str, object]) -> None:
        """Takes over what is so now; unchanged values cost nothing."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _actor(self) -> Actor:
        where = Where(self._address, self._device)
        if not self._person_id:
            return Actor(where=where)
        return Actor(
            self._person_id,
            Role(self._role),
            self._ledger_id,
            LedgerRole(self._ledger_role),
            self._session_id,
            where=where,
        )

    def _reader(self) -> Reader:
        return Reader(
            language=self.language or "en",
            time_zone=self._time_zone,
            today=day_in_zone(database.current().clock(), self._time_zone),
            week_start=self._week_starts_on,
            month_start=self._month_starts_on,
            base_currency=self._base_currency or "EUR",
        )


async def actor_of(state: rx.State) -> Actor:
    """Who acts, for a handler to pass to ``perform`` and ``ask``."""
    session = await state.get_state(SessionState)
    return session._actor()  # noqa: SLF001 - a public method would be a remote call


async def reader_of(state: rx.State) -> Reader:
    """Who reads what a handler shows: language, today, base currency."""
    session = await state.get_state(SessionState)
    return session._reader()  # noqa: SLF001 - as above


async def language_of(state: BaseState) -> str:
    """In which language the tab of ``state`` is read."""
    session = await state.get_state(SessionState)
    return session.language or SOURCE


async def bind(
    state: BaseState, view: SessionView | None, token_hash: bytes, where: Where
) -> Bound:
    """Binds the tab of ``state``; to whom it belongs now, beside before."""
    session = await state.get_state(SessionState)
    return session._bind(view, token_hash, where)  # noqa: SLF001 - as above


def _values(view: SessionView) -> dict[str, object]:
    return {
        "is_signed_in": True,
        "me": Person(
            view.name, view.email, view.initials, routes.own_picture(view.picture)
        ),
        "language": view.language,
        "appearance": view.appearance,
        "role": str(view.role),
        "is_staff": view.role in STAFF,
        "lacks_factor": view.lacks_factor,
        "ledger_name": view.ledger_name,
        "_person_id": view.person_id,
        "_session_id": view.session_id,
        "_ledger_id": view.ledger_id,
        "_ledger_role": int(view.ledger_role),
        "_role": str(view.role),
        "_time_zone": view.time_zone,
        "_week_starts_on": view.week_starts_on,
        "_month_starts_on": view.month_starts_on,
        "_base_currency": view.base_currency,
    }
