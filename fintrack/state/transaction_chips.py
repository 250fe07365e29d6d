"""The filters that are on, as chips whose cross takes one away."""

from collections.abc import Iterable
from dataclasses import dataclass

from fintrack.core.period import Period, PeriodKind
from fintrack.state.amounts import Reader
from fintrack.state.ledger_choices import Choice, Choices, flat, label_of
from fintrack.state.transaction_filters import (
    NO_CATEGORY,
    Shown,
    amounts_label,
    period_label,
)


@dataclass(frozen=True)
class FilterChip:
    """A filter that is on; its cross takes it away by name."""

    name: str
    label: str


def chips_of(
    shown: Shown,
    choices: Choices,
    tags: Iterable[Choice],
    period: Period | None,
    reader: Reader,
) -> list[FilterChip]:
    """The chips of a view; the present month is none."""
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
        FilterChip("period", _span_label(shown, period, reader)),
    ]
    return [chip for chip in found if chip.label]


def _span_label(shown: Shown, period: Period | None, reader: Reader) -> str:
    if not shown.period or (period and period.kind is PeriodKind.MONTH):
        return ""
    return period_label(period, reader)
