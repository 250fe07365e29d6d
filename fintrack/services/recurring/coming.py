"""The calendar: what comes, what waits for a yes, what was booked or skipped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, text

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import InvalidInput
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.recurrence import PROPOSED, Occurrence
from fintrack.services.commands import Work, question
from fintrack.services.ledger.chain import find_locked_days
from fintrack.services.ledger.days import ledger_today
from fintrack.services.recurring import item_rows
from fintrack.services.recurring.item_rows import ItemView

COMING = "coming"
MOST_DAYS = 400
MOST_WAITING = 200

# An amount that was changed while booking is the one that counts.
_DATES = (
    "SELECT o.item_id, o.rule_on, o.due_on, o.outcome, o.transaction_id, "
    "(SELECT t.voided_at IS NOT NULL FROM transaction t "
    "WHERE t.ledger_id = o.ledger_id AND t.id = o.transaction_id "
    "AND t.on_date = o.booked_on) AS is_void, "
    "(SELECT sum(p.amount_minor) FROM posting p WHERE p.ledger_id = o.ledger_id "
    "AND p.transaction_id = o.transaction_id AND p.on_date = o.booked_on "
    "AND p.account_id = i.account_id) AS minor "
    "FROM recurring_occurrence o JOIN recurring_item i "
    "ON i.ledger_id = o.ledger_id AND i.id = o.item_id WHERE o.ledger_id = :ledger_id "
)
_INSIDE = text(f"{_DATES} AND o.due_on >= :start AND o.due_on < :end")
_WAITING = text(
    f"{_DATES} AND o.outcome = 'proposed' ORDER BY o.due_on, o.id LIMIT :limit"
)


@dataclass(frozen=True, slots=True)
class Lock:
    """An account that is reconciled up to a day, that day included."""

    account_id: int
    account_name: str
    until: date


@dataclass(frozen=True, slots=True)
class Coming:
    """One date of an item; ``outcome`` is coming, proposed, booked or skipped.

    ``amount`` is positive into the item's account; ``other_moves`` is what comes to
    the other one, in its own currency. ``locks`` are in the way of one that is not
    dealt with: it is never booked by itself, and waits until somebody decides.
    ``is_void`` is one that was booked and whose transaction counts nowhere any more:
    it does not come again, since something else may stand for it.
    """

    item_id: int
    name: str
    account_id: int
    account_name: str
    other_id: int
    other_name: str
    other_kind: str
    is_automatic: bool
    rule_on: date
    due_on: date
    amount: Money
    other_moves: Money
    outcome: str
    transaction_id: int | None = None
    is_void: bool = False
    locks: tuple[Lock, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody has dealt with it."""
        return self.outcome in (COMING, PROPOSED)


@dataclass(frozen=True, slots=True)
class Calendar:
    """All dates of a span by day; ``waiting`` are proposals of whatever day."""

    dates: tuple[Coming, ...]
    waiting: tuple[Coming, ...]


@question("recurring.calendar", ledger=LedgerRole.VIEWER)
async def show_calendar(work: Work, *, start: date, end: date) -> Calendar:
    """The dates from ``start`` up to but without ``end``, by day and name.

    Raises:
        InvalidInput: the span is empty or longer than 400 days.
    """
    if not 0 < (end - start).days <= MOST_DAYS:
        raise InvalidInput(
            "Please ask for 1 to {limit} days.", field="until", limit=MOST_DAYS
        )
    items = await item_rows.read_items(work, await ledger_today(work))
    if not items:
        return Calendar((), ())
    inside = await read_dates(work, items, start, end)
    waiting = await read_waiting(work, items)
    locked = await find_locked_days(work, {i for one in items for i in _touched(one)})
    return Calendar(
        tuple(_with_locks(one, locked) for one in inside),
        tuple(_with_locks(one, locked) for one in waiting),
    )


async def read_dates(
    work: Work, items: list[ItemView], start: date, end: date
) -> tuple[Coming, ...]:
    """The dates of all items in a span, dealt with or not."""
    values = {"ledger_id": work.ledger_id, "start": start, "end": end}
    found = (await work.session.execute(_INSIDE, values)).all()
    handled = await item_rows.read_handled(work, start)
    coming = [
        _of(item, one)
        for item in items
        for one in item_rows.open_dates(item, handled, start, end)
    ]
    return tuple(sorted([*coming, *_with_outcomes(items, found)], key=_place))


async def read_waiting(work: Work, items: list[ItemView]) -> tuple[Coming, ...]:
    """What waits for a yes, the oldest first; at most 200."""
    values = {"ledger_id": work.ledger_id, "limit": MOST_WAITING}
    found = (await work.session.execute(_WAITING, values)).all()
    return _with_outcomes(items, found)


def _touched(one: ItemView | Coming) -> tuple[int, int]:
    return one.account_id, one.other_id


def _with_locks(one: Coming, locked: Mapping[int, date]) -> Coming:
    if not one.is_open:
        return one
    names = (one.account_name, one.other_name)
    found = [
        Lock(account_id, name, locked[account_id])
        for account_id, name in zip(_touched(one), names, strict=True)
        if account_id in locked and one.due_on <= locked[account_id]
    ]
    return replace(one, locks=tuple(found))


def _of(item: ItemView, one: Occurrence) -> Coming:
    return Coming(
        item_id=item.id,
        name=item.name,
        account_id=item.account_id,
        account_name=item.account_name,
        other_id=item.other_id,
        other_name=item.other_name,
        other_kind=item.other_kind,
        is_automatic=item.is_automatic,
        rule_on=one.rule_on,
        due_on=one.due_on,
        amount=item.amount,
        other_moves=item.other_moves,
        outcome=COMING,
    )


def _with_outcomes(
    items: list[ItemView], found: Sequence[Row[*tuple[Any, ...]]]
) -> tuple[Coming, ...]:
    """Dates that were dealt with, in the words of their items."""
    by_id = {item.id: item for item in items}
    dates = []
    for row in found:
        item = by_id[row.item_id]
        one = _of(item, Occurrence(row.due_on, row.rule_on))
        minor = item.amount.minor if row.minor is None else int(row.minor)
        dates.append(
            replace(
                one,
                amount=Money(minor, item.amount.currency),
                outcome=row.outcome,
                transaction_id=row.transaction_id,
                is_void=bool(row.is_void),
            )
        )
    return tuple(sorted(dates, key=_place))


def _place(one: Coming) -> tuple[date, str, date]:
    return (one.due_on, fold(one.name), one.rule_on)
