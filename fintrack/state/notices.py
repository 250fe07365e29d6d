"""The switches of what one is told of; each is kept at once."""

from dataclasses import replace

import reflex as rx

from fintrack.core.errors import FinTrackError
from fintrack.core.notices import NOTICES
from fintrack.core.text import message_id
from fintrack.services.commands import ask, perform
from fintrack.services.people import configure, find_settings
from fintrack.state.forms import new_key, reason_of
from fintrack.state.rows import Notice
from fintrack.state.session import actor_of, reader_of


class NoticesState(rx.State):
    """Which switches are on, by the names of ``core.notices``."""

    is_ready: bool = False
    is_on: dict[str, bool] = dict.fromkeys(NOTICES, False)
    notice: Notice = Notice()

    @rx.event
    async def load(self) -> None:
        """Reads the switches of who asks."""
        settings = await ask(await actor_of(self), find_settings)
        self._show(settings.notices)
        self.notice = Notice()

    @rx.event
    async def turn(self, name: str, is_on: bool) -> None:
        """Switches one of them on or off."""
        actor, reader = await actor_of(self), await reader_of(self)
        before = await ask(actor, find_settings)
        others = tuple(one for one in before.notices if one != name)
        wanted = replace(before, notices=(*others, name) if is_on else others)
        try:
            done = await perform(actor, configure, wanted)
        except FinTrackError as error:
            self._show(before.notices)
            words, tone = reason_of(error, reader.language), "bad"
        else:
            self._show(done.value.notices)
            words, tone = reader.say(message_id("Saved.")), "done"
        self.notice = Notice(new_key(), words, tone)

    def _show(self, on: tuple[str, ...]) -> None:
        self.is_on = {name: name in on for name in NOTICES}
        self.is_ready = True
