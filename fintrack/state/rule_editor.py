"""The editor of a rule: conditions and shares that come and go."""

from dataclasses import replace

import reflex as rx

from fintrack.core.rules import Field
from fintrack.state.forms import new_key
from fintrack.state.rule_rows import (
    DOES,
    SPLIT,
    ConditionDraft,
    RuleDraft,
    ShareDraft,
)


class RuleEditor(rx.State, mixin=True):
    """What the editor shows; ``step`` is empty (closed), ``write`` or ``look``.

    Fields that somebody types in are the browser's until the form is sent.
    """

    step: str = ""
    is_new: bool = True
    draft: RuleDraft = RuleDraft()
    errors: dict[str, str] = {}
    form_key: str = ""

    @rx.event
    def set_form_open(self, is_open: bool) -> None:
        """Esc, the cross and a click beside the dialog close it."""
        if not is_open:
            self.step = ""

    @rx.event
    def choose_join(self, value: str) -> None:
        """All conditions, or any of them."""
        if value in ("all", "any"):
            self.draft = replace(self.draft, join=value)

    @rx.event
    def add_condition(self) -> None:
        """One more condition."""
        more = [*self.draft.conditions, ConditionDraft(new_key(), field=Field.TEXT)]
        self.draft = replace(self.draft, conditions=more)

    @rx.event
    def drop_condition(self, name: str) -> None:
        """Takes a condition away; one stays."""
        kept = [one for one in self.draft.conditions if one.key != name]
        if kept:
            self.draft = replace(self.draft, conditions=kept)

    @rx.event
    def choose_field(self, name: str, value: str) -> None:
        """What a condition looks at."""
        if value in tuple(Field):
            self.draft = replace(
                self.draft,
                conditions=[
                    replace(one, field=value, error="") if one.key == name else one
                    for one in self.draft.conditions
                ],
            )

    @rx.event
    def choose_does(self, value: str) -> None:
        """A category, a split, a transfer, or only words."""
        if value in DOES:
            shares = self.draft.shares
            if value == SPLIT and len(shares) < 2:  # noqa: PLR2004 - a split has two
                first = shares or [ShareDraft(new_key(), self.draft.category, "50")]
                shares = [*first, ShareDraft(new_key(), "", "50")]
            self.draft = replace(self.draft, does=value, shares=shares)
            self.errors = {}

    @rx.event
    def add_share(self) -> None:
        """One more category of the split."""
        shares = [*self.draft.shares, ShareDraft(new_key())]
        self.draft = replace(self.draft, shares=shares)

    @rx.event
    def drop_share(self, name: str) -> None:
        """Takes a category out of the split; two stay."""
        kept = [one for one in self.draft.shares if one.key != name]
        if len(kept) > 1:
            self.draft = replace(self.draft, shares=kept)

    @rx.event
    def go_back(self) -> None:
        """From what it would change to the words of the rule."""
        if self.step:
            self.step = "write"
