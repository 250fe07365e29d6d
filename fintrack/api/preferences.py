"""``/api/v1/me/settings``: how somebody likes things."""

from typing import Annotated

from fastapi import Request
from pydantic import Field

from fintrack.api.identity import SignedIn
from fintrack.api.parts import parts_of
from fintrack.api.resource import Resource
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import (
    Changed,
    IdempotencyKey,
    Text,
    Version,
    View,
)
from fintrack.core.notices import NOTICES
from fintrack.services.commands import perform
from fintrack.services.people import PersonSettings, configure, find_settings

PLACE = "/v1/me/settings"
MOST = 1000
routes = Routes()

Number = Annotated[int, Field(ge=0, le=MOST)]
Notices = Annotated[
    list[Text],
    Field(
        max_length=len(NOTICES),
        description="What is told where; what is not named is switched off",
        json_schema_extra={"items": {"type": "string", "enum": list(NOTICES)}},
    ),
]


class SettingsShown(View):
    """All settings; weeks start on 0 (Monday) to 6, months on day 1 to 28."""

    first_name: str
    last_name: str
    language: str
    appearance: str
    time_zone: str
    week_starts_on: int
    month_starts_on: int
    base_currency: str
    notices: list[str]
    version: int


class SettingsGiven(Body):
    """All settings as they are to be."""

    first_name: Text
    last_name: Text
    language: Text
    appearance: Text
    time_zone: Text
    week_starts_on: Number
    month_starts_on: Number
    base_currency: Text
    notices: Notices
    version: Version


settings = Resource(SettingsShown, find_settings)


@routes.declare("GET", PLACE, access=PERSON, verb=find_settings)
async def get_settings(caller: SignedIn) -> SettingsShown:
    """Gives one's own settings."""
    return await settings.show(caller)


@routes.declare("PUT", PLACE, access=PERSON, verb=configure)
async def put_settings(
    given: SettingsGiven,
    request: Request,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> Changed[SettingsShown]:
    """Keeps new settings."""
    wanted = PersonSettings(
        **given.model_dump(exclude={"notices"}), notices=tuple(given.notices)
    )
    doing = perform(caller.actor, configure, wanted, key=key)
    answer = await settings.answer(caller, sent=given, doing=doing)
    parts_of(request).directory.forget_person(caller.view.person_id)
    return answer
