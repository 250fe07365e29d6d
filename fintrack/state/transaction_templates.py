"""Templates in the form of a transaction: kept, filled in, renamed, removed."""

import reflex as rx

from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.folding import fold
from fintrack.core.templates import clean_name
from fintrack.services.commands import ask, perform
from fintrack.services.templates.keeping import (
    TemplateChange,
    TemplateMark,
    TemplateName,
    add_template,
    edit_template,
    find_template,
    list_templates,
    remove_template,
    rename_template,
)
from fintrack.state.amounts import Reader
from fintrack.state.forms import errors_by_field, new_key, read_id
from fintrack.state.session import actor_of, reader_of
from fintrack.state.template_draft import (
    KINDS,
    TemplateRow,
    draft_of_template,
    read_template,
    template_row,
)
from fintrack.state.transaction_draft import Draft, merged
from fintrack.state.transaction_form_parts import NEW, FormParts
from fintrack.state.transaction_memory import ALL
from fintrack.state.transactions import TransactionsState

AMOUNT, SAVE = "amount", "save"


class FormTemplates(FormParts, mixin=True):
    """The list of templates above the form, and the name of a new one below it.

    ``twin`` is the template that has the chosen name already: it can be replaced.
    ``begins_at`` is where the cursor stands: a template may leave nothing to type.
    """

    templates: list[TemplateRow] = []
    shows_templates: bool = False
    is_naming: bool = False
    template_name: str = ""
    template_error: str = ""
    twin: str = ""
    renaming: str = ""
    begins_at: str = AMOUNT
    _template_key: str = ""
    _versions: dict[str, int] = {}

    @rx.event
    def escape(self) -> None:
        """Esc closes what is open in the form, and then the form."""
        self._step_back()

    @rx.event
    async def toggle_templates(self) -> None:
        """Shows the templates above the form, or hides them."""
        shown = not self.shows_templates
        self._put_away()
        self.shows_templates = shown
        if shown:
            await self._list_templates()

    @rx.event
    async def reread_templates(self) -> None:
        """Reads the open list anew: an Undo of the page may have changed it."""
        if self.shows_templates:
            await self._list_templates()

    @rx.event
    async def use_template(self, template_id: str) -> None:
        """Fills the form of a new transaction; nothing is saved by it."""
        if self.mode == NEW:
            await self._fill_from(template_id)

    @rx.event
    async def keep_template(self, form: dict[str, str]) -> None:
        """Keeps what stands in the form under the name that was given.

        A name that a template has already is asked about first.
        """
        if not self.is_naming:
            return
        self.template_name = form.get("template_name", "")
        self.template_error = self.twin = ""
        reader = await reader_of(self)
        try:
            taken = fold(clean_name(self.template_name))
            await self._list_templates()
            same = [row.id for row in self.templates if fold(row.name) == taken]
            self.twin = "".join(same)
            if same:
                raise InvalidInput("Another template already has this name.")
            await self._keep(reader)
        except FinTrackError as error:
            self.template_error = _sentence(error, reader)

    @rx.event
    async def replace_template(self) -> None:
        """Puts what stands in the form in the place of the template of this name."""
        if not self.is_naming or not self.twin:
            return
        reader = await reader_of(self)
        try:
            await self._keep(reader)
        except FinTrackError as error:
            self.template_error = _sentence(error, reader)

    @rx.event
    def stop_naming(self) -> None:
        """Goes back to the form."""
        self._put_away()

    @rx.event
    def start_rename(self, template_id: str) -> None:
        """Opens the name of a template of the list; any other id closes it."""
        self.renaming = template_id if template_id in self._versions else ""
        self.template_error = ""

    @rx.event
    async def rename_template(self, form: dict[str, str]) -> None:
        """Gives the template that is open another name."""
        reader = await reader_of(self)
        try:
            change = TemplateName(
                *self._marked(self.renaming), form.get("new_name", "")
            )
            done = await perform(await actor_of(self), rename_template, change)
        except FinTrackError as error:
            self.template_error = _sentence(error, reader)
        else:
            self.renaming = self.template_error = ""
            await self._list_templates()
            said = reader.say("Template {name}: renamed.", name=done.value.name)
            await self._say(said, done.change_id)

    @rx.event
    async def remove_template(self, template_id: str) -> None:
        """Removes a template; the notice offers Undo."""
        reader = await reader_of(self)
        name = next((row.name for row in self.templates if row.id == template_id), "")
        try:
            mark = TemplateMark(*self._marked(template_id))
            done = await perform(await actor_of(self), remove_template, mark)
        except FinTrackError as error:
            self.template_error = _sentence(error, reader)
        else:
            self.renaming = self.template_error = ""
            await self._list_templates()
            said = reader.say("Template {name}: removed.", name=name)
            await self._say(said, done.change_id)

    async def _name_template(self) -> None:
        """Asks for a name once the form says something that can be kept."""
        if self.draft.kind not in KINDS:
            return
        reader = await reader_of(self)
        self.errors = {}
        try:
            read_template(self.draft, "", self._currencies(), reader)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            self._put_away()
            self.is_naming, self._template_key = True, new_key()
            self.template_name = self.draft.payee.strip()

    async def _open_from(
        self, template_id: str, texts: dict[str, str]
    ) -> rx.event.EventSpec | None:
        """Opens the entry filled by a template, and ``texts`` over it."""
        elsewhere = await self._open_new(**texts)
        if elsewhere is None:
            await self._fill_from(template_id, **texts)
        return elsewhere

    async def _fill_from(self, template_id: str, **texts: str) -> None:
        reader = await reader_of(self)
        try:
            wanted = read_id(template_id, "template")
            view = await ask(await actor_of(self), find_template, wanted)
        except FinTrackError as error:
            listed = await self.get_state(TransactionsState)
            listed._warn(error, reader)  # noqa: SLF001 - a public method would be a remote call
            return
        await self._load_lists()
        draft, errors = draft_of_template(view, self.draft.on_date, reader)
        self._start(NEW, merged(draft, texts))
        self.errors = errors
        # What a template says is not overruled by the last visit to its payee.
        self._chosen = ALL
        self.shows_details = bool(self.draft.note or self.draft.tags)
        self.begins_at = SAVE if self.draft.amount and not errors else AMOUNT
        await self._measure()

    async def _keep(self, reader: Reader) -> None:
        """Adds the template, or puts it in the place of its twin."""
        actor, key = await actor_of(self), self._template_key
        new = read_template(self.draft, self.template_name, self._currencies(), reader)
        if self.twin:
            change = TemplateChange(*self._marked(self.twin), new)
            done = await perform(actor, edit_template, change, key=key)
        else:
            done = await perform(actor, add_template, new, key=key)
        self._put_away()
        said = reader.say("Template {name}: saved.", name=done.value.name)
        await self._say(said, done.change_id)

    async def _list_templates(self) -> None:
        reader = await reader_of(self)
        found = await ask(await actor_of(self), list_templates)
        self.templates = [template_row(view, reader) for view in found]
        self._versions = {str(view.id): view.version for view in found}

    async def _say(self, text: str, change_id: int) -> None:
        listed = await self.get_state(TransactionsState)
        listed._tell(text, change_id)  # noqa: SLF001 - a public method would be a remote call

    def _marked(self, template_id: str) -> tuple[int, int]:
        """A template of the list with the version in which it was seen."""
        wanted = read_id(template_id, "template")
        return wanted, self._versions.get(template_id, 1)

    def _start(self, mode: str, draft: Draft) -> None:
        super()._start(mode, draft)
        self._put_away()
        self.begins_at = AMOUNT

    def _step_back(self) -> None:
        if self.shows_templates or self.is_naming:
            self._put_away()
        else:
            self._close()

    def _put_away(self) -> None:
        self.shows_templates = self.is_naming = False
        self.template_name = self.template_error = self.twin = self.renaming = ""


def _sentence(error: FinTrackError, reader: Reader) -> str:
    return " ".join(errors_by_field(error, reader.language).values())
