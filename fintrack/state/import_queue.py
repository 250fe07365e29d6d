"""Which file is checked, and what of it: one of several files, one of its accounts."""

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError, NotFound
from fintrack.core.text import message_id, translate_plural
from fintrack.services.commands import ask
from fintrack.services.imports.discarding import discard_file
from fintrack.services.imports.previews import PreviewChange
from fintrack.services.imports.turns import correct_preview
from fintrack.services.imports.waiting import list_waiting
from fintrack.services.ledger.accounts import find_account
from fintrack.state.amounts import Reader
from fintrack.state.forms import new_key, read_id
from fintrack.state.import_check import CHECK, DONE, FILE, RUNNING, ImportCheck
from fintrack.state.session import actor_of, reader_of

MOST_WAITING = 50


@dataclass(frozen=True)
class WaitingRow:
    """A file that waits for a yes; the labels name it for those who do not see it."""

    id: str = ""
    filename: str = ""
    detail: str = ""
    check_label: str = ""
    discard_label: str = ""


class ImportQueue(ImportCheck, mixin=True):
    """Files one after another, and in each its accounts one after another."""

    queue_label: str = ""
    has_more_parts: bool = False
    waiting: list[WaitingRow] = []
    to_discard: WaitingRow = WaitingRow()

    _queue: list[str] = []
    _done_preview: int = 0
    _done_parts: list[str] = []

    @rx.event
    async def take_file(self, preview_id: str) -> None:
        """The file has arrived over HTTP; it is read under the person's own rights.

        Where another is being checked, it waits.
        """
        reader = await reader_of(self)
        if self.step in (CHECK, RUNNING):
            if len(self._queue) < MOST_WAITING:
                self._queue = [*self._queue, preview_id]
            self._label_queue(reader)
        else:
            await self._open(preview_id, reader)

    @rx.event
    async def choose_account(self, value: str) -> None:
        """The account that the file is for; a file that is checked is read for it."""
        names = {choice.value: choice.label for choice in self.accounts}
        if value not in names:
            return
        if self.step == CHECK:
            account_id = read_id(value, "account")
            await self._turn(PreviewChange(self._preview_id, account_id=account_id))
        else:
            self.account_id, self.account_name = value, names[value]

    @rx.event
    async def choose_part(self, value: str) -> None:
        """Reads another account or sheet of the file."""
        if self.step == CHECK and value in [choice.value for choice in self.parts]:
            await self._turn(PreviewChange(self._preview_id, part=value))

    @rx.event
    async def next_part(self) -> None:
        """Goes on with the next account of the file that was imported."""
        left = [one for one in self._parts_left() if one != self.part]
        if self.step == DONE and self._done_preview and left:
            self._preview_id, self._key = self._done_preview, new_key()
            self.tab, self._places = "", [0]
            await self._turn(PreviewChange(self._preview_id, part=left[0]))

    @rx.event
    async def start_over(self) -> None:
        """The next file that waits, or back to the choice of one; no books change."""
        self._preview_id, self._done_preview, self.step = 0, 0, FILE
        reader = await reader_of(self)
        if self._queue:
            following, self._queue = self._queue[0], self._queue[1:]
            self._label_queue(reader)
            await self._open(following, reader)
        else:
            await self._read_again(await actor_of(self), reader)

    @rx.event
    async def discard(self) -> None:
        """Throws away the file that is checked; it may be chosen again."""
        if self.step != CHECK:
            return
        reader = await reader_of(self)
        try:
            done = await discard_file(await actor_of(self), self._preview_id)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            await self.start_over()
            self._tell_discarded(done.value.filename, reader)

    @rx.event
    def ask_discard(self, preview_id: str) -> None:
        """Asks before a file that waits is thrown away."""
        found = (row for row in self.waiting if row.id == preview_id)
        self.to_discard = next(found, WaitingRow())

    @rx.event
    def set_discarding(self, is_open: bool) -> None:
        """The no, or Esc, closes the question."""
        if not is_open:
            self.to_discard = WaitingRow()

    @rx.event
    async def discard_waiting(self) -> None:
        """Throws the asked file away, also of an account that was closed since."""
        asked, self.to_discard = self.to_discard, WaitingRow()
        if not asked.id:
            # The second press of the button: what it asks for is so.
            return
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            done = await discard_file(actor, read_id(asked.id, "preview"))
        except NotFound:
            # It is gone already, from another tab: what was asked for is so.
            pass
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._tell_discarded(done.value.filename, reader)
        await self._read_again(actor, reader)

    async def _able(self, wanted: str, actor: Actor, reader: Reader) -> str:
        """The account that was asked for, if it takes rows; else says where they go."""
        if not wanted or wanted in [choice.value for choice in self.accounts]:
            return wanted
        try:
            found = await ask(actor, find_account, read_id(wanted, "account"))
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            said = message_id(
                "{name} takes no new transactions. A file goes to {account}, unless "
                "you choose another account."
            )
            self._tell(reader.say(said, name=found.name, account=self.account_name))
        return ""

    def _tell_discarded(self, name: str, reader: Reader) -> None:
        self._tell(reader.say(message_id("{name} was discarded."), name=name))

    async def _open(self, preview_id: str, reader: Reader) -> None:
        self._begin(preview_id, reader)
        self._done_parts, self._done_preview = [], 0
        if self.step == CHECK:
            actor = await actor_of(self)
            await self._look(actor, reader)
            if self.step == FILE:
                # It cannot be looked at now; it waits in the list.
                await self._read_again(actor, reader)

    async def _turn(self, change: PreviewChange) -> None:
        """Reads the file as changed, from its first row on."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            await correct_preview(actor, change)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self.tab, self._places = "", [0]
            await self._look(actor, reader)

    async def _read_waiting(
        self, actor: Actor, names: Mapping[int, str], reader: Reader
    ) -> None:
        """The files that wait for a yes, of this tab and of others."""
        found = await ask(actor, list_waiting)
        self.waiting = [
            WaitingRow(
                str(one.id),
                one.filename,
                f"{names.get(one.account_id, '')} · {reader.moment(one.created_at)}",
                reader.say("Check {name}", name=one.filename),
                reader.say("Discard {name}", name=one.filename),
            )
            for one in found
        ]

    def _part_is_done(self) -> None:
        """Remembers what was imported, so that the rest of the file is offered."""
        self._done_preview = self._preview_id
        self._done_parts = [*self._done_parts, self.part]
        self.has_more_parts = bool(self._parts_left())

    def _parts_left(self) -> list[str]:
        names = [choice.value for choice in self.parts]
        return [name for name in names if name not in self._done_parts]

    def _label_queue(self, reader: Reader) -> None:
        waiting = len(self._queue)
        self.queue_label = (
            translate_plural(
                "{n} more file waits", "{n} more files wait", waiting, reader.language
            )
            if waiting
            else ""
        )
