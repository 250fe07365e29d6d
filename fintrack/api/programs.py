"""``/api/v1/auth/user``: programs sign in, refresh and sign out."""

from typing import Annotated

from fastapi import Request
from pydantic import BaseModel, Field

from fintrack.api.auth import answer_refusal
from fintrack.api.identity import actor_of, browser_of, stranger_of
from fintrack.api.parts import Parts, parts_of
from fintrack.api.routes import PUBLIC, Body, Routes
from fintrack.api.shapes import Email, FactorCode, Secret
from fintrack.core.errors import Conflict, InvalidInput, NotSignedIn
from fintrack.services import database
from fintrack.services.commands import perform
from fintrack.services.programs import access_tokens, refresh_tokens
from fintrack.services.programs.refresh_tokens import FamilyEnded, Refreshed, Refusal
from fintrack.services.second_step import take_second_step
from fintrack.services.sessions import SessionView, hash_token, new_token
from fintrack.services.sign_in import (
    SecondStepNeeded,
    SignedIn,
    SignIn,
    sign_in,
)

routes = Routes()


class ProgramCredentials(Body):
    """E-mail and password of the person for whom the program works.

    ``code`` is of the second factor, for those who have one.
    """

    email: Email
    password: Secret
    code: FactorCode = ""


class RefreshBody(Body):
    """The refresh token of the answer before."""

    refresh_token: Annotated[str, Field(max_length=64, repr=False)]


class Tokens(BaseModel):
    """What a program keeps: ``expires_in`` is in seconds, for the access token."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - the word of RFC 6750
    expires_in: int
    refresh_token: str


@routes.declare("POST", "/v1/auth/user/login", access=PUBLIC, status=201)
async def log_in(given: ProgramCredentials, request: Request) -> Tokens:
    """Signs a program in, with a session of its own."""
    parts = parts_of(request)
    # The session's own secret is thrown away: it has no cookie, and the refresh token
    # must never pass for one.
    session_token, token = new_token(), new_token()
    given_now = SignIn(given.email, given.password)
    outcome = await sign_in(given_now, browser_of(request, session_token))
    if isinstance(outcome, SecondStepNeeded):
        if not given.code:
            raise InvalidInput("Send the code of the second factor too.", field="code")
        pending, session_token = hash_token(session_token), new_token()
        browser = browser_of(request, session_token)
        outcome = await take_second_step(pending, given.code, browser)
    if not isinstance(outcome, SignedIn):
        raise answer_refusal(outcome)
    view = await parts.directory.find(session_token)
    if view is None:
        raise NotSignedIn
    first, actor = refresh_tokens.start_family, actor_of(view, request)
    await perform(actor, first, view.session_id, hash_token(token))
    return _give(parts, view, token)


@routes.declare("POST", "/v1/auth/user/refresh", access=PUBLIC)
async def refresh(given: RefreshBody, request: Request) -> Tokens:
    """Exchanges a refresh token, which is good for one time.

    One that was exchanged before ends the session. The last that was exchanged is taken
    for a double click within ten seconds: it is answered with 409, and the session goes
    on.
    """
    parts, token = parts_of(request), new_token()
    stranger, old = stranger_of(request), hash_token(given.refresh_token)
    outcome = await refresh_tokens.exchange(stranger, old, hash_token(token))
    if isinstance(outcome, Refreshed):
        view = await parts.directory.find_by_id(outcome.session_id)
        if view is None:
            raise NotSignedIn
        return _give(parts, view, token)
    if outcome.reason is Refusal.LATE:
        raise Conflict("This was refreshed a moment ago. Use the newer token.")
    parts.directory.forget(outcome.ended)
    raise NotSignedIn


@routes.declare("POST", "/v1/auth/user/logout", access=PUBLIC, status=204)
async def log_out(given: RefreshBody, request: Request) -> None:
    """Ends the program's session; without one there is nothing to do."""
    parts = parts_of(request)
    stranger, token_hash = stranger_of(request), hash_token(given.refresh_token)
    outcome = await refresh_tokens.sign_out(stranger, token_hash)
    if isinstance(outcome, FamilyEnded):
        parts.directory.forget(outcome.session_id)


def _give(parts: Parts, view: SessionView, token: str) -> Tokens:
    access = access_tokens.write_access_token(
        view,
        parts.tokens,
        parts.derive(access_tokens.KEY_LABEL),
        database.current().clock(),
    )
    lifetime = int(parts.tokens.lifetime.total_seconds())
    return Tokens(access_token=access, expires_in=lifetime, refresh_token=token)
