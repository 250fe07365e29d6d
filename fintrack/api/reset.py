"""``/api/v1/auth/password-reset``: a forgotten password."""

from fastapi import Request, Response

from fintrack.api import cookies
from fintrack.api.codes import (
    CodeGiven,
    FlowShown,
    WhereNext,
    address_of,
    read_given,
    refusal,
)
from fintrack.api.identity import browser_of, mark_of, stranger_of
from fintrack.api.parts import parts_of
from fintrack.api.problems import language_of
from fintrack.api.routes import PUBLIC, Body, Routes
from fintrack.api.shapes import Secret, Text
from fintrack.core.one_time_code import Purpose
from fintrack.core.routes import SIGN_IN, after
from fintrack.services.codes import CodeRefused
from fintrack.services.commands import perform
from fintrack.services.password_reset import begin_reset, choose_password

PLACE = "/v1/auth/password-reset"
routes = Routes()


class Forgotten(Body):
    """Whose password is forgotten."""

    email: Text


class NewPasswordGiven(CodeGiven):
    """The code from the mail, and the new password."""

    password: Secret


@routes.declare("POST", PLACE, access=PUBLIC, status=202)
async def initiate_password_reset(given: Forgotten, request: Request) -> FlowShown:
    """Sends a code of twelve letters and digits by mail, valid for ten minutes.

    The answer is the same where the e-mail has no account; then the mail says so.
    After many letters no further one is sent for some minutes: the code of the last
    one is good here too.
    """
    language = language_of(request)
    done = await perform(
        stranger_of(request), begin_reset, given.email, language, address_of(request)
    )
    return FlowShown.model_validate(done.value)


@routes.declare("POST", f"{PLACE}/confirm", access=PUBLIC)
async def confirm_password_reset(
    given: NewPasswordGiven, request: Request, answer: Response
) -> WhereNext:
    """Keeps the new password and ends every session; then one signs in with it.

    Every code of the last ten minutes to this e-mail is good, whoever asked for it. The
    browser gets a mark, with which no stranger's tries make it wait at the sign-in.
    """
    parts, mark = parts_of(request), mark_of(request)
    code = read_given(Purpose.RESET, given)
    here = browser_of(request, "", mark)
    outcome = await choose_password(
        code, given.password, here.address, mark_hash=here.mark_hash
    )
    if isinstance(outcome, CodeRefused):
        raise refusal(outcome)
    parts.directory.forget_person(outcome.person_id)
    cookies.set_mark(answer, mark, https=parts.is_https(request.scope))
    return WhereNext(next=after(SIGN_IN, "password"))
