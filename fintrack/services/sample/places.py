"""The accounts and categories in which the sample story takes place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, count

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.chart import (
    ACCOUNT_KINDS,
    CATEGORY_KINDS,
    CATEGORY_TYPE,
    DEFAULT_TREE,
    UNCATEGORISED,
    UNCATEGORISED_TYPE,
    Equity,
    Kind,
)
from fintrack.core.folding import fold
from fintrack.core.text import translate
from fintrack.models.ledger import Account
from fintrack.services.commands import Work
from fintrack.services.ledger import rows
from fintrack.services.sample import story

# Kind and parent of each default category by its message id.
_TREE: dict[str, tuple[Kind, str | None]] = {
    **{b.name: (kind, None) for kind, tree in DEFAULT_TREE.items() for b in tree},
    **{name: (kind, None) for kind, name in UNCATEGORISED.items()},
    **{
        child: (kind, branch.name)
        for kind, tree in DEFAULT_TREE.items()
        for branch in tree
        for child in branch.children
    },
}


@dataclass(frozen=True, slots=True)
class Places:
    """The id of each place by its message id, and those that did not exist before."""

    ids: Mapping[str, int]
    made: tuple[int, ...]


async def open_places(
    work: Work, categories: Collection[str], *, until: date, language: str
) -> Places:
    """Makes the accounts of the story, and of ``categories`` those that are missing.

    An account whose name is taken gets a number behind it.
    """
    accounts = await _open_accounts(work, until, language)
    made = [account.id for account in accounts.values()]
    ids = {name: account.id for name, account in accounts.items()}
    parents = {parent for name in categories if (parent := _TREE[name][1])}
    tops = parents | {name for name in categories if _TREE[name][1] is None}
    opened_on = story.first_day(until)
    for level in (sorted(tops), sorted(set(categories) - tops)):
        found = await _open_categories(work, level, ids, opened_on, language)
        ids |= {name: category.id for name, (category, _) in found.items()}
        made += [category.id for category, is_new in found.values() if is_new]
    equity = {str(which): await rows.equity_account(work, which) for which in Equity}
    return Places(ids | equity, tuple(made))


async def _open_accounts(work: Work, until: date, language: str) -> dict[str, Account]:
    taken = await work.session.scalars(
        select(col(Account.name_folded)).where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.kind).in_(ACCOUNT_KINDS),
            col(Account.closed_on).is_(None),
        )
    )
    names = set(taken.all())
    accounts = {}
    for one in story.ACCOUNTS:
        name = _free_name(translate(one.name, language), names)
        accounts[one.name] = Account(
            ledger_id=work.ledger_id,
            kind=one.type.kind,
            type=one.type,
            name=name,
            name_folded=fold(name),
            currency=one.opening.currency,
            opened_on=story.first_day(until),
            closed_on=story.closing_day(until) if one.name == story.OLD else None,
        )
    work.session.add_all(accounts.values())
    await work.session.flush()
    return accounts


def _free_name(name: str, taken: Collection[str]) -> str:
    names = chain([name], (f"{name} {number}" for number in count(2)))
    return next(free for free in names if fold(free) not in taken)


async def _open_categories(
    work: Work,
    names: list[str],
    ids: Mapping[str, int],
    opened_on: date,
    language: str,
) -> dict[str, tuple[Account, bool]]:
    """One level of categories, each with whether it is new; ``ids`` has the parents."""
    present = await work.session.scalars(
        select(Account).where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.kind).in_(CATEGORY_KINDS),
            col(Account.closed_on).is_(None),
        )
    )
    known = {_place(category): category for category in present}
    wanted = {name: _category(work, name, ids, opened_on, language) for name in names}
    found = {
        name: (known.get(_place(category), category), _place(category) not in known)
        for name, category in wanted.items()
    }
    for category, is_new in found.values():
        if is_new:
            work.session.add(category)
    await work.session.flush()
    return found


def _category(
    work: Work, name: str, ids: Mapping[str, int], opened_on: date, language: str
) -> Account:
    kind, parent = _TREE[name]
    said = translate(name, language)
    return Account(
        ledger_id=work.ledger_id,
        kind=kind,
        type=UNCATEGORISED_TYPE if name in UNCATEGORISED.values() else CATEGORY_TYPE,
        name=said,
        name_folded=fold(said),
        parent_id=ids[parent] if parent else None,
        opened_on=opened_on,
    )


def _place(category: Account) -> tuple[str, int | None, str]:
    """What makes two categories the same one, whatever people called the last."""
    is_last = category.type == UNCATEGORISED_TYPE
    return (
        category.kind,
        category.parent_id,
        UNCATEGORISED_TYPE if is_last else category.name_folded,
    )
