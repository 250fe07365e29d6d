"""Where money went in the books of another program, by name, and what that is here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, Kind
from fintrack.core.folding import fold
from fintrack.core.statements.storable import part_name


class PlaceName(NamedTuple):
    """A category, behind those that it is below, or an account; without names none."""

    names: tuple[str, ...]
    is_account: bool = False

    def __str__(self) -> str:
        return ":".join(self.names)


def category_name(path: str) -> PlaceName:
    """``Food:Groceries`` is the category Groceries below Food."""
    return PlaceName(tuple(part_name(name) for name in path.split(":") if name.strip()))


def account_name(name: str) -> PlaceName:
    """An account of this name."""
    return PlaceName((part_name(name),) if name.strip() else (), is_account=True)


class Leaf(NamedTuple):
    """An account or a category of the books that is open."""

    id: int
    kind: str
    name: str
    parent_id: int | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class Chart:
    """The accounts by currency and name, the categories by kind and path; folded."""

    accounts: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    categories: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    def find(self, place: PlaceName, currency: str, minor: int) -> int | None:
        """The place of this name for money in this currency, None where there is none.

        Of an income and an expense category of one name the one that fits the sign of
        ``minor``; positive came into the account of the row.
        """
        names = tuple(map(fold, place.names))
        if place.is_account:
            return self.accounts.get((currency, *names))
        kinds = (Kind.INCOME, Kind.EXPENSE)[:: 1 if minor > 0 else -1]
        found = (self.categories.get((kind, *names)) for kind in kinds)
        return next(filter(None, found), None)


def chart_of(leaves: Iterable[Leaf]) -> Chart:
    """The chart of these; a category is also found by a name that no other one has."""
    found = {leaf.id: leaf for leaf in leaves}
    accounts: dict[tuple[str, ...], int] = {
        (leaf.currency or "", fold(leaf.name)): leaf.id
        for leaf in found.values()
        if leaf.kind in ACCOUNT_KINDS
    }
    below = [leaf for leaf in found.values() if leaf.kind in CATEGORY_KINDS]
    often = Counter((leaf.kind, fold(leaf.name)) for leaf in below)
    categories: dict[tuple[str, ...], int] = {
        name: leaf.id
        for leaf in below
        if often[name := (leaf.kind, fold(leaf.name))] == 1
    }
    categories |= {(leaf.kind, *_path(leaf, found)): leaf.id for leaf in below}
    return Chart(accounts, categories)


def _path(leaf: Leaf, found: Mapping[int, Leaf]) -> tuple[str, ...]:
    above = found.get(leaf.parent_id or 0)
    return (*(_path(above, found) if above else ()), fold(leaf.name))
