"""What comes again: added, edited, ended, listed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import Kind
from fintrack.core.entries import LAST_DAY
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.core.folding import fold
from fintrack.core.item_checks import SAME_PLACE, Other, check_amounts, check_name
from fintrack.core.recurrence import (
    MOST_ITEMS,
    Rule,
    check_rule,
    dates_due,
    dates_open,
    has_same_turns,
    lasting,
)
from fintrack.models.ledger import Account
from fintrack.models.recurring import RecurringItem
from fintrack.services.commands import Work, command, question
from fintrack.services.ledger import rows, writing
from fintrack.services.ledger.days import ledger_today
from fintrack.services.ledger.matching import settle_matches
from fintrack.services.recurring import item_rows
from fintrack.services.recurring.item_rows import ItemView, NewItem
from fintrack.services.recurring.settling import look_again, settle_item


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What an item is to say, all of it, by somebody who saw it at ``version``."""

    item_id: int
    version: int
    item: NewItem


@dataclass(frozen=True, slots=True)
class ItemEnd:
    """The last day on which an item may be due."""

    item_id: int
    version: int
    on: date


@command("recurring.add", ledger=LedgerRole.EDITOR)
async def add_item(work: Work, new: NewItem) -> ItemView:
    """Adds what comes again; dates before today are not made up for.

    Raises:
        InvalidInput: an impossible rule, amount or name, or another currency than the
            account has.
        NotFound: an account or category that is not in this ledger.
        Conflict: one that is closed, or there are too many items already.
    """
    today = await ledger_today(work)
    await check_room(work, today)
    row = await write_item(work, new, counts_from=today)
    await settle_item(work, row, today)
    await settle_matches(work)
    await look_again(work)
    return await item_rows.view(work, row.id)


@command("recurring.edit", ledger=LedgerRole.EDITOR)
async def edit_item(work: Work, change: ItemChange) -> ItemView:
    """Replaces what an item says; what is due by the old rule is handled first.

    What waits for a yes takes the new words. No date before today is made up for; a
    day, week or month in which it was dealt with is done with, whatever the day was,
    unless other turns are counted now.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput, NotFound, Conflict: as for a new one.
    """
    row = await rows.find(work, RecurringItem, change.item_id)
    rows.check_version(row.version, change.version)
    await _check(work, change.item)
    today = await ledger_today(work)
    await settle_item(work, row, today)
    row.counts_from = await _counts_from(work, row, change.item.rule, today)
    for name, value in item_rows.columns_of(change.item).items():
        setattr(row, name, value)
    row.version += 1
    await work.session.flush()
    await settle_item(work, row, today)
    await settle_matches(work)
    await look_again(work)
    return await item_rows.view(work, row.id)


@command("recurring.end", ledger=LedgerRole.EDITOR)
async def end_item(work: Work, end: ItemEnd) -> ItemView:
    """Ends an item: nothing is due after the given day.

    Raises:
        StaleVersion: somebody changed it since it was read.
        Conflict: it ends before that day anyway.
    """
    row = await rows.find(work, RecurringItem, end.item_id)
    rows.check_version(row.version, end.version)
    if row.ends_on is not None and row.ends_on <= end.on:
        raise Conflict("This ends by then already.")
    row.ends_on = end.on
    row.version += 1
    await work.session.flush()
    return await item_rows.view(work, row.id)


@question("recurring.list", ledger=LedgerRole.VIEWER)
async def list_items(work: Work) -> list[ItemView]:
    """All items, the next one first and those that have ended last."""
    found = await item_rows.read_items(work, await ledger_today(work))

    def place(item: ItemView) -> tuple[date, str]:
        return (item.next.due_on if item.next else date.max, fold(item.name))

    return sorted(found, key=place)


@question("recurring.find", ledger=LedgerRole.VIEWER)
async def find_item(work: Work, item_id: int) -> ItemView:
    """One item.

    Raises:
        NotFound: it does not exist in this ledger.
    """
    return await item_rows.view(work, item_id)


async def write_item(
    work: Work,
    new: NewItem,
    *,
    counts_from: date,
    import_id: int | None = None,
    was_there: bool = False,
) -> RecurringItem:
    """Writes one, and handles none of its dates.

    One that ``was_there`` before may speak of what is closed, or have been ended before
    it starts.

    Raises:
        InvalidInput, NotFound, Conflict: as ``add_item``.
    """
    await _check(work, new, was_there=was_there)
    row = RecurringItem(
        ledger_id=work.ledger_id,
        counts_from=counts_from,
        import_id=import_id,
        created_at=work.now,
        **item_rows.columns_of(new),
    )
    work.session.add(row)
    await work.session.flush()
    return row


async def check_room(work: Work, today: date, wanted: int = 1) -> None:
    """Refuses so many more items than have not ended.

    Raises:
        Conflict: a ledger has at most 500 of these.
    """
    count = await work.session.scalar(
        select(func.count())
        .select_from(RecurringItem)
        .where(
            col(RecurringItem.ledger_id) == work.ledger_id,
            or_(
                col(RecurringItem.ends_on).is_(None),
                col(RecurringItem.ends_on) >= today,
            ),
        )
    )
    if (count or 0) + wanted > MOST_ITEMS:
        raise Conflict(
            "A ledger has at most {limit} recurring items.", limit=MOST_ITEMS
        )


async def _check(work: Work, new: NewItem, *, was_there: bool = False) -> None:
    """Refuses what could not be booked on any of its days."""
    check_name(new.name)
    check_rule(lasting(new.rule) if was_there else new.rule)
    if new.account_id == new.other_id:
        raise InvalidInput(SAME_PLACE, field="other_id")
    other = await rows.find(work, Account, new.other_id)
    place = Other(other.name, Kind(other.kind), other.currency)
    check_amounts(new.amount, new.received, place)
    entry = item_rows.entry_of(new, new.rule.starts_on, is_transfer=False)
    await writing.complete_parts(
        work, entry, equity=writing.NO_EQUITY, closed_too=was_there
    )


async def _counts_from(work: Work, row: RecurringItem, rule: Rule, today: date) -> date:
    """From which day on the dates of a new rule are the item's own.

    Also what was dealt with from then on tells which of its turns are done. So it stays
    where it is for the same bill, except behind dates that are over and were none
    before; where other turns are counted, it is the first date to come.
    """
    before = item_rows.rule_of(row)
    coming = next(dates_due(rule, today, LAST_DAY), None)
    first = coming.due_on if coming else today
    if not has_same_turns(rule, before):
        return first
    since = row.counts_from
    # A weekend alone moves what is still to be paid: it must not get lost.
    if replace(rule, shift=before.shift) != before:
        handled = await item_rows.read_handled_of(work, row.id)
        over = list(dates_open(rule, handled, since, today, counts_from=since))
        since = over[-1].due_on + timedelta(days=1) if over else since
    return min(since, first)
