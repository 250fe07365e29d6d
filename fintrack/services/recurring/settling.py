"""Carries out what is due: booked or proposed, each date once after any downtime."""

from datetime import date, timedelta

from sqlalchemy import select, text
from sqlmodel import col

from fintrack.core.actor import SYSTEM, Actor, LedgerRole, Role
from fintrack.core.clock import day_in_zone
from fintrack.core.entries import FIRST_DAY
from fintrack.core.errors import FinTrackError
from fintrack.core.recurrence import PROPOSED, dates_open
from fintrack.models.recurring import RecurringItem
from fintrack.services.commands import Work, ask, command, perform, question
from fintrack.services.ledger.chain import find_locked_days
from fintrack.services.ledger.days import ledger_today
from fintrack.services.ledger.matching import settle_matches
from fintrack.services.recurring import handling, item_rows

_LEDGERS = text(
    "SELECT DISTINCT l.id, p.time_zone, r.through_on FROM recurring_item i "
    "JOIN ledger l ON l.id = i.ledger_id JOIN person p ON p.id = l.owner_id "
    "LEFT JOIN recurring_run r ON r.ledger_id = l.id ORDER BY l.id"
)
_REACHED = text(
    "INSERT INTO recurring_run (ledger_id, through_on) VALUES (:ledger_id, :today) "
    "ON CONFLICT (ledger_id) DO UPDATE "
    "SET through_on = greatest(recurring_run.through_on, excluded.through_on)"
)
_AGAIN = text("DELETE FROM recurring_run WHERE ledger_id = :ledger_id")
_IS_TOUCHED = text(
    "SELECT EXISTS (SELECT FROM change_row WHERE change_set_id = :id "
    "AND table_name IN ('recurring_item', 'recurring_occurrence'))"
)


async def settle_all() -> int:
    """Carries out the day in each ledger where a new one has begun; dates handled.

    A ledger that is busy or broken holds up no other; it is tried again at the next
    slot.

    Raises:
        FinTrackError: the first of the refusals, when all ledgers were tried.
    """
    handled, refusals = 0, list[FinTrackError]()
    for ledger_id in await ask(SYSTEM, find_unsettled):
        actor = Actor(role=Role.SYSTEM, ledger_id=ledger_id)
        try:
            handled += (await perform(actor, settle_ledger)).value
        except FinTrackError as refusal:
            refusals.append(refusal)
    if refusals:
        raise refusals[0]
    return handled


@question("recurring.unsettled", roles=frozenset({Role.SYSTEM}))
async def find_unsettled(work: Work) -> list[int]:
    """Ledgers with something that comes again, whose day is not carried out yet."""
    found = await work.session.execute(_LEDGERS)
    return [
        ledger_id
        for ledger_id, zone, through in found.all()
        if through is None or through < day_in_zone(work.now, zone)
    ]


@command(
    "recurring.settle",
    ledger=LedgerRole.EDITOR,
    roles=frozenset({Role.SYSTEM}),
    final="what is due would only be booked again; void it, or skip the date",
)
async def settle_ledger(work: Work) -> int:
    """Handles all dates of a ledger that are due today or were missed; how many."""
    today = await ledger_today(work)
    items = await work.session.scalars(
        select(RecurringItem)
        .where(col(RecurringItem.ledger_id) == work.ledger_id)
        .order_by(col(RecurringItem.id))
    )
    handled = 0
    for item in items.all():
        handled += await settle_item(work, item, today)
    await settle_matches(work)
    values = {"ledger_id": work.ledger_id, "today": today}
    await work.session.execute(_REACHED, values)
    return handled


async def look_again(work: Work) -> None:
    """Has the day of a ledger carried out once more, at the next slot.

    Its owner may have flown west, where the day that was carried out is still to come:
    what is added or changed there is due on it as well.
    """
    await work.session.execute(_AGAIN, {"ledger_id": work.ledger_id})


async def look_again_after(work: Work, change_id: int) -> None:
    """The same when a change was taken back that dealt with a date or an item."""
    if await work.session.scalar(_IS_TOUCHED, {"id": change_id}):
        await look_again(work)


async def settle_item(work: Work, item: RecurringItem, today: date) -> int:
    """Books or proposes what is due of one item up to and with ``today``; how many.

    The ledger's lock is held, and a date has one row: nobody handles it twice. What
    cannot be booked, because an account is closed or read only, or reconciled up to
    that day or later, is proposed.
    """
    known, count = await item_rows.read_handled_of(work, item.id), 0
    books = item.is_automatic and await handling.are_open(
        work, item.account_id, item.other_id
    )
    locked = await find_locked_days(work, (item.account_id, item.other_id))
    last = max(locked.values(), default=FIRST_DAY)
    rule, since = item_rows.rule_of(item), item.counts_from
    past = today + timedelta(days=1)
    for one in dates_open(rule, known, since, past, counts_from=since):
        row = handling.new_date(work, item, one, PROPOSED)
        if books and one.due_on > last:
            await handling.book(work, item, row)
        else:
            work.session.add(row)
        count += 1
    await work.session.flush()
    return count
