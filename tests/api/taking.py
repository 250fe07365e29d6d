"""What routes take beside their path, read from their own description."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from fastapi import FastAPI
from starlette.routing import Mount

from fintrack.api.app import build_api
from fintrack.api.doorway import Doorway
from fintrack.api.routes import ACCESS
from fintrack.api.shapes import MAX_ID
from fintrack.api.subjects import SUBJECTS
from tests.api.conftest import make_parts

Shape = dict[str, Any]


@cache
def description() -> Shape:
    """The API as it describes itself."""
    outer = build_api(make_parts(), SUBJECTS)
    (doorway,) = (one.app for one in outer.routes if isinstance(one, Mount))
    assert isinstance(doorway, Doorway)
    assert isinstance(doorway._app, FastAPI)
    return doorway._app.openapi()


def routes_for(access: str) -> set[str]:
    """The names of all routes with this access: ``GET /v1/me``."""
    return {
        f"{method.upper()} {path}"
        for path, methods in description()["paths"].items()
        for method, found in methods.items()
        if found[ACCESS] == access
    }


def operation(name: str) -> Shape:
    """The description of ``POST /v1/accounts``."""
    method, path = name.split()
    found: Shape = description()["paths"][path][method.lower()]
    return found


def ids_beside_path(name: str) -> set[str]:
    """Where a route takes an id that is not in its path: ``expense.lines.category_id``.

    An id is known by its bound, whatever it is called.
    """
    body = body_of(name).get("properties", {})
    places = _ids({"properties": {**query_of(name), **body}})
    return {place.strip(".") for place in places}


def query_of(name: str) -> Shape:
    """What a route takes in its query, with the shape of each."""
    return {
        given["name"]: given["schema"]
        for given in operation(name).get("parameters", ())
        if given["in"] == "query"
    }


def body_of(name: str) -> Shape:
    """The shape of a route's JSON; empty where it takes none."""
    content = operation(name).get("requestBody", {}).get("content", {})
    return _resolved(content.get("application/json", {}).get("schema", {}))


def objects(shape: Shape) -> Iterator[Shape]:
    """All objects within a shape, itself included."""
    shape = _resolved(shape)
    if "properties" in shape:
        yield shape
    for _, part in _parts(shape):
        yield from objects(part)


def _ids(shape: Shape, place: str = "") -> Iterator[str]:
    shape = _resolved(shape)
    # The description has the bound as a float.
    if float(shape.get("maximum", 0)) == float(MAX_ID):
        yield place
    for name, part in _parts(shape):
        yield from _ids(part, f"{place}.{name}" if name else place)


def _parts(shape: Shape) -> Iterator[tuple[str, Shape]]:
    yield from shape.get("properties", {}).items()
    for key in ("anyOf", "oneOf", "allOf"):
        yield from (("", part) for part in shape.get(key, ()))
    for key in ("items", "additionalProperties"):
        if isinstance(shape.get(key), dict):
            yield "", shape[key]


def _resolved(shape: Shape) -> Shape:
    named = shape.get("$ref", "").rpartition("/")[2]
    found: Shape = description()["components"]["schemas"][named] if named else shape
    return found
