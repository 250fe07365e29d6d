"""Who is signed in, as handlers and the frame need it."""

import reflex as rx

from fintrack.core.actor import ANONYMOUS, Actor, LedgerRole, Role
from fintrack.services.sessions import SessionView


class SessionState(rx.State):
    """What pages may show of the person; who acts stays on the server.

    Only the guard writes here, before each event.
    """

    is_signed_in: bool = False
    name: str = ""
    initials: str = ""
    email: str = ""
    language: str = ""
    appearance: str = "system"
    role: str = ""
    ledger_name: str = ""

    _bound_to: str = ""
    _person_id: int = 0
    _ledger_id: int = 0
    _ledger_role: int = 0
    _role: str = ""
    _time_zone: str = "UTC"
    _base_currency: str = ""

    def _show(self, view: SessionView | None) -> None:
        """Takes over what the database says now; unchanged values cost nothing."""
        values = _values(view)
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)


async def actor_of(state: rx.State) -> Actor:
    """Who acts, for a handler to pass to ``perform`` and ``ask``."""
    session = await state.get_state(SessionState)
    if not session._person_id:
        return ANONYMOUS
    return Actor(
        session._person_id,
        Role(session._role),
        session._ledger_id,
        LedgerRole(session._ledger_role),
    )


def _values(view: SessionView | None) -> dict[str, object]:
    if view is None:
        return {
            name: field.default_value()
            for name, field in SessionState.__fields__.items()
            if field._owner is SessionState and name != "_bound_to"
        }
    return {
        "is_signed_in": True,
        "name": view.name,
        "initials": view.initials,
        "email": view.email,
        "language": view.language,
        "appearance": view.appearance,
        "role": str(view.role),
        "ledger_name": view.ledger_name,
        "_person_id": view.person_id,
        "_ledger_id": view.ledger_id,
        "_ledger_role": int(view.ledger_role),
        "_role": str(view.role),
        "_time_zone": view.time_zone,
        "_base_currency": view.base_currency,
    }
