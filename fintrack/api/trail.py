"""``/api/v1/me/trail``: who saw and changed one's data."""

from datetime import datetime
from typing import Annotated

from fastapi import Query

from fintrack.api.identity import SignedIn
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import Id, Limit, Page, View
from fintrack.core.errors import InvalidInput
from fintrack.services.commands import ask
from fintrack.services.trail.own import NEWEST, Place, list_own_trail

routes = Routes()

TrailCursor = Annotated[
    str | None,
    Query(
        pattern=r"^[0-9]{1,19}\.[0-9]{1,19}$",
        description="`next` of the page before, unchanged",
    ),
]


class TraceShown(View):
    """One thing that somebody did; ``what`` is a command or, for an event, its kind.

    ``words`` is what an event says beside its kind: of a role that was changed, which
    it was before and which it is after; of refusals, how many times the row stands for,
    and where it stands for several commands, which; ``refused`` is the first.
    ``person_name`` is empty for a stranger who was refused in one's books.
    ``is_shipped``: it stands in the audit chain, where nobody can change it.
    """

    is_event: bool
    id: Id
    what: str
    at: datetime
    person_id: int | None
    person_name: str
    is_mine: bool
    ledger_id: int | None
    is_shipped: bool
    undo_of: int | None
    refused: str
    address: str
    device: str
    words: dict[str, str]


@routes.declare("GET", "/v1/me/trail", access=PERSON, verb=list_own_trail)
async def get_trail(
    caller: SignedIn, cursor: TrailCursor = None, limit: Limit = 50
) -> Page[TraceShown]:
    """Lists what was done by, to and with the data of the person, newest first."""
    below = _place(cursor)
    page = await ask(caller.actor, list_own_trail, below=below, limit=limit)
    items = [TraceShown.model_validate(trace) for trace in page.traces]
    return Page(items=items, next=str(page.below) if page.below else None)


def _place(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    change, event = map(int, cursor.split("."))
    if max(change, event) > NEWEST:
        raise InvalidInput(field="cursor")
    return Place(change, event)
