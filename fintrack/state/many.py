"""What is done with the selected transactions: one form at a time, one command."""

import reflex as rx

from fintrack.core.errors import FinTrackError, InvalidInput, StaleVersion
from fintrack.services.commands import perform, snapshot
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import Selection
from fintrack.state.forms import errors_by_field, new_key, read_day, read_id
from fintrack.state.many_words import told
from fintrack.state.rule_reading import read_tags
from fintrack.state.session import actor_of, reader_of
from fintrack.state.transactions import TransactionsState

CATEGORY, TAGS, ACCOUNT, DAY, VOID = "category", "tags", "account", "day", "void"
DEEDS = (CATEGORY, TAGS, ACCOUNT, DAY, VOID)
TAG_FIELDS = ("add_tags", "remove_tags")
FIELDS = ("category_id", "account_id", "day", *TAG_FIELDS)


class ManyState(rx.State):
    """``deed`` is the form that is open, empty for none."""

    deed: str = ""
    form_key: str = ""
    today: str = ""
    errors: dict[str, str] = {}

    @rx.event
    async def open(self, deed: str) -> None:
        """Asks what the selected ones are to have."""
        listed = await self.get_state(TransactionsState)
        if deed in DEEDS and listed._has_picks():  # noqa: SLF001 - a public method would be a remote call
            self.deed, self.form_key, self.errors = deed, new_key(), {}
            self.today = (await reader_of(self)).today.isoformat()

    @rx.event
    def set_open(self, is_open: bool) -> None:
        """The form asks to be closed."""
        if not is_open:
            self.deed = ""

    @rx.event
    async def apply(self, form: dict[str, str | None]) -> None:
        """Does it with all of them; a second click finds its form closed."""
        if self.deed in DEEDS and self.deed != VOID:
            texts = {name: text or "" for name, text in form.items()}
            try:
                change = _read(self.deed, texts)
            except InvalidInput as error:
                self.errors = errors_by_field(error, (await reader_of(self)).language)
            else:
                await self._change(change)

    @rx.event
    async def set_cleared(self, cleared: bool) -> None:
        """Says that the bank has seen them, or has not; a list of one account there."""
        self.form_key = new_key()
        shown = (await self.get_state(TransactionsState)).shown
        account_id = int(shown.account) if shown.account else None
        await self._change(ManyChange(cleared=cleared, account_id=account_id))

    @rx.event
    async def void(self) -> None:
        """Makes all of them void."""
        if self.deed == VOID:
            await self._change(ManyChange(void=True))

    async def _change(self, change: ManyChange) -> None:
        listed = await self.get_state(TransactionsState)
        reader, actor = await reader_of(self), await actor_of(self)
        selection = await self._selection(listed)
        if selection is None:
            self.deed = ""
            return
        try:
            done = await perform(
                actor, change_many, selection, change, key=self.form_key
            )
        except StaleVersion as error:
            # The filter keeps others now: they are counted anew, for another look.
            self.deed = ""
            await listed._read()  # noqa: SLF001 - as above
            await listed._pick_all()  # noqa: SLF001 - as above
            listed._warn(error, reader)  # noqa: SLF001 - as above
        except FinTrackError as error:
            said = errors_by_field(error, reader.language)
            # The form says it once below both fields of tags.
            self.errors = {"tags" if n in TAG_FIELDS else n: t for n, t in said.items()}
            if self.deed in ("", VOID):  # there is no form to show it
                self.deed = ""
                listed._warn(error, reader)  # noqa: SLF001 - as above
        else:
            self.deed = ""
            listed._drop_picks()  # noqa: SLF001 - as above
            change_id = done.change_id if done.value.changed else 0
            listed._tell(told(done.value, reader), change_id)  # noqa: SLF001 - as above
            await listed._read()  # noqa: SLF001 - as above

    async def _selection(self, listed: TransactionsState) -> Selection | None:
        async with snapshot(await actor_of(self)) as books:
            wanted = await listed._wanted(books, await reader_of(self))  # noqa: SLF001 - as above
        return listed._selection(wanted)  # noqa: SLF001 - as above


def _read(deed: str, form: dict[str, str]) -> ManyChange:
    """The change that a form means.

    Raises:
        InvalidInput: under the field that is wrong.
    """
    text = {name: form.get(name, "") for name in FIELDS}
    if deed == CATEGORY:
        category = read_id(text["category_id"], "category_id")
        change = ManyChange(category_id=category)
    elif deed == ACCOUNT:
        change = ManyChange(account_id=read_id(text["account_id"], "account_id"))
    elif deed == DAY:
        change = ManyChange(on_date=read_day(text["day"]))
    else:
        add, remove = read_tags(text["add_tags"]), read_tags(text["remove_tags"])
        if not add and not remove:
            raise InvalidInput("Please enter a tag.", field="tags")
        change = ManyChange(add_tags=add, remove_tags=remove)
    return change
