"""Accounts and categories of a file: those that are here already, and those to make."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.chart import (
    ACCOUNT_KINDS,
    CATEGORY_TYPE,
    UNCATEGORISED_TYPE,
    Kind,
)
from fintrack.core.folding import fold
from fintrack.core.whole_books import MovedAccount, MovedCategory, WholeBooks
from fintrack.models.ledger import Account
from fintrack.services.commands import Work
from fintrack.services.ledger import rows
from fintrack.services.ledger.accounts import MAX_NAME
from fintrack.services.moving.lives import life_of
from fintrack.services.moving.reading import Figures

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


async def match_places(work: Work, books: WholeBooks, figures: Figures) -> Chart:
    """What of the file is here already: nothing is made.

    An account is the same with its name, its currency and as asset or liability; a
    category with its name below the same parent. An account that comes closed is
    another than the open one of its name.
    """
    open_ones = await _open_places(work)
    ids: dict[str, int] = {}
    new_accounts = []
    # The open one of a name has it before one that was closed and stays open here.
    for one in sorted(books.accounts, key=lambda one: one.closed_on is not None):
        comes_closed = life_of(one, figures, work.now).closed_on is not None
        key = (one.type.kind, 0, fold(one.name))
        there = None if comes_closed else open_ones.get(key)
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


async def make_places(work: Work, books: WholeBooks, figures: Figures) -> Chart:
    """The places of the file, those that are missing made; they stand in the chart."""
    chart = await match_places(work, books, figures)
    ids = {**chart.ids, **await _make_accounts(work, chart.new_accounts, figures)}
    await _follow_openings(work, chart.ids, figures)
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


async def _make_accounts(
    work: Work, new: Sequence[MovedAccount], figures: Figures
) -> dict[str, int]:
    """Their ids. What comes closed keeps its name, whatever is called like it."""
    open_ones = (await _open_places(work)).values()
    taken = {one.name_folded for one in open_ones if one.kind in ACCOUNT_KINDS}
    ids = {}
    for one in new:
        life = life_of(one, figures, work.now)
        name = one.name if life.closed_on else _free_name(one, taken)
        if life.closed_on is None:
            taken.add(fold(name))
        account = Account(
            ledger_id=work.ledger_id,
            kind=one.type.kind,
            type=one.type,
            name=name,
            name_folded=fold(name),
            currency=one.currency,
            opened_on=life.opened_on,
            closed_on=life.closed_on,
            note=one.note,
        )
        ids[one.id] = await _add(work, account)
    return ids


async def _follow_openings(
    work: Work, matched: Mapping[str, int], figures: Figures
) -> None:
    """Accounts that were here open on the day of the opening balance that comes."""
    for name, day in figures.openings.items():
        if name in matched:
            account = await rows.find(work, Account, matched[name])
            if account.opened_on != day:
                account.opened_on = day
                account.version += 1
    await work.session.flush()


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


def _free_name(one: MovedAccount, taken: Collection[str]) -> str:
    """Two of one name stay two: the currency or a number tells them apart."""
    endings = ["", f" ({one.currency})", *(f" ({n})" for n in range(2, len(taken) + 3))]
    names = (f"{one.name[: MAX_NAME - len(end)].rstrip()}{end}" for end in endings)
    return next(name for name in names if fold(name) not in taken)


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
