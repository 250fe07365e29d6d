"""The import of a statement: confirmed with progress, shown, taken back."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError
from fintrack.core.formatting import format_number
from fintrack.core.text import translate, translate_plural
from fintrack.services.commands import Done, ask, perform
from fintrack.services.imports.confirming import (
    count_progress,
    stop_import,
)
from fintrack.services.imports.listing import ImportView, find_import, list_imports
from fintrack.services.imports.receiving import most_bytes
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.imports.turns import confirm_in_turn
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.accounts import find_account, list_accounts
from fintrack.state import import_rows
from fintrack.state.amounts import Reader
from fintrack.state.books_moving import BooksMoving
from fintrack.state.choices import Choice
from fintrack.state.forms import errors_by_field, new_key, read_id
from fintrack.state.import_check import CHECK, DONE, FILE, RUNNING
from fintrack.state.import_queue import ImportQueue
from fintrack.state.import_result import ImportResult, result_of
from fintrack.state.import_rows import PastImport
from fintrack.state.review_count import ReviewCount
from fintrack.state.session import actor_of, reader_of

LOOK_SECONDS = 0.3
MIB = 1024 * 1024


@dataclass(frozen=True)
class TakingBack:
    """The question about rows that were edited since; empty when none is asked."""

    id: str = ""
    text: str = ""


class ImportState(ImportQueue, BooksMoving, rx.State):
    """The import page."""

    is_loading: bool = True
    has_failed: bool = False
    failure: str = ""
    drop_hint: str = ""
    dropped: str = ""
    dropped_into: str = ""
    past: list[PastImport] = []
    progress_text: str = ""
    percent: int = 0
    result: ImportResult = ImportResult()
    asked: TakingBack = TakingBack()

    @rx.event
    async def load(self) -> None:
        """Reads accounts and earlier imports; goes on with a file that waits."""
        reader = await reader_of(self)
        self.drop_hint = reader.say(
            "CSV, XLSX, OFX, QFX, QIF, CAMT.053, MT940 or JSON, up to {n} MB each. "
            "Nothing is changed until you say so.",
            n=format_number(most_bytes() // MIB, reader.language, decimals=0),
        )
        asked = self.router.url.query_parameters
        if self.step == FILE and "preview" in asked:
            self._begin(asked["preview"], reader)
        wanted = asked.get("account", "")
        if wanted and self.step in (FILE, DONE):
            self.account_id, self.step = wanted, FILE
        actor = await actor_of(self)
        await self._read_again(actor, reader)
        self.dropped_into = await self._able(wanted, actor, reader)
        self.dropped = asked.get("drop", "")

    @rx.event(background=True)
    async def confirm(self) -> None:
        """Adds the rows that are taken; shows how far it is while it runs."""
        async with self:
            if self.step != CHECK:
                return
            actor, reader = await actor_of(self), await reader_of(self)
            preview_id, key, total = self._preview_id, self._key, self._total
            self.step, self.percent, self.progress_text = RUNNING, 0, ""
        work = asyncio.create_task(confirm_in_turn(actor, preview_id, key=key))
        while not (await asyncio.wait({work}, timeout=LOOK_SECONDS))[0]:
            number = await _rows_read(actor, preview_id)
            async with self:
                self.percent = min(100 * number // max(total, 1), 100)
                self.progress_text = _progress_text(number, total, reader)
        async with self:
            self.step = CHECK
            try:
                await self._show_result(await work, actor, reader)
            except FinTrackError as error:
                self._warn(error, reader)

    @rx.event
    async def stop(self) -> None:
        """Lets a running import end without a mark."""
        try:
            await ask(await actor_of(self), stop_import, self._preview_id)
        except FinTrackError as error:
            self._warn(error, await reader_of(self))

    @rx.event
    async def take_back(self, import_id: str) -> None:
        """Takes an import back, or first asks about rows that were edited since."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            found = await ask(actor, find_import, read_id(import_id, "import"))
        except FinTrackError as error:
            self._warn(error, reader)
            return
        if _is_done(found.summary):
            # The second press of the button: what it asks for is so.
            await self._read_again(actor, reader)
        elif found.summary.edited:
            self.asked = TakingBack(import_id, _edited_text(found.summary, reader))
        else:
            await self._take_back(TakeBack(found.summary.id), actor, reader)

    @rx.event
    def keep_import(self) -> None:
        """Closes the question; everything stays."""
        self.asked = TakingBack()

    @rx.event
    async def take_unedited(self) -> None:
        """Takes the asked import back; what was edited stays."""
        await self._answer(with_edited=False)

    @rx.event
    async def take_all(self) -> None:
        """Takes the asked import back with what was edited."""
        await self._answer(with_edited=True)

    @rx.event
    def set_asking(self, is_open: bool) -> None:
        """Esc closes the question."""
        if not is_open:
            self.asked = TakingBack()

    async def _answer(self, *, with_edited: bool) -> None:
        if self.asked.id:
            take = TakeBack(read_id(self.asked.id, "import"), all_edited=with_edited)
            await self._take_back(take, await actor_of(self), await reader_of(self))

    async def _take_back(self, take: TakeBack, actor: Actor, reader: Reader) -> None:
        self.asked = TakingBack()
        try:
            done = await perform(actor, take_back_import, take)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            text = reader.say("{file} was taken back.", file=done.value.filename)
            said = (
                text,
                import_rows.edited_text(done.value, reader),
                import_rows.reconciled_text(done.value, reader),
            )
            shown = self.result.id == str(take.import_id)
            undone = self.result.change if shown else ""
            self._tell(" ".join(filter(None, said)), done.change_id, undone)
            if self.step == DONE:
                self.step = FILE
            await self._read_again(actor, reader)

    async def _show_result(
        self, done: Done[ImportView], actor: Actor, reader: Reader
    ) -> None:
        view = done.value
        account = await ask(actor, find_account, view.account_id or 0)
        clears = import_rows.cleared_text(self.check.clears, reader)
        self.result = result_of(done, account, self._preview_id, clears, reader)
        self._part_is_done()
        self.step, self._preview_id, self._key = DONE, 0, new_key()
        self._tell(self.result.title, done.change_id)
        await self._read_again(actor, reader)

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        try:
            views = await ask(actor, list_accounts, closed=True)
            past = await ask(actor, list_imports)
        except FinTrackError as error:
            self.has_failed = True
            self.failure = " ".join(errors_by_field(error, reader.language).values())
        else:
            self.has_failed = False
            self._fill_accounts(views, past)
            names = {view.id: view.name for view in views}
            self.past = [
                import_rows.past_of(one, names.get(one.account_id or 0, ""), reader)
                for one in past
            ]
            await self._read_waiting(actor, names, reader)
            if self.step == CHECK:
                await self._look(actor, reader)
        count = await self.get_state(ReviewCount)
        await count.load()
        self.is_loading = False

    def _fill_accounts(self, views: list[AccountView], past: list[ImportView]) -> None:
        """Offers accounts that take rows; the one of the last import is chosen."""
        self.accounts = [
            Choice(str(view.id), view.name)
            for view in views
            if view.closed_on is None and not view.read_only
        ]
        names = {choice.value: choice.label for choice in self.accounts}
        if self.account_id not in names:
            used = [str(one.account_id) for one in past]
            self.account_id = next((one for one in [*used, *names] if one in names), "")
        self.account_name = names.get(self.account_id, "")


async def _rows_read(actor: Actor, preview_id: int) -> int:
    try:
        return await ask(actor, count_progress, preview_id) or 0
    except FinTrackError:
        # The import itself says what is wrong; its progress need not.
        return 0


def _is_done(view: ImportView) -> bool:
    return view.taken_back_at is not None and view.standing <= view.reconciled


def _progress_text(number: int, total: int, reader: Reader) -> str:
    return translate(
        "{n} of {total} rows",
        reader.language,
        n=format_number(number, reader.language, decimals=0),
        total=format_number(total, reader.language, decimals=0),
    )


def _edited_text(view: ImportView, reader: Reader) -> str:
    return translate_plural(
        "{n} of the transactions was edited since. Should it stay?",
        "{n} of the transactions were edited since. Should they stay?",
        view.edited,
        reader.language,
    )
