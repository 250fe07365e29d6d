"""Routes that say who may call them, and JSON that is read strictly."""

import inspect
import json
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Coroutine,
    Iterator,
    Mapping,
)
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar

from fastapi import APIRouter, Depends, Request, Response, params
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict
from starlette.routing import BaseRoute

from fintrack.api.identity import SignedIn, enrolling, signed_in
from fintrack.api.parts import parts_of
from fintrack.api.problem_members import ROWS
from fintrack.services.commands import name_of

ACCESS = "x-access"
VERB = "x-verb"
# A raw body is a file; FastAPI finds out only about JSON.
FILE = "requestBody"
PUBLIC = "public"
PERSON = "person"
# A person, even one who has yet to set up the second factor that is demanded.
ENROLLING = "enrolling"
WHO = {PUBLIC: [], PERSON: [Depends(signed_in)], ENROLLING: [Depends(enrolling)]}
NOTHING: Mapping[str, Any] = MappingProxyType({})
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A problem (RFC 9457)",
        "content": {
            "application/problem+json": {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail", "code", "errors"],
                    "properties": {
                        "type": {"type": "string"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string"},
                        "code": {"type": "string"},
                        "errors": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["field", "message"],
                                "properties": {
                                    "field": {"type": "string"},
                                    "message": {"type": "string"},
                                },
                            },
                        },
                        **ROWS,
                    },
                }
            }
        },
    }
}

Endpoint = TypeVar("Endpoint", bound=Callable[..., Awaitable[Any]])


class Body(BaseModel):
    """What a request gives: only the fields that are known, each of its own type."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True
    )


class StrictRequest(Request):
    """A request whose JSON holds no NaN, no binary float and no name twice."""

    async def json(self) -> Any:  # noqa: ANN401 - Starlette's signature
        """The body as Python values; numbers with a point are Decimals."""
        body = await self.body()
        try:
            return json.loads(
                body,
                parse_float=Decimal,
                parse_constant=_refuse_constant,
                object_pairs_hook=_refuse_twice,
            )
        except (ValueError, ArithmeticError, RecursionError) as error:
            # Wrong bytes, numbers beyond any use and endless nesting are bad JSON too.
            raise json.JSONDecodeError("not valid JSON", "", 0) from error


class StrictRoute(APIRoute):
    """A route that reads its body with ``StrictRequest``."""

    def get_route_handler(
        self,
    ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's own handler behind the strict request."""
        handle = super().get_route_handler()

        async def read_strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return read_strictly


class Routes(APIRouter):
    """A router whose every route declares its access; there is no other way in."""

    def __init__(self) -> None:
        super().__init__(route_class=StrictRoute)

    def declare(
        self,
        method: str,
        path: str,
        *,
        access: str,
        status: int = 200,
        verb: Callable[..., Awaitable[Any]] | None = None,
        more: Mapping[str, Any] = NOTHING,
    ) -> Callable[[Endpoint], Endpoint]:
        """Adds an endpoint; ``access`` is one of ``WHO``.

        The function's name becomes the operation's id, the first line of its docstring
        the summary. ``verb`` is the command or question that it calls, ``more`` what
        the description says beside what FastAPI finds out.
        """

        def add(endpoint: Endpoint) -> Endpoint:
            named = {VERB: name_of(verb)} if verb else {}
            summary, _, rest = (endpoint.__doc__ or "").partition("\n")
            known: set[str] = set()
            self.add_api_route(
                path,
                endpoint,
                methods=[method],
                status_code=status,
                operation_id=endpoint.__name__,
                summary=summary.rstrip("."),
                description=inspect.cleandoc(rest),
                tags=[path.removeprefix("/v1").split("/")[1]],
                dependencies=[*WHO[access], *_guards(method, known), *_places(more)],
                responses=PROBLEMS,
                openapi_extra={ACCESS: access, **named, **more},
            )
            known.update(_known_to(self.routes[-1]))
            return endpoint

        return add


def takes_file(route: BaseRoute) -> bool:
    """Whether the raw body is a file, which the endpoint reads as it comes.

    Such a route says so to its readers too.
    """
    return isinstance(route, APIRoute) and FILE in (route.openapi_extra or {})


def _guards(method: str, known: Collection[str]) -> list[params.Depends]:
    """Of a GET: what refuses a query with a name that is not among the ``known``."""

    def check(request: Request) -> None:
        unknown = [name for name in request.query_params if name not in known]
        if unknown:
            raise RequestValidationError(
                [
                    {"type": "extra_forbidden", "loc": ("query", name)}
                    for name in unknown
                ]
            )

    return [Depends(check)] if method == "GET" else []


def _places(more: Mapping[str, Any]) -> list[params.Depends]:
    """Of a route that takes a file: what bounds how many a person sends at once."""

    async def one_at_its_place(
        request: Request, caller: SignedIn
    ) -> AsyncIterator[None]:
        with parts_of(request).uploads.one(caller.view.person_id):
            yield

    # Its scope ends before the answer goes: who waited for that sends the next one.
    return [Depends(one_at_its_place, scope="function")] if FILE in more else []


def _known_to(route: BaseRoute) -> Iterator[str]:
    return _names(route.dependant) if isinstance(route, APIRoute) else iter(())


def _names(dependant: Dependant) -> Iterator[str]:
    """What a route reads from its query; of a model its fields."""
    for param in dependant.query_params:
        shape = param.field_info.annotation
        if isinstance(shape, type) and issubclass(shape, BaseModel):
            yield from (
                field.alias or name for name, field in shape.model_fields.items()
            )
        else:
            yield param.alias
    for inner in dependant.dependencies:
        yield from _names(inner)


def _refuse_constant(name: str) -> object:
    raise json.JSONDecodeError("not a JSON number", name, 0)


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise json.JSONDecodeError("a name comes twice", "", 0)
    return found
