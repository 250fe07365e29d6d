"""The tags in the form of a transaction: typed, or those of the last visits."""

from collections.abc import Sequence
from dataclasses import replace

import reflex as rx

from fintrack.state.transaction_draft import Draft


class FormTags(rx.State, mixin=True):
    """The field's text is the browser's until ``tags_revision`` rises."""

    draft: Draft = Draft()
    shows_details: bool = False
    tags_revision: int = 0

    _remembered: str = ""

    @rx.event
    def type_tags(self, text: str) -> None:
        """What is typed stays, whatever the memory says later."""
        self.draft = replace(self.draft, tags=text)

    def _take_tags(self, tags: Sequence[str]) -> None:
        """Fills in what is remembered, in the place of what was so before."""
        if self.draft.tags != self._remembered:
            return
        text = ", ".join(tags)
        if text != self._remembered:
            self.draft = replace(self.draft, tags=text)
            self._remembered = text
            self.tags_revision += 1
            # What is put on must be in sight.
            self.shows_details = self.shows_details or bool(text)
