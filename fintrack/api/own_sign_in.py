"""``/api/v1/me/email`` and ``/api/v1/me/password``: how one signs in."""

from fastapi import Request, Response

from fintrack.api.codes import (
    CodeGiven,
    FlowShown,
    address_of,
    read_given,
    refusal,
)
from fintrack.api.identity import SignedIn, browser_of, mark_of
from fintrack.api.parts import parts_of
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import Secret, Text
from fintrack.core.errors import FinTrackError, InvalidInput, TooManyTries
from fintrack.core.one_time_code import Purpose
from fintrack.services.commands import perform
from fintrack.services.email_change import (
    begin_email_change,
    finish_email_change,
)
from fintrack.services.flows import bring_back
from fintrack.services.own_password import (
    NewPassword,
    change_password,
    keep_new_password,
)
from fintrack.services.sign_in import SignInRefused

routes = Routes()


class EmailGiven(Body):
    """The new address."""

    email: Text


class PasswordGiven(Body):
    """The present password and the new one."""

    password: Secret
    new_password: Secret


@routes.declare(
    "POST", "/v1/me/email", access=PERSON, status=202, verb=begin_email_change
)
async def initiate_email_change(
    given: EmailGiven, request: Request, caller: SignedIn
) -> FlowShown:
    """Sends a code of six digits to the new address, valid for ten minutes.

    It asks for a fresh proof of who one is: `step-up-needed` without.
    """
    address = address_of(request)
    done = await perform(caller.actor, begin_email_change, given.email, address)
    return FlowShown.model_validate(done.value)


@routes.declare(
    "POST",
    "/v1/me/email/confirm",
    access=PERSON,
    status=204,
    verb=finish_email_change,
)
async def confirm_email_change(
    given: CodeGiven, request: Request, caller: SignedIn
) -> Response:
    """Makes the new address one's own and ends all other sessions.

    The old address is told by mail.
    """
    code = read_given(Purpose.EMAIL, given)
    address = address_of(request)
    refused = await bring_back(caller.actor, finish_email_change, code, address)
    if refused is not None:
        raise refusal(refused)
    parts_of(request).directory.forget_person(caller.view.person_id)
    return Response(status_code=204)


@routes.declare(
    "PUT", "/v1/me/password", access=PERSON, status=204, verb=keep_new_password
)
async def put_password(
    given: PasswordGiven, request: Request, caller: SignedIn
) -> Response:
    """Keeps a new password and ends all other sessions; one is told by mail.

    With a second factor it asks for a fresh proof: `step-up-needed` without.
    """
    here = browser_of(request, "", mark_of(request))
    new = NewPassword(given.password, given.new_password, here)
    refused = await change_password(caller.actor, new)
    if refused is not None:
        raise _wrong_password(refused)
    parts_of(request).directory.forget_person(caller.view.person_id)
    return Response(status_code=204)


def _wrong_password(refused: SignInRefused) -> FinTrackError:
    if refused.retry_after:
        return TooManyTries(refused.retry_after)
    return InvalidInput("This is not your password.", field="password")
