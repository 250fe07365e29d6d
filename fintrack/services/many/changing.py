"""One change of many transactions: one step in the history, taken back at once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, Kind
from fintrack.core.entries import FAR_DAY, FIRST_DAY, LAST_DAY
from fintrack.core.errors import InvalidInput
from fintrack.core.folding import fold
from fintrack.models.ledger import Account
from fintrack.services.commands import Work, command
from fintrack.services.ledger import rows
from fintrack.services.ledger.matching import settle_matches
from fintrack.services.many.deeds import (
    Deed,
    MakeVoid,
    MarkCleared,
    Reason,
    Retag,
    ToAccount,
    ToCategory,
    ToDay,
)
from fintrack.services.many.locked import find_late
from fintrack.services.many.selecting import Found, Selectee, Selection, find_selection
from fintrack.services.tags.rows import MAX_TAGS, clean_tag


@dataclass(frozen=True, slots=True)
class ManyChange:
    """One thing to do with each; tags to add and to remove count as one.

    ``account_id`` is where the money moves; beside ``cleared`` the account on which it
    is marked, each that it is on without one.
    """

    category_id: int | None = None
    account_id: int | None = None
    on_date: date | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    void: bool = False
    cleared: bool | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Transactions that were left as they were, for one reason."""

    reason: Reason
    transaction_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ManyChanged:
    """How many took the change, and those that did not.

    ``matched`` rows of other accounts are void now: their banks had told the same.
    """

    changed: int
    left: tuple[LeftOut, ...]
    matched: int = 0


@command("transaction.change_many", ledger=LedgerRole.EDITOR)
async def change_many(
    work: Work, selection: Selection, change: ManyChange
) -> ManyChanged:
    """Does one thing with every transaction of a selection that takes it.

    What is void, was changed since it was seen, is held by a reconciliation or beyond
    the plan, has no place for it, or would come into a reconciled period is left as it
    was and said so.

    Raises:
        InvalidInput: not exactly one thing to do, or what cannot be.
        NotFound: an account, a category or every id is not in this ledger.
        Conflict: the account or category is closed.
        PlanLimit: the account is beyond the plan.
        StaleVersion: a filter keeps other transactions than those that were sealed.
        TooLarge: too many at once.
    """
    deed = await _deed_of(work, change)
    found = await find_selection(work, selection)
    late = await find_late(work, deed, found.selectees)
    able, left = _sort(found, deed, late)
    matched = 0
    if able:
        await deed.write(work, able)
        matched = await settle_matches(work)
        await rows.check_chart(work)
    return ManyChanged(len(able), left, matched)


async def _deed_of(work: Work, change: ManyChange) -> Deed:
    tags = change.add_tags or change.remove_tags
    marks = change.cleared is not None
    target = None if marks else change.account_id
    given = (change.category_id, target, change.on_date, tags, change.void, marks)
    if sum(map(bool, given)) != 1:
        raise InvalidInput("Please choose one thing to change.")
    if change.category_id:
        category = await _open(work, change.category_id, CATEGORY_KINDS, "category_id")
        deed: Deed = ToCategory(category.id)
    elif target:
        account = await _open(work, target, ACCOUNT_KINDS, "account_id")
        deed = ToAccount(account.id, account.currency or "")
    elif change.on_date:
        if not FIRST_DAY <= change.on_date < LAST_DAY:
            raise InvalidInput(FAR_DAY, field="on_date")
        deed = ToDay(change.on_date)
    elif tags:
        deed = _retag(change)
    elif marks:
        deed = await _mark(work, change)
    else:
        deed = MakeVoid()
    return deed


async def _mark(work: Work, change: ManyChange) -> MarkCleared:
    if change.account_id:
        await _find(work, change.account_id, ACCOUNT_KINDS, "account_id")
    return MarkCleared(work.now if change.cleared else None, change.account_id)


async def _open(
    work: Work, account_id: int, kinds: tuple[Kind, ...], field: str
) -> Account:
    account = await _find(work, account_id, kinds, field)
    await rows.check_writable(work, account)
    return account


async def _find(
    work: Work, account_id: int, kinds: tuple[Kind, ...], field: str
) -> Account:
    account = await rows.find(work, Account, account_id)
    if account.kind not in kinds:
        raise InvalidInput(
            "This is not an account."
            if kinds == ACCOUNT_KINDS
            else "This is not a category.",
            field=field,
        )
    return account


def _retag(change: ManyChange) -> Retag:
    add = tuple(clean_tag(name, field="add_tags") for name in change.add_tags)
    remove = tuple(clean_tag(name, field="remove_tags") for name in change.remove_tags)
    if len(add) > MAX_TAGS:
        raise InvalidInput("At most {limit} tags.", field="add_tags", limit=MAX_TAGS)
    if set(map(fold, add)) & set(map(fold, remove)):
        raise InvalidInput("A tag cannot be added and removed.", field="add_tags")
    return Retag(add, remove)


def _sort(
    found: Found, deed: Deed, late: frozenset[int]
) -> tuple[list[Selectee], tuple[LeftOut, ...]]:
    """Those that take the deed, and the rest by reason, most of one kind first."""
    able: list[Selectee] = []
    left: dict[Reason, list[int]] = defaultdict(list)
    left[Reason.STALE] += found.stale
    left[Reason.GONE] += found.gone
    for one in found.selectees:
        reason = Reason.VOID if one.is_void else deed.why_not(one)
        if reason is None and one.id in late:
            reason = Reason.LOCKED
        if reason:
            left[reason].append(one.id)
        else:
            able.append(one)
    sizes = sorted(left.items(), key=lambda pair: -len(pair[1]))
    return able, tuple(LeftOut(reason, tuple(ids)) for reason, ids in sizes if ids)
