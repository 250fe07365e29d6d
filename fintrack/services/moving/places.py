"""Accounts and categories of a file: those that are here already, and those to make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.chart import (
    CATEGORY_TYPE,
    UNCATEGORISED_TYPE,
    Kind,
)
from fintrack.core.folding import fold
from fintrack.core.whole_books import MovedAccount, MovedCategory, WholeBooks
from fintrack.models.ledger import Account
from fintrack.services.commands import Work

# What tells one open place from another beside its name.
_Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Chart:
    """The ids of the places of a file by their names in it.

    Where nothing was made yet, a place that would be made has no id.
    """

    ids: Mapping[str, int]
    new_accounts: tuple[MovedAccount, ...]
    new_categories: tuple[MovedCategory, ...]


async def match_places(work: Work, books: WholeBooks) -> Chart:
    """What of the file is here already: nothing is made.

    An account is the same with its name, its currency and as asset or liability; a
    category with its name below the same parent.
    """
    open_ones = await _open_places(work)
    ids: dict[str, int] = {}
    new_accounts = []
    for one in books.accounts:
        there = open_ones.get((one.type.kind, 0, fold(one.name)))
        if there is None or there.currency != one.currency or there.id in ids.values():
            new_accounts.append(one)
        else:
            ids[one.id] = there.id
    new_categories = []
    for category, parent in in_order(books.categories):
        place = _place_of(category, ids.get(parent, 0) if parent else 0, open_ones)
        if place is not None and (not parent or parent in ids):
            ids[category.id] = place.id
        else:
            new_categories.append(category)
    return Chart(ids, tuple(new_accounts), tuple(new_categories))


async def make_places(work: Work, books: WholeBooks) -> Chart:
    """The places of the file, those that are missing made; they stand in the chart."""
    chart = await match_places(work, books)
    ids = dict(chart.ids)
    taken = set(await _open_places(work))
    for one in chart.new_accounts:
        name = _free_name(one, taken)
        taken.add((one.type.kind, 0, fold(name)))
        account = Account(
            ledger_id=work.ledger_id,
            kind=one.type.kind,
            type=one.type,
            name=name,
            name_folded=fold(name),
            currency=one.currency,
            opened_on=one.opened_on or work.now.date(),
            note=one.note,
        )
        ids[one.id] = await _add(work, account)
    new = {one.id for one in chart.new_categories}
    made: dict[_Key, int] = {}
    for category, parent in in_order(books.categories):
        if category.id in new:
            above = ids.get(parent)
            key = (category.kind, above or 0, fold(category.name))
            if key not in made:
                made[key] = await _add(work, _category(work, category, above))
            ids[category.id] = made[key]
    return Chart(ids, chart.new_accounts, chart.new_categories)


def in_order(
    categories: Sequence[MovedCategory],
) -> list[tuple[MovedCategory, str]]:
    """Each with its parent, those at the top first; there are two levels."""
    by_id = {one.id: one for one in categories}
    found = []
    for one in categories:
        above = by_id.get(one.parent)
        fits = above is not None and not above.parent and above.kind == one.kind
        found.append((one, one.parent if fits and above is not one else ""))
    return sorted(found, key=lambda pair: bool(pair[1]))


def _place_of(
    one: MovedCategory, parent_id: int, open_ones: Mapping[_Key, Account]
) -> Account | None:
    """Of the places for the rest, and of those that nobody sees, a ledger has one."""
    if one.kind is Kind.EQUITY or one.type == UNCATEGORISED_TYPE:
        return next(
            (
                place
                for place in open_ones.values()
                if place.kind == one.kind and place.type == one.type
            ),
            None,
        )
    return open_ones.get((one.kind, parent_id, fold(one.name)))


async def _open_places(work: Work) -> dict[_Key, Account]:
    found: Iterable[Account] = await work.session.scalars(
        select(Account).where(
            col(Account.ledger_id) == work.ledger_id, col(Account.closed_on).is_(None)
        )
    )
    return {(one.kind, one.parent_id or 0, one.name_folded): one for one in found}


def _free_name(one: MovedAccount, taken: set[_Key]) -> str:
    """Two of one name stay two: the currency or a number tells them apart."""
    names = [one.name, f"{one.name} ({one.currency})"]
    names += [f"{one.name} ({n})" for n in range(2, len(taken) + 3)]
    return next(n for n in names if (one.type.kind, 0, fold(n)) not in taken)


def _category(work: Work, one: MovedCategory, parent_id: int | None) -> Account:
    is_rest = one.type == UNCATEGORISED_TYPE
    return Account(
        ledger_id=work.ledger_id,
        kind=one.kind,
        type=UNCATEGORISED_TYPE if is_rest else CATEGORY_TYPE,
        name=one.name,
        name_folded=fold(one.name),
        parent_id=parent_id,
        opened_on=work.now.date(),
    )


async def _add(work: Work, account: Account) -> int:
    work.session.add(account)
    await work.session.flush()
    return account.id
