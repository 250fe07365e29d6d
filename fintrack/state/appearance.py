"""Light, dark or the system's choice, kept in the account of the person."""

import reflex as rx

from fintrack.services import session_directory
from fintrack.services.commands import ask, perform
from fintrack.services.people import APPEARANCES, choose_appearance, find_settings
from fintrack.state.session import actor_of


class AppearanceState(rx.State):
    """Holds nothing: the device shows it, and ``SessionState`` knows the account's."""

    @rx.event
    async def keep(self, appearance: str) -> None:
        """Keeps what was chosen on this device, for the others too."""
        actor = await actor_of(self)
        before = await ask(actor, find_settings)
        if appearance not in APPEARANCES or appearance == before.appearance:
            return
        await perform(actor, choose_appearance, appearance)
        if actor.person_id is not None:
            session_directory.current().forget_person(actor.person_id)
