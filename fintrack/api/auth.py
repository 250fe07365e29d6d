"""``/api/v1/auth/session``: signing in and out."""

from typing import Annotated

from fastapi import Request, Response
from pydantic import Field

from fintrack.api.cookies import clear_token, set_token
from fintrack.api.identity import browser_of
from fintrack.api.parts import Parts, parts_of
from fintrack.api.routes import PUBLIC, Body, Routes
from fintrack.core.errors import FinTrackError, NotSignedIn, TooManyTries
from fintrack.core.local_path import read_local_path
from fintrack.services.commands import perform
from fintrack.services.sessions import (
    ABSOLUTE,
    end_session,
    hash_token,
    new_token,
)
from fintrack.services.sign_in import (
    COUNTER_LABEL,
    SignIn,
    SignInRefused,
    sign_in,
)

routes = Routes()


class Credentials(Body):
    """E-mail and password; ``next`` is the local path to open afterwards."""

    email: Annotated[str, Field(max_length=254)]
    password: Annotated[str, Field(max_length=1000, repr=False)]
    next: Annotated[str, Field(max_length=2000)] = ""


@routes.declare("POST", "/v1/auth/session", access=PUBLIC, status=201)
async def start(
    given: Credentials, request: Request, answer: Response
) -> dict[str, str]:
    """Signs in: sets the session's cookie."""
    parts = parts_of(request)
    token = new_token()
    outcome = await sign_in(
        SignIn(given.email, given.password),
        browser_of(request, hash_token(token)),
        parts.derive(COUNTER_LABEL),
    )
    if isinstance(outcome, SignInRefused):
        raise answer_refusal(outcome)
    await _end_present(parts, request)
    set_token(answer, token, ABSOLUTE, https=parts.is_https(request.scope))
    return {"next": read_local_path(given.next)} if given.next else {}


@routes.declare("DELETE", "/v1/auth/session", access=PUBLIC, status=204)
async def end(request: Request) -> Response:
    """Signs out; without a session there is nothing to do."""
    parts = parts_of(request)
    await _end_present(parts, request)
    answer = Response(status_code=204)
    clear_token(answer, https=parts.is_https(request.scope))
    return answer


def answer_refusal(outcome: SignInRefused) -> FinTrackError:
    """What a refused sign-in is told, whichever door it came to."""
    if outcome.retry_after:
        return TooManyTries(outcome.retry_after)
    return NotSignedIn("The e-mail or the password is not right.")


async def _end_present(parts: Parts, request: Request) -> None:
    """Ends the session of the cookie that came along; a new one never joins it."""
    token = parts.token_of(request.scope)
    view = await parts.directory.find(token)
    if view is not None:
        await perform(view.actor, end_session, hash_token(token))
        parts.directory.forget(hash_token(token))
