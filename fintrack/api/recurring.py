"""``/api/v1/recurring``: what comes again, its dates, forecasts and suggestions."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import Query, Response

from fintrack.api.currencies import Base
from fintrack.api.curves import PointShown, today_of
from fintrack.api.identity import SignedIn
from fintrack.api.money import MoneyShown, read_optional
from fintrack.api.recurring_shapes import (
    BookingGiven,
    CalendarShown,
    DismissedShown,
    ItemEdit,
    ItemEndGiven,
    ItemGiven,
    ItemShown,
    MarkGiven,
    SkipGiven,
    SuggestionShown,
)
from fintrack.api.resource import Resource
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import (
    Changed,
    Day,
    Id,
    IdempotencyKey,
    Page,
    PathId,
    View,
    changed,
    created,
)
from fintrack.api.transactions import TransactionShown
from fintrack.services.commands import ask, perform
from fintrack.services.recurring.coming import show_calendar
from fintrack.services.recurring.forecasting import forecast_balances
from fintrack.services.recurring.handling import (
    Booking,
    DateMark,
    book_date,
    skip_date,
)
from fintrack.services.recurring.items import (
    ItemChange,
    ItemEnd,
    add_item,
    edit_item,
    end_item,
    find_item,
    list_items,
)
from fintrack.services.recurring.suggesting import dismiss_suggestion, suggest_items
from fintrack.services.recurring.totalling import forecast_total

PLACE = "/v1/recurring"
ITEM = PLACE + "/{item_id}"
MONTH = timedelta(days=31)
routes = Routes()


class ForecastShown(View):
    """An account today and on each of the next 90 days.

    ``dry_on`` is the first day below zero of an account that holds money today.
    """

    account_id: Id
    name: str
    kind: str
    points: list[PointShown]
    lowest: PointShown
    dry_on: date | None


class ForecastTotalShown(View):
    """All open accounts together today and on each of the next 90 days.

    Each day is at the rates of today; what no rate brings into the base is in no point
    and stands in ``unconverted``, as of the last day.
    """

    points: list[PointShown]
    lowest: PointShown | None
    unconverted: list[MoneyShown]


item = Resource(ItemShown, find_item)


@routes.declare("GET", PLACE, access=PERSON, verb=list_items)
async def get_recurring(caller: SignedIn) -> Page[ItemShown]:
    """Lists what comes again, the next one first."""
    found = await ask(caller.actor, list_items)
    return Page(items=[ItemShown.model_validate(view) for view in found])


@routes.declare("POST", PLACE, access=PERSON, status=201, verb=add_item)
async def post_recurring(
    given: ItemGiven, caller: SignedIn, answer: Response, key: IdempotencyKey = None
) -> Changed[ItemShown]:
    """Adds a bill, an income or a transfer that comes again."""
    done = await perform(caller.actor, add_item, given.read(), key=key)
    return created(ItemShown, done, answer, PLACE)


@routes.declare("GET", PLACE + "/calendar", access=PERSON, verb=show_calendar)
async def get_recurring_calendar(
    caller: SignedIn,
    since: Annotated[Day | None, Query()] = None,
    until: Annotated[Day | None, Query()] = None,
) -> CalendarShown:
    """Gives the dates of a span, by itself the next 31 days; ``until`` is inside."""
    start = since or today_of(caller)
    end = until + timedelta(days=1) if until else start + MONTH
    found = await ask(caller.actor, show_calendar, start=start, end=end)
    return CalendarShown.model_validate(found)


@routes.declare("GET", PLACE + "/forecast", access=PERSON, verb=forecast_balances)
async def get_recurring_forecast(caller: SignedIn) -> Page[ForecastShown]:
    """Gives the balances of the next 90 days of accounts on which something comes."""
    found = await ask(caller.actor, forecast_balances)
    return Page(items=[ForecastShown.model_validate(one) for one in found])


@routes.declare("GET", PLACE + "/forecast/total", access=PERSON, verb=forecast_total)
async def get_recurring_forecast_total(
    caller: SignedIn, base: Base = None
) -> ForecastTotalShown:
    """Gives the balances of the next 90 days of all accounts together."""
    to = base or caller.view.base_currency
    return ForecastTotalShown.model_validate(
        await ask(caller.actor, forecast_total, to)
    )


@routes.declare("GET", PLACE + "/suggestions", access=PERSON, verb=suggest_items)
async def get_recurring_suggestions(caller: SignedIn) -> Page[SuggestionShown]:
    """Gives what came again and again in the books and is no item yet."""
    found = await ask(caller.actor, suggest_items)
    return Page(items=[SuggestionShown.model_validate(one) for one in found])


@routes.declare(
    "POST", PLACE + "/suggestions/dismiss", access=PERSON, verb=dismiss_suggestion
)
async def post_recurring_dismissal(
    given: MarkGiven, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[DismissedShown]:
    """Leaves a suggestion out from now on."""
    done = await perform(caller.actor, dismiss_suggestion, given.mark, key=key)
    return Changed(item=DismissedShown(mark=given.mark), change_id=done.change_id)


@routes.declare("GET", ITEM, access=PERSON, verb=find_item)
async def get_recurring_item(item_id: PathId, caller: SignedIn) -> ItemShown:
    """Gives one item."""
    return await item.show(caller, item_id)


@routes.declare("PUT", ITEM, access=PERSON, verb=edit_item)
async def put_recurring_item(
    item_id: PathId, given: ItemEdit, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[ItemShown]:
    """Replaces what an item says; no date before today is made up for.

    A day, week or month in which it was dealt with is done with, whatever the day was,
    unless the pattern counts others now. Dates that wait are booked by the new words.
    """
    change = ItemChange(item_id, given.version, given.read())
    doing = perform(caller.actor, edit_item, change, key=key)
    return await item.answer(caller, item_id, sent=given, doing=doing)


@routes.declare("POST", ITEM + "/end", access=PERSON, verb=end_item)
async def post_recurring_end(
    item_id: PathId, given: ItemEndGiven, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[ItemShown]:
    """Ends an item: nothing is due after the day."""
    end = ItemEnd(item_id, given.version, given.on or today_of(caller))
    doing = perform(caller.actor, end_item, end, key=key)
    return await item.answer(caller, item_id, sent=given, doing=doing)


@routes.declare("POST", ITEM + "/book", access=PERSON, verb=book_date)
async def post_recurring_booking(
    item_id: PathId, given: BookingGiven, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[TransactionShown]:
    """Books a date that is proposed, or one to come ahead of its day."""
    amount = read_optional(given.amount, "amount")
    received = read_optional(given.received, "received")
    booking = Booking(
        item_id, given.rule_on, given.on_date, amount, received, given.unlock
    )
    done = await perform(caller.actor, book_date, booking, key=key)
    return changed(TransactionShown, done)


@routes.declare("POST", ITEM + "/skip", access=PERSON, verb=skip_date)
async def post_recurring_skip(
    item_id: PathId, given: SkipGiven, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[ItemShown]:
    """Leaves a date out; gives the item as it goes on."""
    mark = DateMark(item_id, given.rule_on)
    done = await perform(caller.actor, skip_date, mark, key=key)
    return changed(ItemShown, done)
