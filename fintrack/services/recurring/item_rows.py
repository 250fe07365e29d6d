"""Rows of what comes again: filled, read, and turned into transactions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, select, text
from sqlalchemy.orm import aliased
from sqlmodel import col

from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS
from fintrack.core.entries import LAST_DAY, Entry, Part, Slot
from fintrack.core.errors import NotFound
from fintrack.core.money import Money
from fintrack.core.recurrence import Occurrence, Pattern, Rule, Shift, dates_open
from fintrack.models.ledger import Account
from fintrack.models.recurring import RecurringItem, RecurringOccurrence
from fintrack.services.commands import Work
from fintrack.services.ledger import rows
from fintrack.services.ledger.days import ledger_today

# Its turn begins in this month or in that of so many days before: a weekend moves a
# date by less than three days, and a week has begun at most six before its day.
_NEAR = timedelta(days=9)
_ACCOUNT, _OTHER = aliased(Account), aliased(Account)
_HANDLED = text(
    "SELECT item_id, due_on, rule_on FROM recurring_occurrence "
    "WHERE ledger_id = :ledger_id AND rule_on >= :since"
)


@dataclass(frozen=True, slots=True)
class NewItem:
    """What comes again; ``amount`` is positive into the account.

    ``other_id`` is a category, or the account that a transfer goes to; what arrives
    there in another currency is ``received``. What is ``is_automatic`` is booked on its
    day, else it is proposed.
    """

    name: str
    account_id: int
    other_id: int
    amount: Money
    rule: Rule
    is_automatic: bool = False
    received: Money | None = None


@dataclass(frozen=True, slots=True)
class ItemView:
    """What comes again as people see it; dates before ``counts_from`` are not its own.

    ``next`` is the first date from today on that nobody has dealt with; ``is_blocked``
    says that nothing can be booked: an account or category is closed, or an account is
    ``is_read_only`` because it is beyond the plan.
    """

    id: int
    name: str
    account_id: int
    account_name: str
    other_id: int
    other_name: str
    other_kind: str
    amount: Money
    received: Money | None
    rule: Rule
    is_automatic: bool
    is_blocked: bool
    is_read_only: bool
    counts_from: date
    next: Occurrence | None
    version: int

    @property
    def is_transfer(self) -> bool:
        """Whether it goes to another account."""
        return self.other_kind in ACCOUNT_KINDS

    @property
    def other_moves(self) -> Money:
        """What comes to the other account, in its own currency; positive is into it."""
        return self.received or -self.amount


Handled = Mapping[int, AbstractSet[Occurrence]]
"""Dates that were dealt with, for the id of an item."""


async def read_items(
    work: Work, today: date, item_id: int | None = None
) -> list[ItemView]:
    """All items, or the one of this id, with their next dates."""
    query = _viewed().where(col(RecurringItem.ledger_id) == work.ledger_id)
    if item_id is not None:
        query = query.where(col(RecurringItem.id) == item_id)
    found = (await work.session.execute(query)).all()
    if not found:
        return []
    handled = await read_handled(work, today)
    surplus = await rows.find_surplus(work)
    return [_to_view(*row, handled, today, surplus) for row in found]


async def view(work: Work, item_id: int) -> ItemView:
    """One item.

    Raises:
        NotFound: it does not exist in this ledger.
    """
    found = await read_items(work, await ledger_today(work), item_id)
    if not found:
        raise NotFound
    return found[0]


async def read_handled(work: Work, since: date) -> Handled:
    """What was dealt with of the dates that are due from ``since`` on, or more."""
    values = {"ledger_id": work.ledger_id, "since": (since - _NEAR).replace(day=1)}
    handled: dict[int, set[Occurrence]] = defaultdict(set)
    found = await work.session.execute(_HANDLED, values)
    for item_id, due_on, rule_on in found.all():
        handled[item_id].add(Occurrence(due_on, rule_on))
    return handled


async def read_handled_of(work: Work, item_id: int) -> AbstractSet[Occurrence]:
    """All dates of an item that were dealt with."""
    found = await work.session.execute(
        select(col(RecurringOccurrence.due_on), col(RecurringOccurrence.rule_on)).where(
            col(RecurringOccurrence.item_id) == item_id
        )
    )
    return frozenset(Occurrence(due_on, rule_on) for due_on, rule_on in found.all())


def open_dates(
    item: ItemView, handled: Handled, start: date, end: date
) -> Iterator[Occurrence]:
    """The dates from ``start`` up to but without ``end`` that nobody has dealt with."""
    dealt_with = handled.get(item.id, frozenset())
    return dates_open(item.rule, dealt_with, start, end, counts_from=item.counts_from)


async def is_account(work: Work, other_id: int) -> bool:
    """Whether it is an account of this ledger, so that money is moved there."""
    kind = await work.session.scalar(
        select(col(Account.kind)).where(
            col(Account.ledger_id) == work.ledger_id, col(Account.id) == other_id
        )
    )
    return kind in ACCOUNT_KINDS


def columns_of(new: NewItem) -> dict[str, Any]:
    """What was given, by the columns of its row."""
    rule = new.rule
    return {
        "name": " ".join(new.name.split()),
        "account_id": new.account_id,
        "other_id": new.other_id,
        "amount_minor": new.amount.minor,
        "currency": new.amount.currency,
        "received_minor": new.received.minor if new.received else None,
        "received_currency": new.received.currency if new.received else None,
        "pattern": rule.pattern,
        "every": rule.every,
        "day": rule.day,
        "week": rule.week,
        "weekday": rule.weekday,
        "starts_on": rule.starts_on,
        "ends_on": rule.ends_on,
        "shift": rule.shift,
        "is_automatic": new.is_automatic,
    }


def rule_of(row: RecurringItem) -> Rule:
    """The rule that stands in the columns."""
    return Rule(
        pattern=Pattern(row.pattern),
        starts_on=row.starts_on,
        every=row.every,
        day=row.day,
        week=row.week,
        weekday=row.weekday,
        ends_on=row.ends_on,
        shift=Shift(row.shift),
    )


def received_of(row: RecurringItem) -> Money | None:
    """What arrives in another currency, or None."""
    if row.received_minor is None or row.received_currency is None:
        return None
    return Money(row.received_minor, row.received_currency)


def entry_of(new: NewItem, on_date: date, *, is_transfer: bool) -> Entry:
    """The transaction of one date; a transfer has no payee, but a description."""
    either = (*ACCOUNT_KINDS, *CATEGORY_KINDS)
    arrives = "received" if new.received else "amount"
    other = Slot("other_id", either, arrives, arrives)
    parts = (
        Part(new.account_id, new.amount, slot=Slot("account_id", ACCOUNT_KINDS)),
        Part(new.other_id, new.received or -new.amount, slot=other),
    )
    name = " ".join(new.name.split())
    payee, description = ("", name) if is_transfer else (name, "")
    return Entry(on_date, parts, payee=payee, description=description)


def _viewed() -> Select[RecurringItem, Account, Account]:
    own = col(RecurringItem.ledger_id)
    return (
        select(RecurringItem, _ACCOUNT, _OTHER)
        .join(
            _ACCOUNT,
            and_(
                col(_ACCOUNT.ledger_id) == own,
                col(_ACCOUNT.id) == col(RecurringItem.account_id),
            ),
        )
        .join(
            _OTHER,
            and_(
                col(_OTHER.ledger_id) == own,
                col(_OTHER.id) == col(RecurringItem.other_id),
            ),
        )
        .order_by(col(RecurringItem.id))
    )


def _to_view(
    row: RecurringItem,
    account: Account,
    other: Account,
    handled: Handled,
    today: date,
    surplus: frozenset[int],
) -> ItemView:
    rule = rule_of(row)
    is_read_only = not surplus.isdisjoint((account.id, other.id))
    dealt_with = handled.get(row.id, frozenset())
    coming = dates_open(rule, dealt_with, today, LAST_DAY, counts_from=row.counts_from)
    return ItemView(
        id=row.id,
        name=row.name,
        account_id=account.id,
        account_name=account.name,
        other_id=other.id,
        other_name=other.name,
        other_kind=other.kind,
        amount=Money(row.amount_minor, row.currency),
        received=received_of(row),
        rule=rule,
        is_automatic=row.is_automatic,
        is_blocked=is_read_only or bool(account.closed_on or other.closed_on),
        is_read_only=is_read_only,
        counts_from=row.counts_from,
        next=next(coming, None),
        version=row.version,
    )
