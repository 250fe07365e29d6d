"""What is attached to the transaction that is open, be it void."""

from dataclasses import dataclass, replace
from decimal import Decimal

import reflex as rx

from fintrack.core.actor import Actor, LedgerRole
from fintrack.core.clock import day_in_zone
from fintrack.core.errors import FinTrackError, NotFound
from fintrack.core.formatting import format_day, format_number
from fintrack.core.text import message_id
from fintrack.services.attachments.keeping import AttachmentMark, remove_attachment
from fintrack.services.attachments.reading import list_attachments
from fintrack.services.attachments.receiving import most_bytes
from fintrack.services.attachments.rows import AttachmentView
from fintrack.services.commands import Done, ask, perform
from fintrack.services.ledger.reading import TransactionView
from fintrack.state.accounts import NOTHING
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.forms import read_id
from fintrack.state.rows import Amount, Notice
from fintrack.state.session import actor_of, reader_of
from fintrack.state.transaction_rows import main_money, title
from fintrack.state.transactions import TransactionsState
from fintrack.state.undoing import Undoing

MIB = 1024 * 1024
KIB = 1024
NAMES = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
}


@dataclass(frozen=True)
class AttachmentRow:
    """A file; ``thumbnail`` is an address too, or empty where nothing is drawn."""

    id: str
    name: str
    detail: str
    href: str
    thumbnail: str


@dataclass(frozen=True)
class AttachmentTarget:
    """Where files are sent, and what is said of them before and where one is refused.

    ``may_change`` tells whether the person may add and remove.
    """

    place: str = ""
    most_bytes: int = 0
    hint: str = ""
    large: str = ""
    may_change: bool = False


@dataclass(frozen=True)
class VoidShown:
    """A void transaction that is looked at; without an id there is none."""

    id: str = ""
    name: str = ""
    day: str = ""
    amount: Amount = NOTHING


class AttachmentsState(Undoing, rx.State):
    """The attachments of one transaction; the files themselves go over HTTP.

    A void one is opened here alone: there is nothing to change in it.
    """

    rows: list[AttachmentRow] = []
    target: AttachmentTarget = AttachmentTarget()
    void: VoidShown = VoidShown()
    _id: int = 0

    @rx.event
    async def added(self, change_id: str) -> None:
        """The browser has sent a file; its change set is what Undo takes back."""
        reader = await reader_of(self)
        before = {row.id for row in self.rows}
        await self._read_again(await actor_of(self), reader)
        new = [row.name for row in self.rows if row.id not in before]
        if new:
            text = reader.say(message_id("{name} was attached."), name=new[-1])
            self._tell(text, _number(change_id))

    @rx.event
    async def remove(self, attachment_id: str) -> None:
        """Takes a file away; its bytes stay for as long as Undo may want them."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            done = await self._remove(actor, attachment_id)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            text = message_id("{name} was removed.")
            said = reader.say(text, name=done.value.filename)
            self._tell(said, done.change_id)
        await self._read_again(actor, reader)

    @rx.event
    def set_void(self, is_open: bool) -> None:
        """Closes the void transaction that is looked at."""
        if not is_open:
            self.void = VoidShown()

    async def _remove(self, actor: Actor, attachment_id: str) -> Done[AttachmentView]:
        mark = AttachmentMark(self._id, read_id(attachment_id, "form"))
        return await perform(actor, remove_attachment, mark)

    async def _show(self, transaction_id: int) -> None:
        """Turns to another transaction; an old notice is not said again."""
        reader, actor = await reader_of(self), await actor_of(self)
        self._id, self.notice, self.void = transaction_id, Notice(), VoidShown()
        self.target = _target(actor, transaction_id, reader)
        await self._fill(actor, reader)

    async def _show_void(self, view: TransactionView) -> None:
        """Shows what is attached to a void transaction, to be read only."""
        await self._show(view.id)
        reader = await reader_of(self)
        self.target = replace(self.target, may_change=False)
        self.void = VoidShown(
            id=str(view.id),
            name=title(view, reader),
            day=format_day(view.on_date, reader.language),
            amount=amount_row(main_money(view), reader.language),
        )

    async def _fill(self, actor: Actor, reader: Reader) -> None:
        try:
            found = await ask(actor, list_attachments, self._id)
        except NotFound:
            # The transaction itself was taken back meanwhile.
            found = []
        self.rows = [_row(view, self.target.place, reader) for view in found]

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        await self._fill(actor, reader)
        listed = await self.get_state(TransactionsState)
        await listed._read()  # noqa: SLF001 - a public method would be a remote call


def _target(actor: Actor, transaction_id: int, reader: Reader) -> AttachmentTarget:
    most = format_number(most_bytes() // MIB, reader.language, decimals=0)
    return AttachmentTarget(
        place=f"/api/v1/transactions/{transaction_id}/attachments",
        most_bytes=most_bytes(),
        hint=reader.say(
            "Drop, paste or choose photos (JPEG, PNG, WebP) and PDFs, up to {n} MB "
            "each. A photo keeps what the camera wrote into it.",
            n=most,
        ),
        large=reader.say("This file is larger than {n} MB.", n=most),
        may_change=actor.ledger_role >= LedgerRole.EDITOR,
    )


def _row(view: AttachmentView, place: str, reader: Reader) -> AttachmentRow:
    href = f"{place}/{view.id}"
    words = (
        NAMES[view.media_type],
        _size(view.size, reader.language),
        format_day(day_in_zone(view.added_at, reader.time_zone), reader.language),
    )
    return AttachmentRow(
        id=str(view.id),
        name=view.filename,
        detail=" · ".join(words),
        href=href,
        thumbnail=f"{href}/thumbnail" if view.has_thumbnail else "",
    )


def _size(size: int, language: str) -> str:
    """In megabytes from one on; below that in whole kilobytes, at least one."""
    if size >= MIB:
        tenths = Decimal(size) / MIB
        return f"{format_number(tenths, language, decimals=1)} MB"
    return f"{format_number(max(1, size // KIB), language, decimals=0)} KB"


def _number(change_id: str) -> int:
    """The change set that the browser names; 0, and no Undo, where it is none."""
    try:
        return read_id(change_id, "change")
    except FinTrackError:
        return 0
