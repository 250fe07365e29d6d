"""``/api/v1/transactions/export``: what a list shows, as a file."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, NamedTuple

from fastapi import Query, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from fintrack.api.identity import SignedIn
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import MAX_ID
from fintrack.api.transactions import FilterQuery
from fintrack.core.actor import Actor
from fintrack.services.commands import ask, perform
from fintrack.services.exporting.batches import read_ids
from fintrack.services.exporting.taking import check_export, note_export
from fintrack.services.exporting.writing import write_csv, write_json
from fintrack.services.ledger.listing import Filter

MAX_CATEGORIES = 1000
routes = Routes()


class FileFormat(StrEnum):
    """How the file is written."""

    JSON = "json"
    CSV = "csv"


class _Writing(NamedTuple):
    write: Callable[[Actor, Filter], AsyncIterator[str]]
    media_type: str


WRITINGS = {
    FileFormat.JSON: _Writing(write_json, "application/json"),
    FileFormat.CSV: _Writing(write_csv, "text/csv; charset=utf-8"),
}
ANSWER = {
    "responses": {
        "200": {
            "description": "A file in UTF-8; see docs/json.md for the JSON",
            "content": {"application/json": {}, "text/csv": {}},
        }
    }
}


class ExportQuery(FilterQuery):
    """What the file holds; ``any_category`` names further categories beside one."""

    format: FileFormat = FileFormat.JSON
    any_category: Annotated[
        list[Annotated[int, Field(ge=0, le=MAX_ID)]],
        Field(default_factory=list, max_length=MAX_CATEGORIES),
    ]

    def read(self) -> Filter:
        """The filter that this means.

        Raises:
            InvalidInput: names the field.
        """
        found = super().read()
        categories = (*found.category_ids, *self.any_category)
        return replace(found, category_ids=categories)


@routes.declare(
    "GET", "/v1/transactions/export", access=PERSON, verb=read_ids, more=ANSWER
)
async def get_export(
    caller: SignedIn, wanted: Annotated[ExportQuery, Query()]
) -> Response:
    """Gives the transactions of a filter as a file, newest first, however many.

    JSON can be imported again. In CSV, cells that a spreadsheet would take for a
    formula begin with an apostrophe, as does what follows a semicolon within them. The
    trail keeps that a file was taken.

    The whole books ask for a fresh proof of who one is: `step-up-needed` without. They
    are what no account, category, tag, words or period of up to a year makes smaller.
    """
    found = wanted.read()
    await perform(caller.actor, note_export, wanted.format.value, found)
    writing = WRITINGS[wanted.format]
    name = f"transactions.{wanted.format}"
    return StreamingResponse(
        writing.write(caller.actor, found),
        media_type=writing.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@routes.declare(
    "GET",
    "/v1/transactions/export/check",
    access=PERSON,
    status=204,
    verb=check_export,
)
async def check_file(
    caller: SignedIn, wanted: Annotated[ExportQuery, Query()]
) -> Response:
    """Says whether the file would be given now, and gives none.

    A browser that follows a link to a file cannot ask for the proof that it wants.
    """
    await ask(caller.actor, check_export, wanted.read())
    return Response(status_code=204)
