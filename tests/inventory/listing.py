"""Every way into the program, one per line: event handlers, and routes."""

import importlib
import inspect
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from reflex_base.registry import RegisteredEventHandler, RegistrationContext
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from fintrack.api.doorway import Doorway
from fintrack.api.routes import ACCESS
from fintrack.core.actor import Role
from fintrack.state.access import EVERYBODY, NOBODY, PEOPLE
from fintrack.state.guard import REFLEX, access_of
from fintrack.state.payloads import parameters_of

FOLDER = Path(__file__).parent
HANDLERS, ROUTES = FOLDER / "handlers.txt", FOLDER / "routes.txt"
SECRETS = ("password", "code", "secret", "key", "token")
UNMARKED = "UNMARKED"
# Each event that comes in here has its line in the other list.
SOCKET = "/_event"


def list_handlers() -> list[str]:
    """``name  access  parameters`` of each handler that the program registers."""
    return sorted(_describe(name, found) for name, found in handlers())


def list_routes() -> list[str]:
    """``method path  access`` of each route: ours, and those that Reflex adds."""
    app = importlib.import_module("fintrack.fintrack").app
    (api, *_) = app.api_transformer
    return sorted([*routes_of(api), *routes_of(app._api)])


def differences(path: Path, runs: list[str]) -> list[str]:
    """What of a reviewed list is not what runs, as a diff."""
    kept = path.read_text(encoding="utf-8").splitlines()
    return list(unified_diff(kept, runs, path.name, "runs", lineterm=""))


def secret_parameters() -> list[str]:
    """Handlers that would take a secret over the socket."""
    return [
        f"{name} {parameter}"
        for name, found in handlers()
        for parameter in inspect.signature(found.handler.fn).parameters
        if any(word in parameter.split("_") for word in SECRETS)
    ]


def untyped_parameters() -> list[str]:
    """Parameters of our own handlers whose type the guard could not check."""
    return [
        f"{name} {parameter}"
        for name, found in handlers()
        if found.states[0].__module__ != REFLEX
        for parameter, annotation in parameters_of(found.handler.fn).items()
        if annotation is inspect.Parameter.empty or "Any" in str(annotation)
    ]


def handlers() -> Iterator[tuple[str, RegisteredEventHandler]]:
    importlib.import_module("fintrack.fintrack")
    for name, found in RegistrationContext.get().event_handlers.items():
        is_ours = not found.states[0].__module__.startswith("tests")
        if is_ours and not name.endswith(".setvar"):
            yield name, found


def _describe(name: str, found: RegisteredEventHandler) -> str:
    method = name.rpartition(".")[2]
    access = _roles(access_of(found, method))
    shown = ", ".join(
        f"{parameter}: {inspect.formatannotation(annotation)}"
        for parameter, annotation in parameters_of(found.handler.fn).items()
    )
    module = found.states[0].__module__
    state = found.states[0].__name__
    return f"{module}.{state}.{method}  {access}  ({shown})"


def _roles(roles: frozenset[Role]) -> str:
    named = {EVERYBODY: "public", PEOPLE: "person", NOBODY: "refused"}
    return named.get(roles) or "+".join(sorted(roles))


def routes_of(app: Starlette | FastAPI, prefix: str = "") -> Iterator[str]:
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        inner = _inner(route)
        if inner is not None:
            yield from routes_of(inner, f"{prefix}{getattr(route, 'path', '')}")
        elif isinstance(route, Route | APIRoute):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield f"{method} {prefix}{route.path}  {_access(route)}"
        elif isinstance(route, Mount) and route.path == SOCKET:
            yield f"{type(route).__name__} {prefix}{SOCKET}  by-handler"
        else:
            yield f"{type(route).__name__} {prefix}  {UNMARKED}"


def _inner(route: BaseRoute) -> Starlette | FastAPI | None:
    if isinstance(route, Mount) and isinstance(route.app, Doorway):
        inner = route.app._app
        assert isinstance(inner, FastAPI)
        return inner
    return None


def _access(route: Route | APIRoute) -> str:
    """FastAPI's routes declare it; the few of others are known by name."""
    if isinstance(route, APIRoute):
        return str((route.openapi_extra or {}).get(ACCESS, UNMARKED))
    known = {
        "/_health": "public",
        "/api": "public",
        "/api/docs": "public",
        "/api/docs/start.js": "public",
        "/api/docs/swagger-ui-bundle.js": "public",
        "/api/docs/swagger-ui.css": "public",
        "/metrics": "loopback-or-bearer",
        "/openapi.json": "public",
        "/ping": "public",
    }
    return known.get(route.path, UNMARKED)
