"""The door stops large bodies, but of the routes that take a file."""

import re

import httpx

from fintrack.api.doorway import MAX_BODY
from tests.api.taking import description

FILE = "application/octet-stream"
WRITES = {"post", "put", "patch", "delete"}


async def test_large_body_reaches_the_routes_that_take_a_file_and_no_other(
    browser: httpx.AsyncClient,
) -> None:
    takes: dict[str, bool] = {}
    admitted: dict[str, bool] = {}
    for path, methods in description()["paths"].items():
        place = "/api" + re.sub(r"\{\w+\}", "1", path)
        for method in WRITES & methods.keys():
            body = methods[method].get("requestBody", {})
            takes[f"{method} {path}"] = FILE in body.get("content", {})
            # None of them is read: nobody is signed in.
            answer = await browser.request(
                method, place, headers={"Content-Length": str(MAX_BODY + 1)}
            )
            admitted[f"{method} {path}"] = answer.status_code != 413
    assert admitted == takes
    assert {"post /v1/books", "post /v1/imports"} <= {n for n in takes if takes[n]}
