"""``POST /api/v1/setup``: the first admin, once."""

import sys
from typing import Annotated

from fastapi import Request, Response
from pydantic import Field

from fintrack.api.connection import is_at_this_machine, is_loopback
from fintrack.api.cookies import set_token
from fintrack.api.identity import browser_of
from fintrack.api.parts import Parts, parts_of
from fintrack.api.problems import language_of
from fintrack.api.routes import PUBLIC, Body, Routes
from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.services.commands import ask, perform
from fintrack.services.sessions import ABSOLUTE, hash_token, new_token
from fintrack.services.setup import (
    FirstAdmin,
    create_first_admin,
    is_open,
    prepare_first_admin,
)

AFTER_SETUP = "/welcome"
routes = Routes()

Short = Annotated[str, Field(max_length=254)]
Long = Annotated[str, Field(max_length=1000)]


class Setup(Body):
    """The first admin. ``code`` is the one printed at the start."""

    first_name: Short
    last_name: Short = ""
    email: Short
    password: Long = Field(repr=False)
    code: Short = Field(default="", repr=False)
    time_zone: Short = "UTC"
    base_currency: Short = "EUR"


@routes.declare("POST", "/v1/setup", access=PUBLIC, status=201)
async def set_up(given: Setup, request: Request, answer: Response) -> dict[str, str]:
    """Makes the first admin and signs them in."""
    parts = parts_of(request)
    if not await ask(ANONYMOUS, is_open):
        raise Conflict("FinTrack is already set up. Please sign in.")
    _check_code(parts, request, given.code)
    admin = FirstAdmin(
        given.first_name,
        given.last_name,
        given.email,
        language=language_of(request.headers.get("accept-language", "")),
        time_zone=given.time_zone,
        base_currency=given.base_currency,
    )
    ready = await prepare_first_admin(admin, given.password)
    token = new_token()
    browser = browser_of(request, hash_token(token))
    await perform(ANONYMOUS, create_first_admin, ready, browser)
    set_token(answer, token, ABSOLUTE, https=parts.is_https(request.scope))
    return {"next": AFTER_SETUP}


async def print_setup_code(parts: Parts, host: str) -> None:
    """Prints the one-time code where others can reach a house without an admin."""
    is_needed = await ask(ANONYMOUS, is_open)
    if is_needed and (parts.is_announced or not is_loopback(host)):
        sys.stdout.write(
            f"Setup code, asked for from other machines: {parts.setup_code}\n"
        )
        sys.stdout.flush()


def _check_code(parts: Parts, request: Request, code: str) -> None:
    """From another machine only who started FinTrack may set it up."""
    local = is_at_this_machine(request.scope) and not parts.is_announced
    if local or parts.is_setup_code(code):
        return
    raise InvalidInput(
        "Enter the setup code that FinTrack printed when it started.", field="code"
    )
