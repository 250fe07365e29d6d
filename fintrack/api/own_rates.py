"""``/api/v1/own-rates``: rates that were set in the books, and win on their day."""

import re
from decimal import Decimal
from typing import Annotated

from fastapi import Query
from pydantic import Field

from fintrack.api.identity import SignedIn
from fintrack.api.money import AnyCase, CurrencyCode
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import (
    Changed,
    Day,
    Id,
    IdempotencyKey,
    Page,
    PathId,
    PlainNumber,
    View,
    changed,
)
from fintrack.core.errors import InvalidInput
from fintrack.services.commands import ask, perform
from fintrack.services.rates.own import (
    OwnRateGiven,
    find_own_rate,
    list_own_rates,
    remove_own_rate,
    set_own_rate,
)

PLACE = "/v1/own-rates"
routes = Routes()

RateText = Annotated[
    str,
    Field(
        max_length=40,
        examples=["48.5"],
        description="ASCII digits, a point; above zero, at most 12 digits",
    ),
]


class OwnRateShown(View):
    """One ``base`` was ``value`` ``quote`` on a day."""

    id: Id
    base: str
    quote: str
    on_date: Day
    value: PlainNumber


class OwnRateBody(Body):
    """The same, to be set; it replaces what the pair had on that day."""

    base: CurrencyCode
    quote: CurrencyCode
    on_date: Day
    value: RateText


@routes.declare("GET", PLACE, access=PERSON, verb=list_own_rates)
async def get_own_rates(
    caller: SignedIn, currency: Annotated[AnyCase | None, Query()] = None
) -> Page[OwnRateShown]:
    """Lists the rates that were set, perhaps only of one currency; newest first."""
    found = await ask(caller.actor, list_own_rates, currency)
    return Page(items=[OwnRateShown.model_validate(view) for view in found])


@routes.declare("PUT", PLACE, access=PERSON, verb=set_own_rate)
async def put_own_rate(
    given: OwnRateBody, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[OwnRateShown]:
    """Sets a rate for a day."""
    value = _read_value(given.value)
    rate = OwnRateGiven(given.base, given.quote, given.on_date, value)
    return changed(
        OwnRateShown, await perform(caller.actor, set_own_rate, rate, key=key)
    )


@routes.declare("GET", PLACE + "/{rate_id}", access=PERSON, verb=find_own_rate)
async def get_own_rate(rate_id: PathId, caller: SignedIn) -> OwnRateShown:
    """Gives one rate."""
    found = await ask(caller.actor, find_own_rate, rate_id)
    return OwnRateShown.model_validate(found)


@routes.declare("DELETE", PLACE + "/{rate_id}", access=PERSON, verb=remove_own_rate)
async def delete_own_rate(
    rate_id: PathId, caller: SignedIn, key: IdempotencyKey = None
) -> dict[str, int]:
    """Removes a rate; from then on the sources are believed again."""
    done = await perform(caller.actor, remove_own_rate, rate_id, key=key)
    return {"change_id": done.change_id}


def _read_value(text: str) -> Decimal:
    if not re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,20})?", text, re.ASCII):
        raise InvalidInput(
            "A rate is a number above zero, not “{value}”.", field="value", value=text
        )
    return Decimal(text)
