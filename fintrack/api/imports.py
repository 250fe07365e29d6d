"""``/api/v1/imports``: what was imported, and taking it back.

A file that waits and the import that it becomes have one id.
"""

from datetime import datetime
from typing import Annotated

from fastapi import Query

from fintrack.api.identity import SignedIn
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import (
    Changed,
    Cursor,
    Id,
    IdempotencyKey,
    Limit,
    Page,
    PathId,
    View,
    changed,
    page_of_ids,
    position,
)
from fintrack.api.transactions import TransactionShown
from fintrack.core.errors import NotFound
from fintrack.services.commands import ask, perform
from fintrack.services.imports.confirming import confirm_import
from fintrack.services.imports.discarding import discard_file
from fintrack.services.imports.listing import find_import, list_imports
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.imports.turns import confirm_in_turn
from fintrack.services.imports.waiting import list_waiting

PLACE = "/v1/imports"
MAX_EDITED = 200
routes = Routes()


class ImportShown(View):
    """Transactions that came in together; ``standing`` are in the books now."""

    id: Id
    account_id: int | None
    source: str
    filename: str
    rows_added: int
    rows_skipped: int
    rows_matched: int
    standing: int
    edited: int
    reconciled: int
    created_at: datetime
    taken_back_at: datetime | None


class WaitingShown(View):
    """A file that was read and waits for a yes until it expires."""

    id: Id
    account_id: Id
    filename: str
    created_at: datetime
    expires_at: datetime


class ImportDetailShown(View):
    """An import and the first 200 of its transactions that were edited since."""

    summary: ImportShown
    edited: list[TransactionShown]


@routes.declare("GET", PLACE, access=PERSON, verb=list_imports)
async def get_imports(
    caller: SignedIn, cursor: Cursor = None, limit: Limit = 50
) -> Page[ImportShown]:
    """Lists imports, newest first."""
    before = position(cursor)
    found = await ask(caller.actor, list_imports, before=before, limit=limit + 1)
    items = [ImportShown.model_validate(view) for view in found]
    return page_of_ids(items, [item.id for item in items], limit)


@routes.declare("GET", PLACE + "/waiting", access=PERSON, verb=list_waiting)
async def get_waiting(caller: SignedIn) -> Page[WaitingShown]:
    """Lists one's own files that wait for a yes, newest first; all of them at once."""
    found = await ask(caller.actor, list_waiting)
    items = [WaitingShown.model_validate(one) for one in found]
    return Page(items=items, next=None)


@routes.declare("GET", PLACE + "/{import_id}", access=PERSON, verb=find_import)
async def get_import(import_id: PathId, caller: SignedIn) -> ImportDetailShown:
    """Gives one import."""
    found = await ask(caller.actor, find_import, import_id)
    return ImportDetailShown.model_validate(found)


@routes.declare(
    "POST", PLACE + "/{preview_id}/confirm", access=PERSON, verb=confirm_import
)
async def post_import_confirm(
    preview_id: PathId, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[ImportShown]:
    """Says yes to a preview: its rows are added, all or none.

    The import has the id of the preview. Where that was taken back before, or was for
    another account of the file, it gets a new one.
    """
    done = await confirm_in_turn(caller.actor, preview_id, key=key)
    return changed(ImportShown, done)


@routes.declare("DELETE", PLACE + "/{import_id}", access=PERSON, verb=take_back_import)
async def delete_import(
    import_id: PathId,
    caller: SignedIn,
    take_edited: Annotated[
        list[Id],
        Query(max_length=MAX_EDITED, description="Edited transactions that go too"),
    ] = [],  # noqa: B006 - FastAPI copies a default
    key: IdempotencyKey = None,
    *,
    all_edited: Annotated[bool, Query(description="All edited ones go")] = False,
) -> Changed[ImportShown]:
    """Takes an import back: its transactions leave the books.

    A file that still waits for a yes is discarded.
    """
    try:
        # Asked first: a command that is refused leaves a mark in the trail.
        await ask(caller.actor, find_import, import_id)
    except NotFound:
        done = await discard_file(caller.actor, import_id, key=key)
    else:
        take = TakeBack(import_id, tuple(take_edited), all_edited)
        done = await perform(caller.actor, take_back_import, take, key=key)
    return changed(ImportShown, done)
