"""``/api/v1/imports/previews``: a bank's file before its rows are in the books."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from fintrack.api.bodies import announced_bytes, capped
from fintrack.api.identity import SignedIn
from fintrack.api.preview_shapes import (
    HeadShown,
    PreviewEdit,
    PreviewShown,
    show_head,
    show_preview,
)
from fintrack.api.problems import language_of
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import Changed, Cursor, Id, IdempotencyKey, PathId, Text
from fintrack.api.shapes import position as record_number
from fintrack.core.errors import TooLarge
from fintrack.services.commands import ask
from fintrack.services.imports.confirming import count_progress, stop_import
from fintrack.services.imports.judging import Status
from fintrack.services.imports.previews import (
    PreviewChange,
    RowDecision,
    change_preview,
    preview_import,
)
from fintrack.services.imports.receiving import most_bytes, receive_file
from fintrack.services.imports.survey import read_left_out, read_preview
from fintrack.services.imports.turns import ask_in_turn, correct_preview

PLACE = "/v1/imports/previews"
RAW_BODY = {
    "requestBody": {
        "description": "The file itself, as the bank gave it",
        "required": True,
        "content": {"application/octet-stream": {}},
    }
}
CSV_ANSWER = {
    "responses": {
        "200": {"description": "A CSV file in UTF-8", "content": {"text/csv": {}}}
    }
}
routes = Routes()


class ProgressShown(BaseModel):
    """Records read so far; null when no import of this preview runs."""

    rows_read: int | None


class StopShown(BaseModel):
    """Whether an import was running."""

    stopped: bool


@routes.declare(
    "POST",
    "/v1/imports",
    access=PERSON,
    status=201,
    verb=preview_import,
    more=RAW_BODY,
)
async def post_import(
    request: Request,
    caller: SignedIn,
    answer: Response,
    account_id: Annotated[Id, Query()],
    filename: Annotated[Text, Query(min_length=1)],
    key: IdempotencyKey = None,
) -> Changed[HeadShown]:
    """Takes a bank's file as the raw body and says how it would be read.

    It waits for a day. Sending it twice without a key makes two previews and changes
    no books.
    """
    most = most_bytes()
    if announced_bytes(request) > most:
        raise TooLarge(field="file")
    chunks = capped(request, most)
    done = await receive_file(caller.actor, account_id, filename, chunks, key=key)
    head = show_head(done.value, language_of(request))
    answer.headers["Location"] = f"/api{PLACE}/{head.id}"
    return Changed(item=head, change_id=done.change_id)


@routes.declare("GET", PLACE + "/{preview_id}", access=PERSON, verb=read_preview)
async def get_preview(
    preview_id: PathId,
    request: Request,
    caller: SignedIn,
    cursor: Cursor = None,
    only: Status | None = None,
) -> PreviewShown:
    """Reads the file anew and gives a page of its rows.

    ``only`` shows the rows of one status.
    """
    view = await ask_in_turn(
        caller.actor,
        read_preview,
        preview_id,
        after=record_number(cursor) or 0,
        only=only,
    )
    return show_preview(view, language_of(request))


@routes.declare(
    "GET",
    PLACE + "/{preview_id}/left-out",
    access=PERSON,
    verb=read_left_out,
    more=CSV_ANSWER,
)
async def get_left_out(
    preview_id: PathId, request: Request, caller: SignedIn
) -> Response:
    """Gives the rows that are not taken as a CSV file with the reasons.

    After the yes it gives those that were left out, until the preview expires. Cells
    that a spreadsheet would take for a formula begin with an apostrophe.
    """
    language = language_of(request)
    found = await ask_in_turn(caller.actor, read_left_out, preview_id, language)
    name = quote(f"left-out-{found.filename.rpartition('.')[0] or found.filename}.csv")
    return StreamingResponse(
        iter(found.parts),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@routes.declare("PATCH", PLACE + "/{preview_id}", access=PERSON, verb=change_preview)
async def patch_preview(
    preview_id: PathId,
    given: PreviewEdit,
    request: Request,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> Changed[HeadShown]:
    """Corrects how the file is read and where it goes, and keeps or skips rows."""
    change = PreviewChange(
        preview_id,
        given.mapping.read() if given.mapping else None,
        tuple(RowDecision(one.number, one.take) for one in given.decisions),
        given.part,
        given.account_id,
    )
    done = await correct_preview(caller.actor, change, key=key)
    head = show_head(done.value, language_of(request))
    return Changed(item=head, change_id=done.change_id)


@routes.declare(
    "GET", PLACE + "/{preview_id}/progress", access=PERSON, verb=count_progress
)
async def get_preview_progress(preview_id: PathId, caller: SignedIn) -> ProgressShown:
    """Says how far a running import is."""
    return ProgressShown(rows_read=await ask(caller.actor, count_progress, preview_id))


@routes.declare("POST", PLACE + "/{preview_id}/stop", access=PERSON, verb=stop_import)
async def post_preview_stop(preview_id: PathId, caller: SignedIn) -> StopShown:
    """Stops an import that runs or waits for its turn; it leaves no mark."""
    return StopShown(stopped=await ask(caller.actor, stop_import, preview_id))
