"""How many transactions have no category yet, beside the place in the rail."""

import reflex as rx

from fintrack.core.errors import FinTrackError
from fintrack.services.commands import ask
from fintrack.services.review.inbox import count_left
from fintrack.state.amounts import Reader
from fintrack.state.session import actor_of, reader_of

# The rail has no room for more digits.
MOST = 999


class ReviewCount(rx.State):
    """A small number; empty where nothing is left."""

    left: str = ""

    @rx.event
    async def load(self) -> None:
        """Counts anew; each page does when it appears."""
        try:
            number = await ask(await actor_of(self), count_left)
        except FinTrackError:
            # Nobody's books, or none yet: there is nothing to review.
            number = 0
        self._show(number, await reader_of(self))

    def _show(self, number: int, reader: Reader) -> None:
        said = reader.count("{n} left", "{n} left", number) if number else ""
        if number > MOST:
            said = f"{MOST}+"
        if said != self.left:
            self.left = said
