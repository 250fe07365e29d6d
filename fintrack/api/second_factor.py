"""``/api/v1/me/second-factor``: set up, confirmed, renewed, switched off.

Its answers hold secrets, once; ``headers.SecureHeaders`` keeps them out of every store.
"""

from datetime import datetime

import segno
from fastapi import Request, Response
from pydantic import BaseModel, Field

from fintrack.api.identity import Enrolling, SignedIn
from fintrack.api.parts import parts_of
from fintrack.api.routes import ENROLLING, PERSON, Body, Routes
from fintrack.api.shapes import FactorCode, View
from fintrack.core.errors import InvalidInput
from fintrack.services.commands import ask, perform
from fintrack.services.factor.enrolling import (
    WrongFirstCode,
    begin_enrolment,
    confirm_enrolment,
    find_factor,
    renew_codes,
    switch_off,
)

PLACE = "/v1/me/second-factor"
# Pixels for each module of the code; a phone reads it at arm's length.
SCALE = 5
routes = Routes()


class FactorShown(View):
    """Whether it is on, since when, and how many recovery codes still work."""

    is_on: bool
    since: datetime | None
    recovery_codes_left: int


class EnrolmentShown(BaseModel):
    """What the authenticator app takes; ``qr`` is an image as a `data:` address."""

    secret: str = Field(repr=False)
    address: str = Field(repr=False)
    qr: str = Field(repr=False)


class CodesShown(BaseModel):
    """The recovery codes, shown once."""

    recovery_codes: list[str] = Field(repr=False)


class FirstCode(Body):
    """The code that the app shows."""

    code: FactorCode


@routes.declare("GET", PLACE, access=ENROLLING, verb=find_factor)
async def get_second_factor(caller: Enrolling) -> FactorShown:
    """Tells of one's own second factor, and nothing of its secret."""
    return FactorShown.model_validate(await ask(caller.actor, find_factor))


@routes.declare("POST", PLACE, access=ENROLLING, status=201, verb=begin_enrolment)
async def post_second_factor(caller: Enrolling) -> EnrolmentShown:
    """Gives a new secret; it counts once a code of it was confirmed."""
    made = (await perform(caller.actor, begin_enrolment)).value
    qr = segno.make(made.address, error="m", micro=False)
    return EnrolmentShown(
        secret=made.secret,
        address=made.address,
        qr=qr.svg_data_uri(scale=SCALE, border=4, light="#fff"),
    )


@routes.declare(
    "POST",
    f"{PLACE}/confirmation",
    access=ENROLLING,
    status=201,
    verb=confirm_enrolment,
)
async def confirm_second_factor(given: FirstCode, caller: Enrolling) -> CodesShown:
    """Switches the second factor on and gives the recovery codes, once."""
    outcome = (await perform(caller.actor, confirm_enrolment, given.code)).value
    if isinstance(outcome, WrongFirstCode):
        raise InvalidInput(
            "This code is not right. Is the clock of your phone right?", field="code"
        )
    return CodesShown(recovery_codes=list(outcome.codes))


@routes.declare(
    "POST", f"{PLACE}/recovery-codes", access=PERSON, status=201, verb=renew_codes
)
async def renew_recovery_codes(caller: SignedIn) -> CodesShown:
    """Gives ten new recovery codes; the ones before work no longer."""
    done = await perform(caller.actor, renew_codes)
    return CodesShown(recovery_codes=list(done.value.codes))


@routes.declare("DELETE", PLACE, access=PERSON, status=204, verb=switch_off)
async def delete_second_factor(request: Request, caller: SignedIn) -> Response:
    """Switches the second factor off; where one is demanded, another has to follow."""
    await perform(caller.actor, switch_off)
    parts_of(request).directory.forget_person(caller.view.person_id)
    return Response(status_code=204)
