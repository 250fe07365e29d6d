"""``/api/v1/me/sessions``: where one is signed in, and ending it."""

from datetime import datetime

from fastapi import Request, Response

from fintrack.api.identity import SignedIn
from fintrack.api.parts import parts_of
from fintrack.api.problems import language_of
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import Page, PathId, View
from fintrack.core.device_name import name_device
from fintrack.services.commands import ask, perform
from fintrack.services.own_sessions import (
    OwnSession,
    end_other_sessions,
    end_own_session,
    list_sessions,
)

PLACE = "/v1/me/sessions"
routes = Routes()


class SessionShown(View):
    """A signed-in browser; ``is_this`` marks the one that asks."""

    id: int
    device: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


@routes.declare("GET", PLACE, access=PERSON, verb=list_sessions)
async def get_sessions(request: Request, caller: SignedIn) -> Page[SessionShown]:
    """Lists one's own sessions, the one used last first."""
    language = language_of(request)
    found = await ask(caller.actor, list_sessions)
    return Page(items=[_show(one, language) for one in found])


@routes.declare("DELETE", PLACE, access=PERSON, status=204, verb=end_other_sessions)
async def delete_other_sessions(request: Request, caller: SignedIn) -> Response:
    """Ends all other sessions."""
    await perform(caller.actor, end_other_sessions)
    parts_of(request).directory.forget_person(caller.view.person_id)
    return Response(status_code=204)


@routes.declare(
    "DELETE", f"{PLACE}/{{session_id}}", access=PERSON, status=204, verb=end_own_session
)
async def delete_session(
    session_id: PathId, request: Request, caller: SignedIn
) -> Response:
    """Ends one of one's own sessions."""
    await perform(caller.actor, end_own_session, session_id)
    parts_of(request).directory.forget_person(caller.view.person_id)
    return Response(status_code=204)


def _show(one: OwnSession, language: str) -> SessionShown:
    return SessionShown(
        id=one.id,
        device=name_device(one.device, language),
        address=one.address,
        created_at=one.created_at,
        last_seen_at=one.last_seen_at,
        is_this=one.is_this,
    )
