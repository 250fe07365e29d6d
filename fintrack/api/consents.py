"""``/api/v1/me/consents``: what one agreed to."""

from datetime import datetime

from fastapi import Response

from fintrack.api.identity import SignedIn
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import Text, View
from fintrack.core.consents import CURRENT
from fintrack.services.commands import ask, perform
from fintrack.services.consents import give_consent, list_consents

PLACE = "/v1/me/consents"
routes = Routes()


class ConsentShown(View):
    """A yes to one version of a text (`terms` or `age`)."""

    subject: str
    text_version: str
    language: str
    given_at: datetime
    is_current: bool


class ConsentsShown(View):
    """One's consents, newest first, and the version that each text has today."""

    items: list[ConsentShown]
    current: dict[str, str]


class ConsentGiven(Body):
    """The text and the version of it that was read."""

    subject: Text
    text_version: Text


@routes.declare("GET", PLACE, access=PERSON, verb=list_consents)
async def get_consents(caller: SignedIn) -> ConsentsShown:
    """Lists what one agreed to."""
    found = await ask(caller.actor, list_consents)
    items = [ConsentShown.model_validate(one) for one in found]
    return ConsentsShown(items=items, current=CURRENT)


@routes.declare("POST", PLACE, access=PERSON, status=204, verb=give_consent)
async def post_consent(given: ConsentGiven, caller: SignedIn) -> Response:
    """Agrees to a text in its present version."""
    await perform(caller.actor, give_consent, given.subject, given.text_version)
    return Response(status_code=204)
