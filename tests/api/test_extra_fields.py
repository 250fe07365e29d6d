"""A body holds what the form has and nothing else, on every route."""

import re

import httpx
import pytest

from fintrack.api.routes import PERSON
from tests.api.asking import refuses
from tests.api.taking import body_of, description, objects, routes_for

# What somebody would send to become more than they are, or to work elsewhere.
GREEDY = ("role", "ledger_id", "person_id", "id", "session_id")
WITH_BODY = sorted(
    name
    for path, methods in description()["paths"].items()
    for method in methods
    if body_of(name := f"{method.upper()} {path}")
)


def test_most_routes_that_change_something_take_a_body() -> None:
    assert len(WITH_BODY) > 20


@pytest.mark.parametrize("name", WITH_BODY)
def test_nothing_within_a_body_is_open(name: str) -> None:
    for shape in objects(body_of(name)):
        assert shape["additionalProperties"] is False, shape["title"]


async def test_fields_that_nobody_asked_for_are_refused(bob: httpx.AsyncClient) -> None:
    for name in WITH_BODY:
        method, path = name.split()
        for extra in GREEDY:
            if extra in body_of(name)["properties"]:
                continue
            place = re.sub(r"{\w+}", "1", f"/api{path}")
            answer = await bob.request(method, place, json={extra: 1})
            assert refuses(answer, 422, field=extra), name


async def test_names_that_no_question_knows_are_refused(ada: httpx.AsyncClient) -> None:
    asked = [name for name in sorted(routes_for(PERSON)) if name.startswith("GET ")]
    assert len(asked) > 30
    for name in asked:
        place = re.sub(r"{\w+}", "1", f"/api{name.split()[1]}")
        answer = await ada.get(place, params={"nobody": "1"})
        assert refuses(answer, 422, field="nobody"), name
