"""Rules, recurring items and templates of a file come in with the whole books."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.book_fields import FIELD, naming
from fintrack.core.copy_lines import copy_lines
from fintrack.core.errors import InvalidInput
from fintrack.core.folding import fold
from fintrack.core.moved_items import NO_ITEM, MovedDate, MovedItem
from fintrack.core.moved_rules import NO_RULE, MovedRule
from fintrack.core.moved_templates import NO_TEMPLATE, placed
from fintrack.core.recurrence import dates_open
from fintrack.core.text import message_id
from fintrack.core.whole_books import Habits
from fintrack.models.ledger import Account
from fintrack.models.recurring import RecurringItem
from fintrack.models.rules import Rule
from fintrack.models.templates import Template
from fintrack.services.bulk import copy_in
from fintrack.services.commands import Work
from fintrack.services.ledger.days import ledger_today
from fintrack.services.recurring import item_rows, items
from fintrack.services.recurring.item_rows import NewItem
from fintrack.services.recurring.settling import look_again
from fintrack.services.rules.rule_rows import NewRule, next_position, write_rule
from fintrack.services.rules.rulebook import check_rulebook, load_rulebook
from fintrack.services.templates.keeping import write_template

# What was due since the file was written is booked in one go.
MOST_OPEN: Final = 2_000
TOO_LATE = message_id(
    "More than {limit} dates of recurring items of the file would be due at once."
)
_DATES: Final = (
    "COPY recurring_occurrence (ledger_id, item_id, rule_on, due_on, outcome, "
    "transaction_id, booked_on, created_at) FROM STDIN"
)

Handled = tuple[MovedDate, int | None, date | None]
"""A date, and the id and the day of the transaction that stands for it."""


async def check_habits(work: Work, habits: Habits) -> None:
    """Refuses what has no room beside the habits that are here.

    Raises:
        Conflict: there would be too many rules or recurring items.
        InvalidInput: under ``file``: a template that is here has the name of another.
    """
    await next_position(work, len(habits.rules))
    today = await ledger_today(work)
    running = [one for one in habits.items if (one.rule.ends_on or today) >= today]
    await items.check_room(work, today, len(running))
    found = await work.session.scalars(
        select(col(Template.name_folded)).where(
            col(Template.ledger_id) == work.ledger_id
        )
    )
    here = frozenset(found)
    for one in habits.templates:
        with naming(NO_TEMPLATE, one.name):
            if fold(one.name) in here:
                raise InvalidInput("Another template already has this name.")


async def bring_habits(
    work: Work, habits: Habits, ids: Mapping[int, int], import_id: int
) -> list[RecurringItem]:
    """Writes the habits of a file; the items in their order, none of them settled.

    ``ids`` has each place by its number. What speaks of a closed account rests as it
    did; where that stays open here, a rule is off and an item waits for a yes.

    Raises:
        InvalidInput: under ``file``: what nobody could set up by hand either.
        Conflict: there would be too many of them.
        PlanLimit: a rule sends money where the plan lets one only read.
    """
    await check_habits(work, habits)
    habits = await _resting_on(work, habits, ids)
    await _bring_rules(work, [one.placed(ids) for one in habits.rules], import_id)
    for one in habits.templates:
        with naming(NO_TEMPLATE, one.name):
            new = placed(one, ids)
            await write_template(work, new, import_id=import_id, closed_too=True)
    today = await ledger_today(work)
    brought = [
        await _bring_item(work, one, ids, import_id=import_id, today=today)
        for one in habits.items
    ]
    handled = (date_ for one in habits.items for date_ in one.dates)
    await write_dates(work, brought, ((one, None, None) for one in handled))
    return brought


async def write_dates(
    work: Work, brought: Sequence[RecurringItem], handled: Iterable[Handled]
) -> None:
    """Keeps dates that were dealt with; a transaction stands for those booked."""
    lines = copy_lines(
        (
            work.ledger_id,
            brought[one.item].id,
            one.rule_on,
            one.due_on,
            one.outcome,
            transaction_id,
            booked_on,
            work.now,
        )
        for one, transaction_id, booked_on in handled
    )
    if lines:
        await copy_in(work.session, _DATES, lines)


async def have_settled(work: Work, brought: Sequence[RecurringItem]) -> None:
    """Has the job look at what is due since, once all dates dealt with are kept.

    Raises:
        InvalidInput: under ``file``: that is more than somebody may have missed.
    """
    past = await ledger_today(work) + timedelta(days=1)
    left = MOST_OPEN
    for item in brought:
        known = await item_rows.read_handled_of(work, item.id)
        rule, since = item_rows.rule_of(item), item.counts_from
        due = islice(dates_open(rule, known, since, past, counts_from=since), left + 1)
        # Long lists take a while: others have the event loop meanwhile.
        left -= len(await asyncio.to_thread(list, due))
        if left < 0:
            raise InvalidInput(TOO_LATE, field=FIELD, limit=MOST_OPEN)
    if brought:
        await look_again(work)


async def _resting_on(work: Work, habits: Habits, ids: Mapping[int, int]) -> Habits:
    """The same, and nothing starts by itself because an account stays open here."""
    found = await work.session.scalars(
        select(col(Account.id)).where(
            col(Account.ledger_id) == work.ledger_id, col(Account.closed_on).is_(None)
        )
    )
    open_ids = frozenset(found)
    open_here = frozenset(number for number, id_ in ids.items() if id_ in open_ids)
    rules = tuple(
        replace(one, is_on=False)
        if one.rests and one.actions.transfer_account_id in open_here
        else one
        for one in habits.rules
    )
    items_ = tuple(
        replace(one, is_automatic=False)
        if one.rests and {one.account, one.other} <= open_here
        else one
        for one in habits.items
    )
    return replace(habits, rules=rules, items=items_)


async def _bring_rules(work: Work, rules: Sequence[MovedRule], import_id: int) -> None:
    """All of them before one looks for circles: that takes long."""
    before = await load_rulebook(work)
    for position, one in enumerate(rules, await next_position(work)):
        row = Rule(
            ledger_id=work.ledger_id,
            position=position,
            needs_all=one.needs_all,
            is_on=one.is_on,
            import_id=import_id,
            created_at=work.now,
        )
        new = NewRule(one.conditions, one.actions, one.needs_all, one.tags)
        with naming(NO_RULE, one.name):
            await write_rule(work, row, new, closed_too=True)
    await check_rulebook(work, before, field=FIELD)


async def _bring_item(
    work: Work, one: MovedItem, ids: Mapping[int, int], *, import_id: int, today: date
) -> RecurringItem:
    new = NewItem(
        name=one.name,
        account_id=ids[one.account],
        other_id=ids[one.other],
        amount=one.amount,
        rule=one.rule,
        is_automatic=one.is_automatic,
        received=one.received,
    )
    with naming(NO_ITEM, one.name):
        return await items.write_item(
            work,
            new,
            counts_from=one.counts_from or today,
            import_id=import_id,
            was_there=True,
        )
