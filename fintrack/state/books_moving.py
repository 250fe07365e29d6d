"""Whole books that the browser brought in over HTTP: told, with Undo."""

import contextlib

import reflex as rx

from fintrack.core.errors import InvalidInput
from fintrack.core.text import message_id
from fintrack.state.forms import read_id
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing


class BooksMoving(Undoing, mixin=True):
    """What the page does once whole books came in."""

    @rx.event
    async def books_brought(self, change_id: str) -> None:
        """The browser has brought a file; its change set is what Undo takes back."""
        reader = await reader_of(self)
        with contextlib.suppress(InvalidInput):
            wanted = read_id(change_id, "change")
            self._tell(reader.say(message_id("The books came in.")), wanted)
        await self._read_again(await actor_of(self), reader)
