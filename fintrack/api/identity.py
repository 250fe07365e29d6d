"""Who calls: a cookie or a bearer token gives the session, a header the ledger."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from fintrack.api.pace import kind_of, name_request
from fintrack.api.parts import Parts, parts_of
from fintrack.core.actor import Actor, LedgerRole, Where
from fintrack.core.errors import NotSignedIn, SecondFactorNeeded, TooManyRequests
from fintrack.core.session_cookie import MARK, SECURE_NAME
from fintrack.services import database
from fintrack.services.programs.access_tokens import KEY_LABEL, read_access_token
from fintrack.services.sessions import Browser, SessionView, hash_token, new_token
from fintrack.services.turned_away import Turned

LEDGER_HEADER = "FinTrack-Ledger"
BEARER = HTTPBearer(
    bearerFormat="JWT",
    scheme_name="bearer",
    description="Programs: the access token of `POST /v1/auth/user/login`.",
    auto_error=False,
)
COOKIE = APIKeyCookie(
    name=SECURE_NAME,
    scheme_name="cookie",
    description="Browsers: set by `POST /v1/auth/session`; `fintrack` over http.",
    auto_error=False,
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody signed in; ``actor`` works in the ledger that the request names.

    ``token_hash`` is that of the cookie; a program has none.
    """

    view: SessionView
    actor: Actor
    token_hash: bytes


async def enrolling(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)],
    _: Annotated[str | None, Security(COOKIE)],
    ledger_id: Annotated[
        int | None, Header(alias=LEDGER_HEADER, ge=1, le=2**63 - 1)
    ] = None,
) -> Caller:
    """The caller, even one who has yet to set up the second factor.

    Which ledgers are theirs, the gate of the services decides.

    Raises:
        NotSignedIn: neither cookie nor bearer token, both of them, or their session
            has ended.
        TooManyRequests: they ask more than an account may.
    """
    parts = parts_of(request)
    cookie = parts.token_of(request.scope)
    if cookie and bearer:
        raise NotSignedIn("Send a cookie or a bearer token, not both.")
    if bearer:
        view = await _find_by_bearer(parts, bearer.credentials)
    else:
        view = await parts.directory.find(cookie)
    if view is None:
        raise NotSignedIn
    actor = actor_of(view, request)
    kind = kind_of(request.method, request.scope["path"])
    try:
        await parts.limiter.check(kind, account=str(view.person_id))
    except TooManyRequests:
        asked = name_request(request.scope)
        parts.turned_away.note(Turned.FLOOD, actor.where, asked, view.person_id)
        raise
    if ledger_id is not None and ledger_id != actor.ledger_id:
        actor = replace(actor, ledger_id=ledger_id, ledger_role=LedgerRole.NONE)
    return Caller(view, actor, hash_token(cookie) if cookie else b"")


async def signed_in(caller: Annotated[Caller, Depends(enrolling)]) -> Caller:
    """The caller.

    Raises:
        NotSignedIn, TooManyRequests: as ``enrolling`` does.
        SecondFactorNeeded: they have yet to set up the one that is demanded.
    """
    if caller.view.lacks_factor:
        raise SecondFactorNeeded
    return caller


def actor_of(view: SessionView, request: Request) -> Actor:
    """Who is behind a session, in its ledger, and where they ask from."""
    return replace(view.actor, where=where_of(request))


def stranger_of(request: Request) -> Actor:
    """Somebody who has not signed in, and where they ask from."""
    return Actor(where=where_of(request))


def where_of(request: Request) -> Where:
    """Where a request comes from."""
    return parts_of(request).where_of(request.scope)


def mark_of(request: Request) -> str:
    """The mark by which this browser is known again; a new one where it has none."""
    return parts_of(request).token_of(request.scope, MARK) or new_token()


def browser_of(request: Request, token: str, mark: str = "") -> Browser:
    """Where a session is about to be used, with the token that it is to have."""
    where = where_of(request)
    mark_hash = hash_token(mark) if mark else b""
    return Browser(hash_token(token), where.address, where.device, mark_hash)


async def _find_by_bearer(parts: Parts, token: str) -> SessionView | None:
    """The living session of an access token, if it is the person's that it names."""
    now = database.current().clock()
    claims = read_access_token(token, parts.tokens, parts.derive(KEY_LABEL), now)
    view = await parts.directory.find_by_id(claims.session_id)
    return view if view and view.person_id == claims.person_id else None


SignedIn = Annotated[Caller, Depends(signed_in)]
Enrolling = Annotated[Caller, Depends(enrolling)]
