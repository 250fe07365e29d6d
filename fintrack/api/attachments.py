"""``/api/v1/transactions/{id}/attachments``: photos and PDFs beside a transaction."""

from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse

from fintrack.api.bodies import announced_bytes
from fintrack.api.identity import SignedIn
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import (
    Changed,
    Id,
    IdempotencyKey,
    Page,
    PathId,
    Text,
    View,
    changed,
    created,
)
from fintrack.core.attachment import KINDS
from fintrack.core.picture import MEDIA_TYPE
from fintrack.services.attachments.keeping import (
    AttachmentMark,
    add_attachment,
    remove_attachment,
)
from fintrack.services.attachments.reading import (
    OpenFile,
    find_attachment,
    find_thumbnail,
    list_attachments,
    open_attachment,
    open_thumbnail,
)
from fintrack.services.attachments.receiving import (
    most_bytes,
    receive_attachment,
    too_large,
)
from fintrack.services.commands import ask, perform

PLACE = "/v1/transactions/{transaction_id}/attachments"
ONE = PLACE + "/{attachment_id}"
RAW_BODY = {
    "requestBody": {
        "description": "The file itself: a JPEG, PNG or WebP picture, or a PDF",
        "required": True,
        "content": {"application/octet-stream": {}},
    }
}
FILE = {
    "responses": {
        "200": {
            "description": "The file as it came",
            "content": {kind.media_type: {} for kind in KINDS},
        }
    }
}
THUMBNAIL = {
    "responses": {
        "200": {
            "description": "At most 480 by 480 pixels, drawn anew",
            "content": {MEDIA_TYPE: {}},
        }
    }
}
routes = Routes()


class AttachmentShown(View):
    """A file of a transaction; ``sha256`` is that of the bytes that came."""

    id: Id
    transaction_id: Id
    filename: str
    media_type: str
    size: int
    sha256: str
    has_thumbnail: bool
    added_at: datetime
    added_by: int


@routes.declare("GET", PLACE, access=PERSON, verb=list_attachments)
async def get_attachments(
    transaction_id: PathId, caller: SignedIn
) -> Page[AttachmentShown]:
    """Lists the attachments of a transaction; there are 20 at most, on one page."""
    found = await ask(caller.actor, list_attachments, transaction_id)
    return Page(items=[AttachmentShown.model_validate(view) for view in found])


@routes.declare(
    "POST", PLACE, access=PERSON, status=201, verb=add_attachment, more=RAW_BODY
)
async def post_attachment(
    transaction_id: PathId,
    request: Request,
    caller: SignedIn,
    answer: Response,
    filename: Annotated[Text, Query(min_length=1)],
    key: IdempotencyKey = None,
) -> Changed[AttachmentShown]:
    """Puts a photo or a PDF beside a transaction; the raw body is the file.

    It is kept as it came, with what the camera wrote into it: it is evidence. Its kind
    is found out by its content, and a name that says another gets the right ending.
    """
    if announced_bytes(request) > most_bytes():
        raise too_large()
    done = await receive_attachment(
        caller.actor, transaction_id, filename, request.stream(), key=key
    )
    place = PLACE.format(transaction_id=transaction_id)
    return created(AttachmentShown, done, answer, place)


@routes.declare("GET", ONE, access=PERSON, verb=find_attachment, more=FILE)
async def get_attachment(
    transaction_id: PathId,
    attachment_id: PathId,
    caller: SignedIn,
    *,
    show: Annotated[
        bool, Query(description="To be looked at in a browser, and not saved at once")
    ] = False,
) -> StreamingResponse:
    """Gives the file, byte by byte as it came."""
    file = await open_attachment(caller.actor, transaction_id, attachment_id)
    return _answer(file, "inline" if show else "attachment")


@routes.declare(
    "GET", ONE + "/thumbnail", access=PERSON, verb=find_thumbnail, more=THUMBNAIL
)
async def get_attachment_thumbnail(
    transaction_id: PathId, attachment_id: PathId, caller: SignedIn
) -> StreamingResponse:
    """Gives a small picture of a photo; a PDF has none."""
    file = await open_thumbnail(caller.actor, transaction_id, attachment_id)
    return _answer(file, "inline")


@routes.declare("DELETE", ONE, access=PERSON, verb=remove_attachment)
async def delete_attachment(
    transaction_id: PathId,
    attachment_id: PathId,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> Changed[AttachmentShown]:
    """Takes an attachment away; for 30 days it can be brought back by an undo."""
    mark = AttachmentMark(transaction_id, attachment_id)
    done = await perform(caller.actor, remove_attachment, mark, key=key)
    return changed(AttachmentShown, done)


def _answer(file: OpenFile, disposition: str) -> StreamingResponse:
    """One of the kinds that are taken, and no browser guesses another (``headers``).

    Every answer of the API is sandboxed: what a PDF brings along reaches nothing here.
    """
    name = quote(file.filename, safe="")
    return StreamingResponse(
        file.pieces(),
        media_type=file.media_type,
        headers={"Content-Disposition": f"{disposition}; filename*=UTF-8''{name}"},
    )
