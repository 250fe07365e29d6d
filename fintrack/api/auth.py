"""``/api/v1/auth``: signing in, in one step or two, proving it again, signing out."""

from contextlib import suppress
from typing import Annotated, NoReturn

from fastapi import Request, Response
from pydantic import Field

from fintrack.api import cookies
from fintrack.api.identity import Enrolling, actor_of, browser_of, mark_of
from fintrack.api.parts import Parts, parts_of
from fintrack.api.routes import ENROLLING, PUBLIC, Body, Routes
from fintrack.api.shapes import Email, FactorCode, Secret
from fintrack.core.errors import (
    FinTrackError,
    InvalidInput,
    NotSignedIn,
    TooManyTries,
)
from fintrack.core.local_path import read_local_path
from fintrack.core.session_cookie import STEP
from fintrack.core.text import message_id
from fintrack.services.commands import perform
from fintrack.services.second_step import take_second_step
from fintrack.services.sessions import end_session, hash_token, new_token
from fintrack.services.sign_in import (
    SecondStepNeeded,
    SignIn,
    SignInRefused,
    sign_in,
)
from fintrack.services.step_up import Again, ProofRefused, step_up

WRONG = {
    "password": message_id("The password is not right."),
    "code": message_id("This code is not right, or was used before."),
}
routes = Routes()


class Credentials(Body):
    """E-mail and password; ``next`` is the local path to open afterwards."""

    email: Email
    password: Secret
    next: Annotated[str, Field(max_length=2000)] = ""


class CodeGiven(Body):
    """The present code of the authenticator app, or a recovery code."""

    code: FactorCode


class ProofGiven(Body):
    """The password, and with a second factor a code as well."""

    password: Secret
    code: FactorCode = ""


@routes.declare("POST", "/v1/auth/session", access=PUBLIC, status=201)
async def start(
    given: Credentials, request: Request, answer: Response
) -> dict[str, str | bool]:
    """Signs in: sets the session's cookie.

    With a second factor it sets none yet: `{"second_step": true}` asks for a code
    within five minutes, at `/v1/auth/session/second-step`, from the same browser.
    `appearance` is there where the person chose one.
    """
    parts = parts_of(request)
    token, mark = new_token(), mark_of(request)
    outcome = await sign_in(
        SignIn(given.email, given.password),
        browser_of(request, token, mark),
    )
    if isinstance(outcome, SignInRefused):
        raise answer_refusal(outcome)
    https = parts.is_https(request.scope)
    if isinstance(outcome, SecondStepNeeded):
        cookies.set_step(answer, token, https=https)
        return {"second_step": True}
    await end_present(parts, request)
    cookies.sign_in(answer, token, mark, https=https)
    following = {"next": read_local_path(given.next)} if given.next else {}
    return {**following, **await _looks(parts, token)}


@routes.declare("POST", "/v1/auth/session/second-step", access=PUBLIC, status=201)
async def take_step(
    given: CodeGiven, request: Request, answer: Response
) -> dict[str, str]:
    """Signs in with the second step: the session gets a cookie of its own."""
    parts = parts_of(request)
    token, mark = new_token(), mark_of(request)
    outcome = await take_second_step(
        hash_token(parts.token_of(request.scope, STEP)),
        given.code,
        browser_of(request, token, mark),
    )
    if isinstance(outcome, SignInRefused):
        _refuse(outcome, InvalidInput(WRONG["code"], field="code"))
    await end_present(parts, request)
    cookies.sign_in(answer, token, mark, https=parts.is_https(request.scope))
    return await _looks(parts, token)


@routes.declare("POST", "/v1/auth/step-up", access=ENROLLING, status=204)
async def prove(given: ProofGiven, request: Request, caller: Enrolling) -> Response:
    """Proves again who one is; good for five minutes, with a new cookie for a browser.

    What answers `step-up-needed` is sent again afterwards.
    """
    parts = parts_of(request)
    token = new_token()
    outcome = await step_up(
        actor_of(caller.view, request),
        caller.view.email,
        Again(given.password, given.code),
        browser_of(request, token, mark_of(request)),
    )
    if isinstance(outcome, ProofRefused):
        _refuse(outcome, InvalidInput(WRONG[outcome.field], field=outcome.field))
    parts.directory.forget_person(caller.view.person_id)
    answer = Response(status_code=204)
    if caller.token_hash:
        cookies.set_session(answer, token, https=parts.is_https(request.scope))
    return answer


@routes.declare("DELETE", "/v1/auth/session", access=PUBLIC, status=204)
async def end(request: Request) -> Response:
    """Signs out; without a session there is nothing to do."""
    parts = parts_of(request)
    await end_present(parts, request)
    answer = Response(status_code=204)
    https = parts.is_https(request.scope)
    cookies.clear_step(answer, https=https)
    cookies.clear_session(answer, https=https)
    return answer


async def _looks(parts: Parts, token: str) -> dict[str, str]:
    """Told at once: a page is painted before its script can ask."""
    view = await parts.directory.find(token)
    return {"appearance": view.appearance} if view and view.appearance else {}


def answer_refusal(outcome: SignInRefused) -> FinTrackError:
    """What a refused sign-in is told, whichever door it came to."""
    if outcome.retry_after:
        return TooManyTries(outcome.retry_after)
    return NotSignedIn("The e-mail or the password is not right.")


def _refuse(outcome: SignInRefused | ProofRefused, wrong: Exception) -> NoReturn:
    if outcome.retry_after:
        raise TooManyTries(outcome.retry_after)
    raise wrong


async def end_present(parts: Parts, request: Request) -> None:
    """Ends the session of the cookie that came along; a new one never joins it."""
    token = parts.token_of(request.scope)
    view = await parts.directory.find(token)
    if view is not None:
        # Another process may have ended it while this one remembered it.
        with suppress(NotSignedIn):
            actor = actor_of(view, request)
            await perform(actor, end_session, hash_token(token))
        parts.directory.forget(hash_token(token))
