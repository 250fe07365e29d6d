"""``/api/v1/me/picture``: one's own picture, for oneself alone."""

from typing import Annotated

from fastapi import Query, Request, Response

from fintrack.api.identity import SignedIn
from fintrack.api.parts import parts_of
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import Text
from fintrack.core.picture import MEDIA_TYPE
from fintrack.services.pictures import (
    change_picture,
    drop_picture,
    find_picture,
    keep_picture,
    read_picture,
    take_away_picture,
)

PLACE = "/v1/me/picture"
RAW_BODY = {
    "requestBody": {
        "description": "The picture itself: JPEG, PNG or WebP, 10 MB at most",
        "required": True,
        "content": {"application/octet-stream": {}},
    }
}
PICTURE = {
    "responses": {
        "200": {"description": "256 by 256 pixels", "content": {MEDIA_TYPE: {}}}
    }
}
routes = Routes()


@routes.declare("GET", PLACE, access=PERSON, verb=find_picture, more=PICTURE)
async def get_picture(
    caller: SignedIn,
    of: Annotated[Text, Query(description="Any text: a new one passes caches")] = "",
) -> Response:
    """Gives one's own picture."""
    del of
    return Response(await read_picture(caller.actor), media_type=MEDIA_TYPE)


@routes.declare(
    "PUT", PLACE, access=PERSON, status=204, verb=keep_picture, more=RAW_BODY
)
async def put_picture(request: Request, caller: SignedIn) -> Response:
    """Keeps the middle of a picture, drawn anew; what the camera wrote goes.

    The raw body is the picture; its type is found out by its content. One that cannot
    be read changes nothing.
    """
    await change_picture(caller.actor, request.stream())
    parts_of(request).directory.forget_person(caller.view.person_id)
    return Response(status_code=204)


@routes.declare("DELETE", PLACE, access=PERSON, status=204, verb=drop_picture)
async def delete_picture(request: Request, caller: SignedIn) -> Response:
    """Erases one's own picture; without one there is nothing to do."""
    await take_away_picture(caller.actor)
    parts_of(request).directory.forget_person(caller.view.person_id)
    return Response(status_code=204)
