"""The filters of a list that are on, each as a chip with a cross."""

from collections.abc import Sequence
from dataclasses import dataclass

from fintrack.core.period import Period
from fintrack.state.amounts import Reader
from fintrack.state.ledger_choices import Choice, Choices, flat, label_of
from fintrack.state.transaction_filters import (
    NO_CATEGORY,
    Shown,
    amounts_label,
    span_label,
)


@dataclass(frozen=True)
class FilterChip:
    """A filter that is on; its cross takes it away by name."""

    name: str
    label: str


def filter_chips(
    shown: Shown,
    period: Period | None,
    choices: Choices,
    tags: Sequence[Choice],
    reader: Reader,
) -> list[FilterChip]:
    """A chip for each filter of the address."""
    account = label_of(choices.accounts, shown.account)
    category = (
        reader.say("No category")
        if shown.category == NO_CATEGORY
        else label_of(flat(choices.categories), shown.category)
    )
    found = [
        FilterChip("q", f"“{shown.q}”" if shown.q else ""),
        FilterChip("account", account if shown.account else ""),
        FilterChip("category", category if shown.category else ""),
        FilterChip("amounts", amounts_label(shown, reader)),
        FilterChip("tag", label_of(tags, shown.tag)),
        FilterChip("void", reader.say("With void ones") if shown.void else ""),
        FilterChip("cleared", _cleared_label(shown.cleared, reader)),
        FilterChip("files", reader.say("With files") if shown.files else ""),
        FilterChip("period", span_label(shown, period, reader)),
    ]
    return [chip for chip in found if chip.label]


def _cleared_label(cleared: str, reader: Reader) -> str:
    if not cleared:
        return ""
    return reader.say("Cleared") if cleared == "yes" else reader.say("Not cleared")
