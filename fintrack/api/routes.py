"""Routes that say who may call them, and JSON that is read strictly."""

import json
from collections.abc import Awaitable, Callable, Coroutine
from decimal import Decimal
from typing import Any, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict

from fintrack.api.identity import signed_in

ACCESS = "x-access"
PUBLIC = "public"
PERSON = "person"

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
        return json.loads(
            await self.body(),
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_refuse_twice,
        )


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
        self, method: str, path: str, *, access: str, status: int = 200
    ) -> Callable[[Endpoint], Endpoint]:
        """Adds an endpoint: ``public`` for everybody, ``person`` for who signed in."""
        return self.api_route(
            path,
            methods=[method],
            status_code=status,
            dependencies=[Depends(signed_in)] if access == PERSON else [],
            openapi_extra={ACCESS: access},
        )


def _refuse_constant(name: str) -> object:
    raise json.JSONDecodeError("not a JSON number", name, 0)


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise json.JSONDecodeError("a name comes twice", "", 0)
    return found
