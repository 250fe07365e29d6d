"""Accounts and categories as the selects of filters and forms offer them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import reflex as rx

from fintrack.core.chart import Kind
from fintrack.services.commands import Snapshot
from fintrack.services.ledger.options import Option, list_options
from fintrack.services.tags.keeping import list_tag_names
from fintrack.state.amounts import Reader

_INDENT = "\u2003"


@dataclass(frozen=True)
class Choice:
    """One option; ``currency`` is an account's."""

    value: str
    label: str
    currency: str = ""
    parent: str = ""
    is_uncategorised: bool = False


@dataclass(frozen=True)
class ChoiceGroup:
    """Options under a heading."""

    label: str
    choices: list[Choice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the ledger of an actor offers: open accounts, categories by kind.

    ``read_only`` are values of accounts on which nothing can be entered, ``locked``
    those that are reconciled, with the last day of that.
    """

    accounts: list[Choice]
    categories: list[ChoiceGroup]
    read_only: frozenset[str] = frozenset()
    locked: Mapping[str, date] = field(default_factory=dict)

    @property
    def writable(self) -> list[Choice]:
        """The accounts on which something can be entered."""
        return [one for one in self.accounts if one.value not in self.read_only]

    def for_entry(self) -> "Choices":
        """The same for a form that enters something."""
        return replace(self, accounts=self.writable)

    @property
    def uncategorised(self) -> tuple[int, ...]:
        """The places for what has no category, as ids."""
        return tuple(
            int(choice.value)
            for choice in flat(self.categories)
            if choice.is_uncategorised
        )


async def load_choices(books: Snapshot, reader: Reader) -> Choices:
    """Reads both lists; closed accounts stay out."""
    found = await books.ask(list_options)
    groups = [
        ChoiceGroup(label, _options(found.categories, kind))
        for kind, label in (
            (Kind.EXPENSE, reader.say("Spending")),
            (Kind.INCOME, reader.say("Income")),
        )
    ]
    options = [Choice(str(a.id), a.name, a.currency or "") for a in found.accounts]
    read_only = frozenset(str(a.id) for a in found.accounts if a.read_only)
    locked = {str(a.id): a.locked_on for a in found.accounts if a.locked_on}
    return Choices(options, groups, read_only, locked)


async def tag_choices(books: Snapshot) -> list[Choice]:
    """The tags of the ledger by name."""
    found = await books.ask(list_tag_names)
    return [Choice(str(tag_id), f"#{name}") for tag_id, name in found]


def show_choices(state: rx.State, choices: Choices) -> None:
    """Fills ``accounts`` and ``categories``; what stayed the same is not sent again."""
    for name in ("accounts", "categories"):
        found = getattr(choices, name)
        if getattr(state, name) != found:
            setattr(state, name, found)


def flat(groups: Iterable[ChoiceGroup]) -> list[Choice]:
    """All options of the groups."""
    return [choice for group in groups for choice in group.choices]


def label_of(choices: Iterable[Choice], value: str) -> str:
    """The name behind a value, without its indent; empty when it is not offered."""
    return next((c.label.strip() for c in choices if c.value == value), "")


def _options(categories: Iterable[Option], kind: Kind) -> list[Choice]:
    return [
        Choice(
            str(option.id),
            f"{_INDENT if option.parent_id else ''}{option.name}",
            parent=str(option.parent_id or ""),
            is_uncategorised=option.uncategorised,
        )
        for option in categories
        if option.kind == kind
    ]
