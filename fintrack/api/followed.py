"""``/api/v1/me/currencies``: which ones one follows."""

from typing import Annotated

from fastapi import Path

from fintrack.api.identity import SignedIn
from fintrack.api.money import AnyCase
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import View
from fintrack.services.commands import ask, perform
from fintrack.services.rates.following import (
    follow_currency,
    list_followed,
    unfollow_currency,
)

PLACE = "/v1/me/currencies"
routes = Routes()

CodeInPath = Annotated[AnyCase, Path()]


class FollowedShown(View):
    """Codes in the order in which they were followed."""

    items: list[str]


@routes.declare("GET", PLACE, access=PERSON, verb=list_followed)
async def get_followed(caller: SignedIn) -> FollowedShown:
    """Lists the currencies that one follows."""
    return FollowedShown(items=list(await ask(caller.actor, list_followed)))


@routes.declare("PUT", PLACE + "/{code}", access=PERSON, verb=follow_currency)
async def put_followed(code: CodeInPath, caller: SignedIn) -> FollowedShown:
    """Follows one more; at most 50."""
    done = await perform(caller.actor, follow_currency, code)
    return FollowedShown(items=list(done.value))


@routes.declare("DELETE", PLACE + "/{code}", access=PERSON, verb=unfollow_currency)
async def delete_followed(code: CodeInPath, caller: SignedIn) -> FollowedShown:
    """Follows one no longer."""
    done = await perform(caller.actor, unfollow_currency, code)
    return FollowedShown(items=list(done.value))
