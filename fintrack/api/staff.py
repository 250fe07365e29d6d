"""``/api/v1/staff``: what admins do to people and to the trail, from their pages.

It is REST because each deed asks for a fresh proof of who one is, which is a secret. To
others there is nothing here; that they tried stays in the trail.
"""

from collections.abc import Awaitable
from typing import Annotated, TypeVar

from fastapi import Request, Response
from pydantic import Field

from fintrack.api.identity import SignedIn
from fintrack.api.parts import parts_of
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import PathId, Text, Version
from fintrack.core.actor import Role
from fintrack.core.errors import InvalidInput, NotAllowed, NotFound
from fintrack.services.commands import Done, perform
from fintrack.services.staff.acknowledging import acknowledge_loss
from fintrack.services.staff.finding import PersonView
from fintrack.services.staff.posts import Post, change_post
from fintrack.services.staff.standing import (
    PersonMark,
    change_role,
    end_sessions,
    reinstate,
    suspend,
)

PLACE = "/v1/staff/people/{person_id}"
routes = Routes()
T = TypeVar("T")


class Seen(Body):
    """The person in the version that the admin has seen."""

    version: Version


class RoleGiven(Seen):
    """The new role: user, support, operator, analyst or admin."""

    role: Annotated[str, Field(max_length=20)]


class PostGiven(Seen):
    """The new post; either may be empty."""

    department: Text
    position: Text


@routes.declare("POST", f"{PLACE}/suspend", access=PERSON, status=204, verb=suspend)
async def suspend_person(
    person_id: PathId, given: Seen, request: Request, caller: SignedIn
) -> Response:
    """Signs a person out everywhere and lets them in no more; their books stay."""
    mark = PersonMark(person_id, given.version)
    return await _answer(request, perform(caller.actor, suspend, mark))


@routes.declare("POST", f"{PLACE}/reinstate", access=PERSON, status=204, verb=reinstate)
async def reinstate_person(
    person_id: PathId, given: Seen, request: Request, caller: SignedIn
) -> Response:
    """Takes a suspension back."""
    mark = PersonMark(person_id, given.version)
    return await _answer(request, perform(caller.actor, reinstate, mark))


@routes.declare("PUT", f"{PLACE}/role", access=PERSON, status=204, verb=change_role)
async def put_role(
    person_id: PathId, given: RoleGiven, request: Request, caller: SignedIn
) -> Response:
    """Gives a person another role; they sign in anew with it."""
    if given.role not in set(Role):
        raise InvalidInput("Please choose one.", field="role")
    mark, role = PersonMark(person_id, given.version), Role(given.role)
    return await _answer(request, perform(caller.actor, change_role, mark, role))


@routes.declare("PUT", f"{PLACE}/post", access=PERSON, status=204, verb=change_post)
async def put_post(person_id: PathId, given: PostGiven, caller: SignedIn) -> Response:
    """Gives somebody of the staff another department and position."""
    mark = PersonMark(person_id, given.version)
    post = Post(given.department, given.position)
    await _hidden(perform(caller.actor, change_post, mark, post))
    return Response(status_code=204)


@routes.declare(
    "POST", f"{PLACE}/end-sessions", access=PERSON, status=204, verb=end_sessions
)
async def end_persons_sessions(
    person_id: PathId, request: Request, caller: SignedIn
) -> Response:
    """Signs a person out of all browsers and programs."""
    return await _answer(request, perform(caller.actor, end_sessions, person_id))


@routes.declare(
    "POST",
    "/v1/staff/trail/losses/{loss_id}/acknowledge",
    access=PERSON,
    status=204,
    verb=acknowledge_loss,
)
async def acknowledge_lost_trail(loss_id: PathId, caller: SignedIn) -> Response:
    """Keeps that an admin knows of a log database that was found empty."""
    await _hidden(perform(caller.actor, acknowledge_loss, loss_id))
    return Response(status_code=204)


async def _answer(request: Request, deed: Awaitable[Done[PersonView]]) -> Response:
    person = (await _hidden(deed)).value
    # This process does not even wait until it has forgotten.
    parts_of(request).directory.forget_person(person.id)
    return Response(status_code=204)


async def _hidden(deed: Awaitable[Done[T]]) -> Done[T]:
    try:
        return await deed
    except NotAllowed:
        raise NotFound from None
