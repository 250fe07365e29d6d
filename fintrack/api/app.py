"""The API under ``/api``, to be mounted beside the pages on one port."""

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from fintrack.api import (
    auth,
    codes,
    description,
    health,
    me,
    programs,
    registration,
    reset,
    setup,
)
from fintrack.api.description import Description
from fintrack.api.docs import docs_routes
from fintrack.api.doorway import Doorway
from fintrack.api.parts import Parts
from fintrack.api.problems import add_problem_answers
from fintrack.api.routes import Routes, takes_file

DESCRIPTION = """Money is `{"amount": "12.50", "currency": "EUR"}`: amounts are text.
Lists are `{"items": […], "next": cursor}`. Errors are problem details (RFC 9457).
`FinTrack-Ledger` chooses another ledger of which you are a member.
`Idempotency-Key` makes repeating a change safe: the same key gives the first answer
and changes nothing, also after the change was undone. To do it again, send a new key;
whether a change still stands says `undone_by` at `/v1/changes`.
Programs sign in at `/v1/auth/user/login` and send `Authorization: Bearer`.
`second-factor-needed` asks to set one up first, at `/v1/me/second-factor`."""


def build_api(parts: Parts, more: tuple[Routes, ...] = ()) -> Starlette:
    """The application for Reflex's ``api_transformer``: ours first, then the pages.

    Args:
        parts: what the routes work with.
        more: the routes of the product's subjects.
    """
    api = FastAPI(
        title="FinTrack",
        version="1",
        description=DESCRIPTION,
        servers=[{"url": "/api"}],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    api.add_route(description.PATH, Description(api.openapi).answer)
    api.state.parts = parts
    add_problem_answers(api)
    own = (setup, auth, codes, registration, reset, programs, me, health)
    for routes in (*(one.routes for one in own), *more):
        # To include the router would build each of its routes anew, with the same
        # result, while the first request waits half a second.
        api.router.routes.extend(routes.routes)
    streamed = [route for route in api.routes if takes_file(route)]
    outer = Starlette(
        routes=[
            Route("/api", _to_docs),
            Route("/metrics", health.metrics),
            *docs_routes(),
            Mount("/api", Doorway(api, parts, streamed)),
        ]
    )
    outer.state.parts = parts
    return outer


async def _to_docs(request: Request) -> Response:
    del request
    return RedirectResponse("/api/docs")
