"""``/api/v1/changes``: the history of the books, and taking a change back."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator

from fintrack.api.identity import SignedIn
from fintrack.api.money import MoneyShown
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
from fintrack.core.exchange import Rate
from fintrack.core.money import Money
from fintrack.services.change_details import find_change
from fintrack.services.change_fields import Value
from fintrack.services.changes import list_changes, undo_change
from fintrack.services.commands import ask, perform

PLACE = "/v1/changes"
routes = Routes()


def _plain(value: Value) -> Money | date | str | bool | None:
    """An own rate as text, which names a row as well as it stands in a field."""
    return value.text if isinstance(value, Rate) else value


NameText = Annotated[str, BeforeValidator(_plain)]
ValueShown = Annotated[MoneyShown | date | bool | str | None, BeforeValidator(_plain)]


class ChangeShown(View):
    """One change; ``undo_of`` is what it took back.

    ``about`` names the first things that it changed; only the list has it. ``matched``
    counts, after an undo, the rows of other accounts that became void by it, because
    transfers that are back stand for them.
    """

    id: Id
    command: str
    at: datetime
    person_id: int | None
    person_name: str
    undo_of: int | None
    undone_by: int | None
    can_undo: bool
    about: list[NameText]
    matched: int


@routes.declare("GET", PLACE, access=PERSON, verb=list_changes)
async def get_changes(
    caller: SignedIn, cursor: Cursor = None, limit: Limit = 50
) -> Page[ChangeShown]:
    """Lists changes, newest first."""
    before = position(cursor)
    found = await ask(caller.actor, list_changes, before=before, limit=limit + 1)
    items = [ChangeShown.model_validate(view) for view in found]
    return page_of_ids(items, [item.id for item in items], limit)


class FieldShown(View):
    """One field; null is a value that was not there."""

    name: str
    before: ValueShown
    after: ValueShown


class RowShown(View):
    """One row: ``op`` is I (added), U (changed) or D (removed)."""

    table: str
    row_id: Id
    op: str
    subject: str
    subject_id: Id
    about: NameText
    fields: list[FieldShown]


class ChangeDetailShown(View):
    """What a change did; ``total`` counts the rows beyond the first 200 too."""

    id: Id
    total: int
    rows: list[RowShown]


@routes.declare("GET", PLACE + "/{change_id}", access=PERSON, verb=find_change)
async def get_change(change_id: PathId, caller: SignedIn) -> ChangeDetailShown:
    """What a change did to each row: its fields before and after."""
    found = await ask(caller.actor, find_change, change_id)
    return ChangeDetailShown.model_validate(found)


@routes.declare("POST", PLACE + "/{change_id}/undo", access=PERSON, verb=undo_change)
async def post_change_undo(
    change_id: PathId, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[ChangeShown]:
    """Takes a change back; undoing the undo brings it again.

    Where rows were changed since then or are needed by newer ones, the problem (409,
    ``undo-refused``) names the first of them in ``rows`` and counts all in
    ``rows_total``.
    """
    done = await perform(caller.actor, undo_change, change_id, key=key)
    return changed(ChangeShown, done)
