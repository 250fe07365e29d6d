"""What routes with mailed codes share: flows, codes, and refusals as problems."""

from typing import Annotated

from fastapi import Request
from pydantic import BaseModel, Field

from fintrack.api.identity import stranger_of
from fintrack.api.parts import parts_of
from fintrack.api.routes import PUBLIC, Body, Routes
from fintrack.api.shapes import Text, View
from fintrack.core.errors import CodeDead, FinTrackError, InvalidInput
from fintrack.core.one_time_code import read_code
from fintrack.services import codes
from fintrack.services.codes import CodeRefused, GivenCode, Reason
from fintrack.services.commands import perform

routes = Routes()

FlowToken = Annotated[str, Field(max_length=64, repr=False)]


class FlowShown(View):
    """What comes back with the code.

    In seconds: how long it is good, and when another one may be had.
    """

    flow: str = Field(validation_alias="token", repr=False)
    expires_in: int
    resend_in: int


class WhereNext(BaseModel):
    """Where to go on."""

    next: str


class FlowGiven(Body):
    """A flow that was begun."""

    flow: FlowToken


class CodeGiven(FlowGiven):
    """The code from the mail."""

    code: Text = Field(repr=False)


@routes.declare("POST", "/v1/auth/user/resend-code", access=PUBLIC, status=202)
async def resend_code(given: FlowGiven, request: Request) -> FlowShown:
    """Sends a new code by mail; the old one is dead.

    It waits 30 seconds after the last one. The same for every kind of code.
    """
    done = await perform(
        stranger_of(request), codes.resend, given.flow, address_of(request)
    )
    return FlowShown.model_validate(done.value)


def read_given(given: CodeGiven) -> GivenCode:
    """The code of a request.

    Raises:
        InvalidInput: these are not six digits; no try is counted.
    """
    return GivenCode(given.flow, read_code(given.code))


def refusal(refused: CodeRefused) -> FinTrackError:
    """The problem that tells why a code was not taken."""
    if refused.reason is Reason.DEAD:
        return CodeDead(field="code")
    return InvalidInput(
        "This code is not right. Tries left: {count}.",
        field="code",
        count=refused.tries_left,
    )


def address_of(request: Request) -> str:
    """Where the request comes from."""
    return parts_of(request).address_of(request.scope)
