"""``/api/v1/me``: who is signed in."""

from pydantic import BaseModel

from fintrack.api.identity import SignedIn
from fintrack.api.routes import PERSON, Routes

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
