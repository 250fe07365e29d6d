"""Who calls: the cookie gives the session, a header may choose another ledger."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Header, Request

from fintrack.api.parts import parts_of
from fintrack.core.actor import Actor, LedgerRole
from fintrack.core.errors import NotSignedIn
from fintrack.core.session_cookie import MARK
from fintrack.services.sessions import Browser, SessionView, hash_token, new_token

LEDGER_HEADER = "FinTrack-Ledger"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody signed in; ``actor`` works in the ledger that the request names."""

    view: SessionView
    actor: Actor
    token_hash: bytes


async def signed_in(
    request: Request,
    ledger_id: Annotated[
        int | None, Header(alias=LEDGER_HEADER, ge=1, le=2**63 - 1)
    ] = None,
) -> Caller:
    """The caller; which ledgers are theirs, the gate of the services decides.

    Raises:
        NotSignedIn: no cookie, or its session has ended.
    """
    parts = parts_of(request)
    token = parts.token_of(request.scope)
    view = await parts.directory.find(token)
    if view is None:
        raise NotSignedIn
    actor = view.actor
    if ledger_id is not None and ledger_id != actor.ledger_id:
        actor = replace(actor, ledger_id=ledger_id, ledger_role=LedgerRole.NONE)
    return Caller(view, actor, hash_token(token))


def mark_of(request: Request) -> str:
    """The mark by which this browser is known again; a new one where it has none."""
    return parts_of(request).token_of(request.scope, MARK) or new_token()


def browser_of(request: Request, token: str, mark: str = "") -> Browser:
    """Where a session is about to be used, with the token that it is to have."""
    parts = parts_of(request)
    return Browser(
        hash_token(token),
        parts.proxies.address_of(request.scope),
        request.headers.get("user-agent", ""),
        hash_token(mark) if mark else b"",
    )


SignedIn = Annotated[Caller, Depends(signed_in)]
