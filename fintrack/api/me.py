"""``/api/v1/me``: who is signed in, and how they like things."""

from dataclasses import replace

from pydantic import BaseModel

from fintrack.api.identity import SignedIn
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import IdempotencyKey
from fintrack.services.commands import ask, perform
from fintrack.services.people import PersonSettings, configure, find_settings

routes = Routes()


class OwnLedger(BaseModel):
    """The ledger one works in."""

    id: int
    name: str
    base_currency: str
    role: str


class Me(BaseModel):
    """The person and how they like things."""

    id: int
    email: str
    first_name: str
    last_name: str
    role: str
    language: str
    time_zone: str
    appearance: str
    ledger: OwnLedger


@routes.declare("GET", "/v1/me", access=PERSON)
async def me(caller: SignedIn) -> Me:
    """The person behind the session."""
    view = caller.view
    return Me(
        id=view.person_id,
        email=view.email,
        first_name=view.first_name,
        last_name=view.last_name,
        role=view.role,
        language=view.language,
        time_zone=view.time_zone,
        appearance=view.appearance,
        ledger=OwnLedger(
            id=view.ledger_id,
            name=view.ledger_name,
            base_currency=view.base_currency,
            role=view.ledger_role.name.lower(),
        ),
    )


class SettingsChange(Body):
    """The settings to change; what is left out stays."""

    version: int
    first_name: str | None = None
    last_name: str | None = None
    language: str | None = None
    appearance: str | None = None
    time_zone: str | None = None
    week_starts_on: int | None = None
    month_starts_on: int | None = None
    base_currency: str | None = None


@routes.declare("GET", "/v1/me/settings", access=PERSON)
async def show_settings(caller: SignedIn) -> PersonSettings:
    """All settings; ``version`` is needed to change them."""
    return await ask(caller.actor, find_settings)


@routes.declare("PATCH", "/v1/me/settings", access=PERSON)
async def change_settings(
    given: SettingsChange,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> PersonSettings:
    """Changes some settings."""
    present = await ask(caller.actor, find_settings)
    wanted = replace(present, **given.model_dump(exclude_none=True))
    return (await perform(caller.actor, configure, wanted, key=key)).value
