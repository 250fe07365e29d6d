"""The door stops large bodies, but of the routes that take a file."""

import re

import httpx
import pytest

from fintrack.api.doorway import MAX_BODY, MOST_PIECES
from tests.api.asking import refuses
from tests.api.pieces import Pieces
from tests.api.taking import description
from tests.books import Books
from tests.services.imports.conftest import store

__all__ = ["store"]

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


async def test_body_in_pieces_of_a_slow_network_is_read(
    ada: httpx.AsyncClient,
) -> None:
    """The smallest packets of any network, and most of what a form may have."""
    body = b'{"name": "' + b"n" * (MAX_BODY - 100) + b'"}'
    sent = Pieces(body, 536)
    headers = {"Content-Type": "application/json"}
    answer = await ada.post("/api/v1/categories", content=sent.come(), headers=headers)
    refuses(answer, 422, "name")
    assert sent.taken == len(body)


async def test_body_of_many_tiny_pieces_is_refused_long_before_its_end(
    ada: httpx.AsyncClient,
) -> None:
    sent = Pieces(b" " * MAX_BODY, 1)
    answer = await ada.post("/api/v1/categories", content=sent.come())
    assert "pieces" in refuses(answer, 413)["detail"]
    assert sent.taken == MOST_PIECES + 1


async def test_body_of_empty_pieces_ends_too(ada: httpx.AsyncClient) -> None:
    sent = Pieces(b" " * MAX_BODY, 1, empty=True)
    answer = await ada.post("/api/v1/categories", content=sent.come())
    refuses(answer, 413)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("place", ["books", "imports", "me/picture"])
async def test_file_in_many_tiny_pieces_is_refused_long_before_its_end(
    ada: httpx.AsyncClient, books: Books, place: str, *, empty: bool
) -> None:
    account = await books.open("Bank")
    method = "PUT" if place == "me/picture" else "POST"
    query = {"account_id": account.id, "filename": "x"} if place == "imports" else {}
    sent = Pieces(b" " * MAX_BODY, 1, empty=empty)
    answer = await ada.request(
        method, f"/api/v1/{place}", content=sent.come(), params=query
    )
    assert "pieces" in refuses(answer, 413)["detail"]
    assert sent.taken == MOST_PIECES + 1


async def test_large_file_in_pieces_of_a_slow_network_is_read(
    ada: httpx.AsyncClient,
) -> None:
    sent = Pieces(b" " * (3 * MAX_BODY), 536)
    answer = await ada.put("/api/v1/me/picture", content=sent.come())
    refuses(answer, 415, "file")
    assert sent.taken == 3 * MAX_BODY > MOST_PIECES * 536
