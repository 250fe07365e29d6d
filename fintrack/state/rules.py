"""The rules: their list in order, the editor, and what a rule would change."""

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.rules import Comparison
from fintrack.services.applying.applying import apply_rule
from fintrack.services.applying.previewing import Sketch, preview_rule
from fintrack.services.commands import Done, ask, perform, snapshot
from fintrack.services.rules.keeping import (
    RuleChange,
    RuleMark,
    RuleSwitch,
    add_rule,
    edit_rule,
    find_rule,
    list_rules,
    order_rules,
    remove_rule,
    switch_rule,
)
from fintrack.services.rules.rule_rows import NewRule
from fintrack.services.rules.rulebook import KeptRule
from fintrack.state import rule_rows
from fintrack.state.amounts import Reader
from fintrack.state.forms import new_key, read_id, reason_of
from fintrack.state.ledger_choices import (
    Choice,
    ChoiceGroup,
    label_of,
    load_choices,
    show_choices,
)
from fintrack.state.matched import matched_text
from fintrack.state.rule_editor import RuleEditor
from fintrack.state.rule_reading import merged, read_rule, with_errors
from fintrack.state.rule_rows import (
    ChangeRow,
    ConditionDraft,
    RuleDraft,
    RuleRow,
)
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing

MAX_WORDS = 100


class RulesState(RuleEditor, Undoing, rx.State):
    """The page."""

    is_loading: bool = True
    has_failed: bool = False
    failure: str = ""
    rules: list[RuleRow] = []
    accounts: list[Choice] = []
    targets: list[Choice] = []
    categories: list[ChoiceGroup] = []

    changes: list[ChangeRow] = []
    count: str = ""
    left: list[str] = []
    apply_label: str = ""
    can_apply: bool = False
    next_changes: str = ""

    _id: int = 0
    _version: int = 0

    @rx.event
    async def load(self) -> None:
        """Reads the list; opens what the address names."""
        query = self.router.url.query_parameters
        self.step = ""
        await self._read_again(await actor_of(self), await reader_of(self))
        if query.get("rule"):
            await self._open(query["rule"])
        elif query.get("payee"):
            payee, category = query["payee"][:MAX_WORDS], query.get("category", "")
            offered = [one.value for group in self.categories for one in group.choices]
            draft = ConditionDraft(new_key(), test=Comparison.EQUALS, words=payee)
            known = category if category in offered else ""
            self._show(RuleDraft(conditions=[draft], category=known))
        elif query.get("new") == "1":
            self._show(RuleDraft(conditions=[ConditionDraft(new_key())]))

    @rx.event
    async def start_new(self) -> None:
        """Opens an empty editor."""
        self._show(RuleDraft(conditions=[ConditionDraft(new_key())]))

    @rx.event
    async def start_edit(self, rule_id: str) -> None:
        """Opens the editor of a rule."""
        await self._open(rule_id)

    @rx.event
    async def try_out(self, form: dict[str, str | None]) -> None:
        """Shows which transactions the rule would change, and how."""
        if self.step:
            self.draft = merged(self.draft, form)
            await self._look(await reader_of(self))

    @rx.event
    async def show_more(self) -> None:
        """The next page of what it would change."""
        if self.step == "look" and self.next_changes:
            await self._look(await reader_of(self), after=self.next_changes)

    @rx.event
    async def save(self) -> None:
        """Keeps the rule for what comes."""
        reader = await reader_of(self)
        done = await self._keep(reader)
        if done:
            await self._finish(reader.say("The rule was saved."), done.change_id)

    @rx.event
    async def save_and_apply(self) -> None:
        """Keeps the rule and does the same with what is in the books already."""
        reader, actor = await reader_of(self), await actor_of(self)
        kept = await self._keep(reader)
        if not kept:
            return
        mark = RuleMark(kept.value.rule.id, kept.value.version)
        try:
            done = await perform(actor, apply_rule, mark, key=f"{self.form_key}-apply")
        except FinTrackError as error:
            self.step = ""
            self._warn(error, reader)
            await self._read_again(actor, reader)
        else:
            text = reader.count(
                "The rule was saved and changed {n} transaction.",
                "The rule was saved and changed {n} transactions.",
                done.value.changed,
            )
            left = rule_rows.locked_text(done.value.locked, self._target(), reader)
            matched = matched_text(done.value.matched, reader)
            change_id = done.change_id if done.value.changed else 0
            told = " ".join(part for part in (text, matched, left) if part)
            await self._finish(told, change_id)

    @rx.event
    async def turn(self, rule_id: str, is_on: bool) -> None:
        """Lets a rule rest, or has it tried again."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            kept = await ask(actor, find_rule, read_id(rule_id, "rule"))
            switch = RuleSwitch(kept.rule.id, kept.version, is_on)
            done = await perform(actor, switch_rule, switch)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            on, off = reader.say("The rule is on."), reader.say("The rule is off.")
            self._tell(on if is_on else off, done.change_id)
        await self._read_again(actor, reader)

    @rx.event
    async def move(self, rule_id: str, place: str) -> None:
        """Puts a rule at a place of the order, counted from 1."""
        ids = [row.id for row in self.rules]
        if rule_id not in ids or not place.isdecimal():
            return
        ids.remove(rule_id)
        ids.insert(max(0, min(int(place[:6]), len(self.rules)) - 1), rule_id)
        if ids == [row.id for row in self.rules]:
            return
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            done = await perform(actor, order_rules, tuple(map(int, ids)))
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._tell(reader.say("The order was saved."), done.change_id)
        await self._read_again(actor, reader)

    @rx.event
    async def remove(self) -> None:
        """Removes the rule of the editor; what it did stays."""
        reader = await reader_of(self)
        mark = RuleMark(self._id, self._version)
        try:
            done = await perform(await actor_of(self), remove_rule, mark)
        except FinTrackError as error:
            self.step = ""
            self._warn(error, reader)
        else:
            await self._finish(reader.say("The rule was removed."), done.change_id)

    def _show(self, draft: RuleDraft, kept: KeptRule | None = None) -> None:
        self.step, self.draft, self.errors = "write", draft, {}
        self.is_new, self.form_key = kept is None, new_key()
        self._id = kept.rule.id if kept else 0
        self._version = kept.version if kept else 0

    async def _open(self, rule_id: str) -> None:
        reader = await reader_of(self)
        try:
            wanted = read_id(rule_id, "rule")
            kept = await ask(await actor_of(self), find_rule, wanted)
            if kept.is_removed:
                raise InvalidInput("This rule was removed.")
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._show(rule_rows.draft_of(kept, reader), kept)

    async def _look(self, reader: Reader, after: str = "") -> None:
        try:
            sketch = Sketch(read_rule(self.draft, reader), self._id)
            found = await ask(
                await actor_of(self), preview_rule, sketch, after=after or None
            )
        except FinTrackError as error:
            self.draft, self.errors = with_errors(self.draft, error, reader)
            self.step = "write"
            return
        self.step, self.errors = "look", {}
        rows = rule_rows.change_rows(found.items, reader)
        self.changes = [*self.changes, *rows] if after else rows
        self.next_changes = found.next or ""
        if not after:
            self._count(found.count, reader, is_whole=found.is_whole)
            self.left = rule_rows.left_texts(found, reader, self._target())

    def _target(self) -> str:
        """The account to which the rule of the editor moves money, by name."""
        transfers = self.draft.does == rule_rows.TRANSFER
        return label_of(self.accounts, self.draft.transfer) if transfers else ""

    def _count(self, number: int, reader: Reader, *, is_whole: bool) -> None:
        self.can_apply = number > 0 or not is_whole
        self.count = reader.count(
            "{n} transaction changes.", "{n} transactions change.", number
        )
        if not is_whole:
            self.count += " " + reader.say("Older ones were not looked through yet.")
        self.apply_label = reader.count(
            "Save and change {n}", "Save and change {n}", number
        )
        if not is_whole:
            self.apply_label = reader.say("Save and change all")

    async def _keep(self, reader: Reader) -> Done[KeptRule] | None:
        if self.step != "look":
            return None
        try:
            new = read_rule(self.draft, reader)
            return await self._write(new)
        except FinTrackError as error:
            self.draft, self.errors = with_errors(self.draft, error, reader)
            self.step = "write"
            return None

    async def _write(self, new: NewRule) -> Done[KeptRule]:
        actor = await actor_of(self)
        if self.is_new:
            return await perform(actor, add_rule, new, key=self.form_key)
        change = RuleChange(self._id, self._version, new)
        return await perform(actor, edit_rule, change, key=self.form_key)

    async def _finish(self, text: str, change_id: int) -> None:
        self.step = ""
        self._tell(text, change_id)
        await self._read_again(await actor_of(self), await reader_of(self))

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        try:
            async with snapshot(actor) as books:
                choices = await load_choices(books, reader)
                kept = await books.ask(list_rules)
        except Exception as error:  # noqa: BLE001 - the page offers a retry whatever failed
            self.has_failed = True
            self.failure = reason_of(error, reader.language)
        else:
            self.has_failed = False
            show_choices(self, choices)
            self.targets = choices.writable
            self.rules = rule_rows.rule_rows(kept, choices, reader)
        self.is_loading = False
