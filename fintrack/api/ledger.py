"""``/api/v1/ledger`` and ``/sample``: the books one works in, and how they begin."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from fintrack.api.accounts import AccountGiven
from fintrack.api.curves import today_of
from fintrack.api.identity import SignedIn
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import Changed, Day, Id, IdempotencyKey, View, changed
from fintrack.services.commands import ask, perform
from fintrack.services.first_run import (
    Beginning,
    Start,
    find_ledger,
    start_with,
)
from fintrack.services.sample.adding import NewSample, add_sample
from fintrack.services.sample.removing import remove_sample

PLACE = "/v1/ledger"
SAMPLE = "/v1/sample"
routes = Routes()


class LedgerShown(View):
    """The books; ``started_with`` is null until their owner has chosen."""

    id: Id
    name: str
    base_currency: str
    started_with: Beginning | None
    version: int


class StartGiven(Body):
    """The first choice; ``fresh`` brings its first account."""

    beginning: Annotated[Beginning, Field(strict=False)]
    account: AccountGiven | None = None


class SampleGiven(Body):
    """The last day of the sample data, today if none is named."""

    until: Day | None = None


class SampleAddedShown(View):
    """How much was added, as an import of its own."""

    import_id: Id
    first_day: Day
    transactions: int
    accounts: int


class SampleRemovedShown(View):
    """How much went; ``kept`` accounts and categories hold something of one's own."""

    transactions: int
    kept: int


@routes.declare("GET", PLACE, access=PERSON, verb=find_ledger)
async def get_ledger(caller: SignedIn) -> LedgerShown:
    """Gives the books that the session or ``FinTrack-Ledger`` names."""
    return LedgerShown.model_validate(await ask(caller.actor, find_ledger))


@routes.declare("POST", PLACE + "/start", access=PERSON, verb=start_with)
async def post_ledger_start(
    given: StartGiven, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[LedgerShown]:
    """Begins new books with sample data, an import or a first account."""
    account = given.account.read("account.") if given.account else None
    start = Start(given.beginning, today_of(caller), caller.view.language, account)
    done = await perform(caller.actor, start_with, start, key=key)
    return changed(LedgerShown, done)


@routes.declare("POST", SAMPLE, access=PERSON, status=201, verb=add_sample)
async def post_sample(
    given: SampleGiven, caller: SignedIn, answer: Response, key: IdempotencyKey = None
) -> Changed[SampleAddedShown]:
    """Adds eighteen months of sample data."""
    new = NewSample(given.until or today_of(caller), caller.view.language)
    result = changed(
        SampleAddedShown, await perform(caller.actor, add_sample, new, key=key)
    )
    answer.headers["Location"] = f"/api/v1/imports/{result.item.import_id}"
    return result


@routes.declare("DELETE", SAMPLE, access=PERSON, verb=remove_sample)
async def delete_sample(
    caller: SignedIn, key: IdempotencyKey = None
) -> Changed[SampleRemovedShown]:
    """Removes exactly the sample data."""
    done = await perform(caller.actor, remove_sample, key=key)
    return changed(SampleRemovedShown, done)
