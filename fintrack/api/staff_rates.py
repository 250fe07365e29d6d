"""``/api/v1/staff/rates``: what admins see of rates, what they decide and ask for.

To others there is nothing here; that they tried stays in the trail.
"""

from collections.abc import Awaitable
from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import Path, Response
from pydantic import AwareDatetime, Field, model_validator

from fintrack.api.currencies import CodeInPath
from fintrack.api.identity import SignedIn
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import MAX_VERSION, Day, PlainNumber, View
from fintrack.core.errors import NotAllowed, NotFound
from fintrack.core.rate_runs import Source
from fintrack.services.commands import ask, perform
from fintrack.services.rates.filling import ask_fill, list_fills, stop_fill
from fintrack.services.rates.jumps import (
    Seen,
    accept_jump,
    list_jumps,
    refuse_jump,
)
from fintrack.services.rates.overseeing import SourceView, fetch_now, list_sources

PLACE = "/v1/staff/rates"
SOURCE, JUMP = f"{PLACE}/sources/{{source}}", f"{PLACE}/jumps/{{source}}/{{code}}"
routes = Routes()
T = TypeVar("T")

SourceInPath = Annotated[str, Path(max_length=20, description="As the list names it")]


class SourceShown(View):
    """A source; ``standing`` is well, failing, resting or never (it was not asked yet).

    ``error`` is the code of the last fault, behind a space its status; ``quota_left``
    is null where the source does not tell.
    """

    source: str
    standing: str
    checked_at: datetime | None
    fetched_at: datetime | None
    next_at: datetime | None
    rests_until: datetime | None
    failures: int
    error: str
    quota_left: int | None
    has_history: bool

    @model_validator(mode="before")
    @classmethod
    def _of_view(cls, value: Any) -> Any:  # noqa: ANN401 - whatever is validated
        if not isinstance(value, SourceView):
            return value
        row = value.row
        return {
            "source": row.source.value,
            "standing": value.standing.value,
            "checked_at": row.checked_at,
            "fetched_at": row.fetched_at,
            "next_at": value.next_at,
            "rests_until": value.rests_until,
            "failures": row.failures,
            "error": row.error,
            "quota_left": row.quota.left if row.quota else None,
            "has_history": value.has_history,
        }


class SourcesShown(View):
    """The sources that are fetched here, in the order in which they are asked."""

    items: list[SourceShown]


class JumpShown(View):
    """What waits: what 1 US dollar buys as the source says, and from what it jumped.

    ``in_force`` is what it buys now by all that is believed; null where nothing is.
    """

    code: str
    source: str
    per_usd: PlainNumber
    before: PlainNumber
    in_force: PlainNumber | None
    since: datetime
    seen_at: datetime
    observations: int


class JumpsShown(View):
    """What waits for a decision."""

    items: list[JumpShown]


class FillShown(View):
    """The last fill of a source; ``done`` of its ``days`` were asked for.

    It is over when ``finished_at`` is there; ``error`` says why before its last day. It
    brought ``rates``, those that were known included; ``held`` of them wait for a
    decision, and of ``empty_days`` the source has none.
    """

    source: str
    first_on: Day
    last_on: Day
    days: int
    done: int
    asked_at: datetime
    finished_at: datetime | None
    error: str
    rates: int
    held: int
    empty_days: int


class FillsShown(View):
    """The last fill of each source that has had one."""

    items: list[FillShown]


class PeriodGiven(Body):
    """The days to fill, both included; at most 366."""

    first: Day
    last: Day


class SeenGiven(Body):
    """What of a jump was seen, as the list says it; if more waits by now it is 409."""

    observations: int = Field(ge=1, le=MAX_VERSION)
    seen_at: Annotated[AwareDatetime, Field(strict=False)]

    @property
    def seen(self) -> Seen:
        """As the verbs take it."""
        return Seen(self.observations, self.seen_at)


class DecidedShown(View):
    """How many observations were decided upon."""

    observations: int


@routes.declare("GET", f"{PLACE}/sources", access=PERSON, verb=list_sources)
async def get_rate_sources(caller: SignedIn) -> SourcesShown:
    """Lists the sources of rates with how they do."""
    found = await _hidden(ask(caller.actor, list_sources))
    return SourcesShown(items=[SourceShown.model_validate(one) for one in found])


@routes.declare("POST", f"{SOURCE}/fetch", access=PERSON, status=204, verb=fetch_now)
async def fetch_rate_source(source: SourceInPath, caller: SignedIn) -> Response:
    """Has this one source asked as soon as its turn comes, though it rests."""
    await _hidden(perform(caller.actor, fetch_now, _source_of(source)))
    return Response(status_code=204)


@routes.declare("GET", f"{PLACE}/fills", access=PERSON, verb=list_fills)
async def get_rate_fills(caller: SignedIn) -> FillsShown:
    """Lists the periods that sources were asked for."""
    found = await _hidden(ask(caller.actor, list_fills))
    return FillsShown(items=[FillShown.model_validate(one) for one in found])


@routes.declare("PUT", f"{SOURCE}/fill", access=PERSON, status=204, verb=ask_fill)
async def put_rate_fill(
    source: SourceInPath, given: PeriodGiven, caller: SignedIn
) -> Response:
    """Has the rates of past days brought from a source, in the background."""
    asked = (_source_of(source), given.first, given.last)
    await _hidden(perform(caller.actor, ask_fill, *asked))
    return Response(status_code=204)


@routes.declare("DELETE", f"{SOURCE}/fill", access=PERSON, status=204, verb=stop_fill)
async def delete_rate_fill(source: SourceInPath, caller: SignedIn) -> Response:
    """Ends a fill where it is; what it brought stays."""
    await _hidden(perform(caller.actor, stop_fill, _source_of(source)))
    return Response(status_code=204)


@routes.declare("GET", f"{PLACE}/jumps", access=PERSON, verb=list_jumps)
async def get_rate_jumps(caller: SignedIn) -> JumpsShown:
    """Lists the rates that are too far from those in force to be believed."""
    found = await _hidden(ask(caller.actor, list_jumps))
    return JumpsShown(items=[JumpShown.model_validate(one) for one in found])


@routes.declare("POST", f"{JUMP}/accept", access=PERSON, verb=accept_jump)
async def accept_rate_jump(
    source: SourceInPath, code: CodeInPath, given: SeenGiven, caller: SignedIn
) -> DecidedShown:
    """Takes what waits of a source and currency for right, if it is what was seen."""
    deed = perform(caller.actor, accept_jump, code, _source_of(source), given.seen)
    return DecidedShown(observations=(await _hidden(deed)).value)


@routes.declare("POST", f"{JUMP}/refuse", access=PERSON, verb=refuse_jump)
async def refuse_rate_jump(
    source: SourceInPath, code: CodeInPath, given: SeenGiven, caller: SignedIn
) -> DecidedShown:
    """Takes what waits of a source and currency for wrong, if it is what was seen."""
    deed = perform(caller.actor, refuse_jump, code, _source_of(source), given.seen)
    return DecidedShown(observations=(await _hidden(deed)).value)


def _source_of(name: str) -> Source:
    if name not in set(Source):
        raise NotFound
    return Source(name)


async def _hidden(deed: Awaitable[T]) -> T:
    try:
        return await deed
    except NotAllowed:
        raise NotFound from None
