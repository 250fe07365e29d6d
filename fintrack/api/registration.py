"""``/api/v1/auth/user/…``: registering in two steps."""

from fastapi import Request, Response

from fintrack.api.auth import end_present
from fintrack.api.codes import (
    CodeGiven,
    FlowShown,
    WhereNext,
    address_of,
    read_given,
    refusal,
)
from fintrack.api.cookies import sign_in
from fintrack.api.identity import browser_of, mark_of, stranger_of
from fintrack.api.parts import Parts, parts_of
from fintrack.api.problems import language_of
from fintrack.api.routes import PUBLIC, Body, Routes
from fintrack.api.shapes import Secret, Text
from fintrack.core.consents import Consents
from fintrack.core.errors import NotAllowed
from fintrack.core.one_time_code import Purpose
from fintrack.core.routes import WELCOME
from fintrack.services.codes import CodeRefused
from fintrack.services.flows import bring_back
from fintrack.services.new_people import NewPerson
from fintrack.services.registration import finish_registration, register
from fintrack.services.sessions import new_token

routes = Routes()


class Registration(Body):
    """Who registers, and the terms as they were shown."""

    first_name: Text
    last_name: Text = ""
    email: Text
    password: Secret
    time_zone: Text = "UTC"
    base_currency: Text = "EUR"
    terms_version: Text
    agrees_to_terms: bool
    is_of_age: bool


@routes.declare(
    "POST", "/v1/auth/user/initiate-registration", access=PUBLIC, status=202
)
async def initiate_registration(given: Registration, request: Request) -> FlowShown:
    """Sends a code of six digits by mail, valid for five minutes.

    The answer is the same where the e-mail has an account; then the mail says so.
    """
    _check_open(parts_of(request))
    new = NewPerson(
        given.first_name,
        given.last_name,
        given.email,
        language=language_of(request),
        time_zone=given.time_zone,
        base_currency=given.base_currency,
    )
    consents = Consents(given.terms_version, given.agrees_to_terms, given.is_of_age)
    flow = await register(new, given.password, consents, address_of(request))
    return FlowShown.model_validate(flow)


@routes.declare(
    "POST", "/v1/auth/user/verify-otp-and-register", access=PUBLIC, status=201
)
async def verify_otp_and_register(
    given: CodeGiven, request: Request, answer: Response
) -> WhereNext:
    """Makes the account and signs in: sets the session's cookie."""
    parts = parts_of(request)
    _check_open(parts)
    token, mark = new_token(), mark_of(request)
    browser = browser_of(request, token, mark)
    code = read_given(Purpose.REGISTER, given)
    done = await bring_back(stranger_of(request), finish_registration, code, browser)
    if isinstance(done, CodeRefused):
        raise refusal(done)
    await end_present(parts, request)
    sign_in(answer, token, mark, https=parts.is_https(request.scope))
    return WhereNext(next=WELCOME)


def _check_open(parts: Parts) -> None:
    if not parts.registration_is_open:
        raise NotAllowed("Registration is closed here. Ask whoever runs this FinTrack.")
