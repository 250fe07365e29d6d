"""``/api/v1/changes``: the history of the books, and taking a change back."""

from datetime import datetime

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
from fintrack.services.changes import list_changes, undo_change
from fintrack.services.commands import ask, perform

PLACE = "/v1/changes"
routes = Routes()


class ChangeShown(View):
    """One change; ``undo_of`` is what it took back."""

    id: Id
    command: str
    at: datetime
    person_id: int | None
    undo_of: int | None
    undone_by: int | None
    can_undo: bool


@routes.declare("GET", PLACE, access=PERSON, verb=list_changes)
async def get_changes(
    caller: SignedIn, cursor: Cursor = None, limit: Limit = 50
) -> Page[ChangeShown]:
    """Lists changes, newest first."""
    found = await ask(caller.actor, list_changes, before=position(cursor), limit=limit)
    items = [ChangeShown.model_validate(view) for view in found]
    return page_of_ids(items, [item.id for item in items], limit)


@routes.declare("POST", PLACE + "/{change_id}/undo", access=PERSON, verb=undo_change)
async def post_change_undo(
    change_id: PathId, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[ChangeShown]:
    """Takes a change back; undoing the undo brings it again."""
    done = await perform(caller.actor, undo_change, change_id, key=key)
    return changed(ChangeShown, done)
