"""Dates of what comes again: each is booked or skipped once, whoever is first."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.entries import Unlock
from fintrack.core.errors import Conflict, InvalidInput, NotFound
from fintrack.core.item_checks import NOTHING_ARRIVES, ONE_CURRENCY, TAKES_OUT
from fintrack.core.money import Money
from fintrack.core.recurrence import (
    BOOKED,
    PROPOSED,
    SKIPPED,
    Occurrence,
    dates_due,
    dates_open,
    turn_of,
)
from fintrack.core.text import message_id
from fintrack.models.imports import ImportBatch
from fintrack.models.ledger import Account, Transaction
from fintrack.models.recurring import RecurringItem, RecurringOccurrence
from fintrack.services.commands import Work, command
from fintrack.services.ledger import locking, reading, rows, writing
from fintrack.services.ledger.matching import settle_matches
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.recurring import item_rows
from fintrack.services.recurring.item_rows import ItemView, NewItem

DEALT_WITH = message_id("This date was already dealt with.")
# What this undo brought again, with what else stands near it. What came with it stood
# beside it before, when the rule was another; what was due before its dates are counted
# stands for no other.
_BROUGHT = text(
    "SELECT o.item_id, o.rule_on, b.rule_on AS other_on FROM change_row r "
    "JOIN recurring_occurrence o ON o.ledger_id = :ledger_id AND o.id = r.row_id "
    "JOIN recurring_item i ON i.ledger_id = o.ledger_id AND i.id = o.item_id "
    "AND o.due_on >= i.counts_from "
    "JOIN recurring_occurrence b ON b.ledger_id = o.ledger_id "
    "AND b.item_id = o.item_id AND b.id <> o.id AND b.due_on >= i.counts_from "
    "AND b.rule_on BETWEEN o.rule_on - 31 AND o.rule_on + 31 "
    "WHERE r.change_set_id = :change_id AND r.table_name = 'recurring_occurrence' "
    "AND r.before IS NULL AND NOT EXISTS (SELECT FROM change_row c "
    "WHERE c.change_set_id = :change_id AND c.table_name = r.table_name "
    "AND c.row_id = b.id AND c.before IS NULL)"
)
# A weekend moves a date by so much at most.
_NEAR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DateMark:
    """One date of an item, told by the day of its rule."""

    item_id: int
    rule_on: date


@dataclass(frozen=True, slots=True)
class Booking:
    """A date to book; day and amounts are those of the item unless they are given.

    ``unlock`` says what it may enter of what is reconciled.
    """

    item_id: int
    rule_on: date
    on_date: date | None = None
    amount: Money | None = None
    received: Money | None = None
    unlock: Unlock = False


@command("recurring.book", ledger=LedgerRole.EDITOR)
async def book_date(work: Work, booking: Booking) -> TransactionView:
    """Books a date that is proposed, or one to come ahead of its day.

    Raises:
        NotFound: the item is not in this ledger, or has no such date.
        Conflict: the date was dealt with, or an account is closed.
        Reconciled: the day is locked on an account.
        InvalidInput: an impossible day or amount.
    """
    item = await rows.find(work, RecurringItem, booking.item_id)
    found = await _open_date(work, item, booking.rule_on)
    is_transfer = await item_rows.is_account(work, item.other_id)
    _check_amounts(item, booking, is_transfer=is_transfer)
    touched, day = (item.account_id, item.other_id), booking.on_date or found.due_on
    await locking.guard_day(work, touched, day, unlock=booking.unlock)
    transaction = await book(work, item, found, booking)
    matched = await settle_matches(work)
    return replace(await reading.view(work, transaction.id), matched=matched)


@command("recurring.skip", ledger=LedgerRole.EDITOR)
async def skip_date(work: Work, mark: DateMark) -> ItemView:
    """Leaves a date out: one that is proposed, or one to come; the item after it.

    Raises:
        NotFound: the item is not in this ledger, or has no such date.
        Conflict: the date was dealt with.
    """
    item = await rows.find(work, RecurringItem, mark.item_id)
    row = await _open_date(work, item, mark.rule_on)
    row.outcome = SKIPPED
    work.session.add(row)
    await work.session.flush()
    return await item_rows.view(work, item.id)


async def book(
    work: Work,
    item: RecurringItem,
    row: RecurringOccurrence,
    booking: Booking | None = None,
) -> Transaction:
    """Writes the transaction of a date and keeps that it was booked.

    Whoever books the last one settles the matches of all.
    """
    new, on_date = as_new(item), row.due_on
    if booking is not None:
        new = replace(
            new,
            amount=booking.amount or new.amount,
            received=booking.received or new.received,
        )
        on_date = booking.on_date or on_date
    is_transfer = await item_rows.is_account(work, item.other_id)
    entry = item_rows.entry_of(new, on_date, is_transfer=is_transfer)
    transaction = await writing.write_transaction(work, entry)
    if item.import_id is not None:
        # What sample data or moved books bring about goes with them, as what nobody
        # edited: versions of an import and of its rows rise together.
        batch = await rows.find(work, ImportBatch, item.import_id)
        transaction.import_id, transaction.version = batch.id, batch.version
    row.outcome = BOOKED
    row.transaction_id, row.booked_on = transaction.id, transaction.on_date
    work.session.add(row)
    await work.session.flush()
    return transaction


async def check_turns(work: Work) -> None:
    """Refuses an undo that brings a date again beside another of the same turn.

    Raises:
        Conflict: the other one was dealt with meanwhile, by a rule that was changed.
    """
    values = {"ledger_id": work.ledger_id, "change_id": work.change_id}
    for row in (await work.session.execute(_BROUGHT, values)).all():
        item = await rows.find(work, RecurringItem, row.item_id)
        rule = item_rows.rule_of(item)
        if turn_of(rule, row.rule_on) == turn_of(rule, row.other_on):
            raise Conflict(DEALT_WITH)


def new_date(
    work: Work, item: RecurringItem, found: Occurrence, outcome: str
) -> RecurringOccurrence:
    """The row of a date that nobody has dealt with; not yet in the session."""
    return RecurringOccurrence(
        ledger_id=item.ledger_id,
        item_id=item.id,
        rule_on=found.rule_on,
        due_on=found.due_on,
        outcome=outcome,
        created_at=work.now,
    )


def as_new(item: RecurringItem) -> NewItem:
    """What an item says, as it would be given."""
    return NewItem(
        name=item.name,
        account_id=item.account_id,
        other_id=item.other_id,
        amount=Money(item.amount_minor, item.currency),
        rule=item_rows.rule_of(item),
        is_automatic=item.is_automatic,
        received=item_rows.received_of(item),
    )


async def are_open(work: Work, *account_ids: int) -> bool:
    """Whether none of these accounts and categories is closed or read only."""
    closed = await work.session.scalar(
        select(func.count())
        .select_from(Account)
        .where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.id).in_(account_ids),
            col(Account.closed_on).is_not(None),
        )
    )
    return not closed and not {*account_ids} & await rows.find_surplus(work)


def _check_amounts(item: RecurringItem, booking: Booking, *, is_transfer: bool) -> None:
    if booking.amount is not None and not booking.amount.minor:
        raise InvalidInput("Please enter an amount other than zero.", field="amount")
    if booking.amount is not None and is_transfer and booking.amount.minor > 0:
        raise InvalidInput(TAKES_OUT, field="amount")
    if booking.received is None:
        return
    if item.received_minor is None:
        raise InvalidInput(ONE_CURRENCY, field="received")
    if booking.received.minor <= 0:
        raise InvalidInput(NOTHING_ARRIVES, field="received")


async def _open_date(
    work: Work, item: RecurringItem, rule_on: date
) -> RecurringOccurrence:
    """The proposal of a date, or a new row for one that nobody has dealt with."""
    row: RecurringOccurrence | None = await work.session.scalar(
        select(RecurringOccurrence).where(
            col(RecurringOccurrence.item_id) == item.id,
            col(RecurringOccurrence.rule_on) == rule_on,
        )
    )
    if row is not None and row.outcome != PROPOSED:
        raise Conflict(DEALT_WITH)
    if row is not None:
        return row
    rule = item_rows.rule_of(item)
    near = max(rule_on - _NEAR, item.counts_from), rule_on + _NEAR
    handled = await item_rows.read_handled_of(work, item.id)
    found = next(
        (one for one in dates_due(rule, *near) if one.rule_on == rule_on), None
    )
    if found is None:
        raise NotFound
    if found not in dates_open(rule, handled, *near, counts_from=item.counts_from):
        raise Conflict(DEALT_WITH)
    return new_date(work, item, found, PROPOSED)
