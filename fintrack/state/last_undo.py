"""Ctrl+Z on pages that change nothing of the books themselves."""

import reflex as rx
from reflex.state import OnLoadInternalState

from fintrack.core.actor import Actor
from fintrack.state.amounts import Reader
from fintrack.state.undoing import Undoing


class LastUndo(Undoing, rx.State):
    """The frame's own notice; a page with a state of its own shows it there."""

    @rx.event
    def read_page(self) -> rx.event.EventType[()]:
        """Has the page read itself again, as when one comes to it."""
        return OnLoadInternalState.on_load_internal

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        """Holds nothing of the books itself: ``read_page`` follows."""
