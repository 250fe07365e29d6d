"""A visit of a page with a list leaves one trace, however it is leafed through."""

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.services.commands import perform
from fintrack.services.staff.looking import Listed, note_list


class Looking(rx.State, mixin=True):
    """Notes the look before the first row is read; ``load`` begins a new visit."""

    _is_noted: bool = False

    async def _note_look(self, actor: Actor, listed: Listed) -> None:
        """Notes it once, whichever event of the page comes first."""
        if not self._is_noted:
            await perform(actor, note_list, listed)
            self._is_noted = True
