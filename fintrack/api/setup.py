"""``POST /api/v1/setup``: the first admin, once."""

import sys
from typing import Annotated

from fastapi import Request, Response
from pydantic import BaseModel, Field

from fintrack.api.connection import is_at_this_machine
from fintrack.api.cookies import sign_in
from fintrack.api.identity import browser_of, mark_of, stranger_of
from fintrack.api.parts import Parts, parts_of
from fintrack.api.problems import language_of
from fintrack.api.routes import PUBLIC, Body, Routes
from fintrack.api.shapes import Secret
from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.core.routes import WELCOME
from fintrack.core.this_machine import is_loopback
from fintrack.services.commands import ask, perform
from fintrack.services.new_people import NewPerson, prepare
from fintrack.services.sessions import new_token
from fintrack.services.setup import create_first_admin, is_open

routes = Routes()

Short = Annotated[str, Field(max_length=254)]


class Setup(Body):
    """The first admin. ``code`` is the one printed at the start."""

    first_name: Short
    last_name: Short = ""
    email: Short
    password: Secret
    code: Short = Field(default="", repr=False)
    time_zone: Short = "UTC"
    base_currency: Short = "EUR"


class Recovery(BaseModel):
    """The master key for the recovery sheet."""

    key: str = Field(repr=False)
    fingerprint: str


class SetUp(BaseModel):
    """Where to go on; ``recovery`` comes this once and nowhere else.

    It is null where somebody gave the key by the environment, and over plain http from
    another machine: then the file ``master.key`` in the data directory has it.
    """

    next: str
    recovery: Recovery | None


@routes.declare("POST", "/v1/setup", access=PUBLIC, status=201)
async def set_up(given: Setup, request: Request, answer: Response) -> SetUp:
    """Makes the first admin, signs them in and gives the recovery sheet, once."""
    parts = parts_of(request)
    if not await ask(stranger_of(request), is_open):
        raise Conflict("FinTrack is already set up. Please sign in.")
    _check_code(parts, request, given.code)
    admin = NewPerson(
        given.first_name,
        given.last_name,
        given.email,
        language=language_of(request),
        time_zone=given.time_zone,
        base_currency=given.base_currency,
    )
    ready = await prepare(admin, given.password)
    token, mark = new_token(), mark_of(request)
    browser = browser_of(request, token, mark)
    await perform(stranger_of(request), create_first_admin, ready, browser)
    sign_in(answer, token, mark, https=parts.is_https(request.scope))
    return SetUp(next=WELCOME, recovery=_recovery(parts, request))


async def print_setup_code(parts: Parts, host: str) -> None:
    """Prints the one-time code where others can reach a house without an admin."""
    is_needed = await ask(ANONYMOUS, is_open)
    if is_needed and (parts.is_announced or not is_loopback(host)):
        sys.stdout.write(
            f"Setup code, asked for from other machines: {parts.setup_code}\n"
        )
        sys.stdout.flush()


def _recovery(parts: Parts, request: Request) -> Recovery | None:
    """The sheet for who has just set up; nothing of it is kept on the way.

    It is in the answer itself: no address gives it, so nobody can ask for it later.
    """
    private = parts.is_https(request.scope) or is_at_this_machine(request.scope)
    if parts.key is None or not (parts.key_is_made_here and private):
        return None
    return Recovery(key=parts.key.recovery_text, fingerprint=parts.key.fingerprint)


def _check_code(parts: Parts, request: Request, code: str) -> None:
    """From another machine only who started FinTrack may set it up."""
    local = is_at_this_machine(request.scope) and not parts.is_announced
    if local or parts.is_setup_code(code):
        return
    raise InvalidInput(
        "Enter the setup code that FinTrack printed when it started.", field="code"
    )
