"""What routes with mailed codes share: flows, codes, and refusals as problems."""

from typing import Annotated

from fastapi import Request
from pydantic import BaseModel, Field

from fintrack.api.identity import stranger_of
from fintrack.api.parts import parts_of
from fintrack.api.routes import PUBLIC, Body, Routes
from fintrack.api.shapes import Text, View
from fintrack.core.errors import CodeDead, FinTrackError, InvalidInput
from fintrack.core.one_time_code import Purpose, read_code
from fintrack.services.codes import CodeRefused, GivenCode, Reason
from fintrack.services.flows import ask_again

routes = Routes()

FlowToken = Annotated[str, Field(max_length=64, repr=False)]


class FlowShown(View):
    """What comes back with the code.

    In seconds: how long it is good at least, and when another one may be had.
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
    """Sends a new code by mail. It waits 30 seconds after the last one.

    The old one is dead, but for a new password: its codes live to their end, and after
    many letters the last one counts instead of a new one.
    """
    stranger, address = stranger_of(request), address_of(request)
    again = await ask_again(stranger, given.flow, address)
    return FlowShown.model_validate(again)


def read_given(purpose: Purpose, given: CodeGiven) -> GivenCode:
    """The code of a request.

    Raises:
        InvalidInput: this cannot be a code; no try is counted.
    """
    return GivenCode(given.flow, read_code(purpose, given.code))


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
