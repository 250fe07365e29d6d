"""The history of changes, and taking the last one back."""

import logging
from dataclasses import dataclass

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError
from fintrack.core.text import message_id
from fintrack.services.change_details import find_change
from fintrack.services.changes import PAGE, ChangeView, list_changes
from fintrack.services.commands import ask
from fintrack.state.amounts import Reader
from fintrack.state.change_rows import ThingRow, more_rows, thing_rows
from fintrack.state.forms import read_id
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undo_rows import Refused, refused_undo
from fintrack.state.undoing import Undoing

_log = logging.getLogger(__name__)
OTHER = message_id("Other change")
COMMAND_NAMES = {
    "transaction.record": message_id("Transaction recorded"),
    "transaction.edit": message_id("Transaction changed"),
    "transaction.void": message_id("Transaction made void"),
    "attachment.add": message_id("Attachment added"),
    "attachment.remove": message_id("Attachment removed"),
    "transaction.change_many": message_id("Several transactions changed"),
    "transaction.clear": message_id("Transactions marked as cleared or not"),
    "reconciliation.finish": message_id("Account reconciled"),
    "reconciliation.balance": message_id("Balancing transaction recorded"),
    "reconciliation.reopen": message_id("Reconciliation opened again"),
    "account.open": message_id("Account opened"),
    "account.edit": message_id("Account changed"),
    "account.close": message_id("Account closed"),
    "account.reopen": message_id("Account opened again"),
    "category.add": message_id("Category added"),
    "category.edit": message_id("Category changed"),
    "category.merge": message_id("Categories merged"),
    "rule.add": message_id("Rule added"),
    "rule.edit": message_id("Rule changed"),
    "rule.switch": message_id("Rule switched on or off"),
    "rule.remove": message_id("Rule removed"),
    "rule.order": message_id("Rules put in order"),
    "rule.apply": message_id("Rule applied"),
    "review.assign": message_id("Payee reviewed"),
    "tag.rename": message_id("Tag renamed"),
    "tag.merge": message_id("Tags merged"),
    "tag.merge_many": message_id("Several tags merged"),
    "tag.remove": message_id("Tag removed"),
    "template.add": message_id("Template kept"),
    "template.edit": message_id("Template replaced"),
    "template.rename": message_id("Template renamed"),
    "template.remove": message_id("Template removed"),
    "transaction.note_export": message_id("Transactions saved as a file"),
    "recurring.add": message_id("Recurring item added"),
    "recurring.edit": message_id("Recurring item changed"),
    "recurring.end": message_id("Recurring item ended"),
    "recurring.book": message_id("Recurring date booked"),
    "recurring.skip": message_id("Recurring date skipped"),
    "recurring.dismiss": message_id("Suggestion dismissed"),
    "recurring.settle": message_id("Recurring items carried out"),
    "change.undo": message_id("Change taken back"),
    "import.preview": message_id("Statement read"),
    "import.change_preview": message_id("Reading of a statement corrected"),
    "import.discard": message_id("Statement discarded"),
    "import.confirm": message_id("Statement imported"),
    "import.take_back": message_id("Import taken back"),
    "books.bring": message_id("Whole books brought in"),
    "sample.add": message_id("Sample data added"),
    "sample.remove": message_id("Sample data removed"),
    "job.run_now": message_id("Job started by hand"),
    "mail.retry": message_id("Letters tried again"),
    "rate.set_own": message_id("Own rate set"),
    "rate.remove_own": message_id("Own rate removed"),
    "rates.accept_jump": message_id("Jump of a rate accepted"),
    "rates.refuse_jump": message_id("Jump of a rate refused"),
    "rates.fetch_now": message_id("Rates fetched by hand"),
    "rates.fill": message_id("Period of rates filled"),
    "rates.stop_fill": message_id("Filling of rates stopped"),
    "ledger.start_with": message_id("Books begun"),
    "person.configure": message_id("Settings changed"),
    "currency.follow": message_id("Currency followed"),
    "currency.unfollow": message_id("Currency no longer followed"),
    "person.keep_picture": message_id("Picture changed"),
    "person.drop_picture": message_id("Picture removed"),
    "consent.give": message_id("Agreed to a text"),
    "email.begin": message_id("New e-mail address begun"),
    "email.finish": message_id("E-mail address changed"),
    "code.resend": message_id("Code sent again"),
    "person.change_password": message_id("Password changed"),
    "program.start": message_id("Program signed in"),
    "installation.record": message_id("Installation noted its key"),
    "installation.exchange_key": message_id("Master key exchanged"),
    "installation.finish_exchange": message_id("Files sealed under the new master key"),
    "setup.create_first_admin": message_id("FinTrack set up"),
    "registration.begin": message_id("Registration begun"),
    "registration.finish": message_id("Registered"),
    "reset.begin": message_id("New password asked for"),
    "reset.prove": message_id("New password proved by mail"),
    "reset.finish": message_id("Password set anew by mail"),
    "program.refresh": message_id("Program went on"),
    "program.end": message_id("Program signed out"),
    "import.drop_previews": message_id("Unconfirmed files cleared away"),
    "session.try": message_id("Password tried"),
    "session.start": message_id("Right password given at a sign-in"),
    "session.finish": message_id("Second step taken"),
    "session.end": message_id("Signed out"),
    "staff.note_list": message_id("A list was opened by staff"),
    "staff.search_people": message_id("People searched"),
    "staff.open_profile": message_id("Profile of a person viewed"),
    "staff.suspend": message_id("Person suspended"),
    "staff.reinstate": message_id("Suspension taken back"),
    "staff.change_role": message_id("Role changed"),
    "staff.change_post": message_id("Department or position changed"),
    "staff.end_sessions": message_id("Person signed out everywhere"),
    "staff.acknowledge_loss": message_id("Loss of the log acknowledged"),
    "staff.search_trail": message_id("Trail searched"),
    "staff.note_verification": message_id("Trail verified"),
    "session.end_one": message_id("Session ended"),
    "session.end_others": message_id("Other sessions ended"),
    "session.prove": message_id("Identity confirmed"),
    "factor.begin": message_id("Second factor begun"),
    "factor.confirm": message_id("Second factor switched on"),
    "factor.renew_codes": message_id("Recovery codes renewed"),
    "factor.switch_off": message_id("Second factor switched off"),
}


@dataclass(frozen=True)
class ChangeRow:
    """One change; ``undo_id`` and ``redo_id`` name what a button takes back."""

    id: str
    name: str
    when: str
    who: str = ""
    undo_id: str = ""
    redo_id: str = ""
    is_undone: bool = False


class HistoryState(Undoing, rx.State):
    """The page of changes, newest first."""

    status: str = "loading"
    rows: list[ChangeRow] = []
    older: str = ""
    opened: str = ""
    things: list[ThingRow] = []
    more: str = ""
    refused: Refused = Refused()
    _before: int = 0

    @rx.event
    async def load(self) -> None:
        """Shows the newest changes."""
        self._before, self.refused = 0, Refused()
        await self._read_again(await actor_of(self), await reader_of(self))

    @rx.event
    async def show_older(self) -> None:
        """Goes on below the last change in sight."""
        self._before = int(self.older) if self.older else 0
        await self._read_again(await actor_of(self), await reader_of(self))

    @rx.event
    async def toggle(self, change_id: str) -> None:
        """Shows what a change did, before and after, or hides it again."""
        closes = self.opened == change_id
        self.opened, self.things, self.more = "", [], ""
        if closes:
            return
        reader = await reader_of(self)
        try:
            wanted = read_id(change_id, "change")
            detail = await ask(await actor_of(self), find_change, wanted)
        except FinTrackError as error:
            self._warn(error, reader)
            return
        self.opened = change_id
        self.things, self.more = thing_rows(detail, reader), more_rows(detail, reader)

    @rx.event
    async def undo_last(self) -> None:
        """Takes the person's last change back."""
        change = await last_change(await actor_of(self))
        if change:
            await self.undo(change)

    def _tell(self, text: str, change_id: int = 0) -> None:
        """What stood in the way of another undo is no longer of interest."""
        self.refused = Refused()
        super()._tell(text, change_id)

    def _warn(self, error: FinTrackError, reader: Reader) -> None:
        """Names what stands in the way of an undo below its change."""
        super()._warn(error, reader)
        self.refused = refused_undo(error, reader)

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        try:
            found = await ask(
                actor, list_changes, before=self._before or None, limit=PAGE
            )
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The history could not be loaded.")
            self.status = "failed"
            return
        self.rows = [change_row(change, actor, reader) for change in found]
        self.opened, self.things, self.more = "", [], ""
        self.older = str(found[-1].id) if len(found) == PAGE else ""
        self.status = "ready"


async def last_change(actor: Actor) -> str:
    """The last change that the person made and that still stands; empty without one."""
    found = await ask(actor, list_changes, limit=PAGE)
    own = (
        str(change.id)
        for change in found
        if change.person_id == actor.person_id
        and change.can_undo
        and change.undo_of is None
    )
    return next(own, "")


def change_row(change: ChangeView, actor: Actor, reader: Reader) -> ChangeRow:
    """One change for its reader; an undo is brought back at what it took back."""
    undone = change.undone_by is not None
    return ChangeRow(
        id=str(change.id),
        name=reader.say(COMMAND_NAMES.get(change.command, OTHER)),
        when=reader.moment(change.at),
        who=_who(change, actor, reader),
        undo_id=str(change.id) if change.can_undo and change.undo_of is None else "",
        redo_id=str(change.undone_by) if undone and change.undo_of is None else "",
        is_undone=undone,
    )


def _who(change: ChangeView, actor: Actor, reader: Reader) -> str:
    if change.person_id is None:
        said = "FinTrack"
    elif change.person_id == actor.person_id:
        said = reader.say(message_id("You"))
    else:
        said = change.person_name
    return said
