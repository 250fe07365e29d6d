"""Runs an exchange from wherever it stands to its end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import text

from fintrack.core.actor import SYSTEM
from fintrack.core.errors import Conflict, Unavailable
from fintrack.services import blobs, database
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.commands import ask, perform
from fintrack.services.key_exchange.exchanging import (
    NAME,
    Exchanged,
    exchange_key,
    finish_exchange,
)
from fintrack.services.key_exchange.files import Resealed, seal_anew
from fintrack.services.key_exchange.pair import (
    Pair,
    Place,
    Stage,
    find_pair,
    take_place,
)
from fintrack.services.master_key import find_marks

# "FTKEY" as digits on a telephone; beside the locks of migrations and of the setup.
KEY_LOCK = 38539

_TRY_LOCK = text("SELECT pg_try_advisory_lock(:lock)")


@dataclass(frozen=True, slots=True)
class Report:
    """What was done now; what an earlier run had done is None."""

    database: Exchanged | None
    files: Resealed | None


async def change_key(place: Place) -> Report:
    """Exchanges the master key, or goes on where a killed run ended.

    Raises:
        FinTrackError: with a sentence for the operator. Both keys are kept, and it can
            be run again.
    """
    async with _alone():
        pair = find_pair(await ask(SYSTEM, find_marks), place)
        exchanged = resealed = None
        if pair.stage is Stage.DATABASE:
            exchanged = (
                await perform(SYSTEM, exchange_key, pair.former, pair.new)
            ).value
        if pair.stage <= Stage.FILES:
            resealed = await _seal_files(pair, place)
            await perform(SYSTEM, finish_exchange)
        if place.in_file:
            take_place(place.folder)
    return Report(exchanged, resealed)


async def _seal_files(pair: Pair, place: Place) -> Resealed:
    folder = place.folder / blobs.FOLDER
    former, new = (
        FolderBlobStore(folder, key.derive(blobs.LABEL))
        for key in (pair.former, pair.new)
    )
    try:
        return await seal_anew(former, new)
    except Unavailable as error:
        raise Unavailable(
            "The database has the new key, and not every file: {reason} Both keys are "
            "kept. Mend that and run it again: python -m fintrack change-key",
            reason=error.text,
        ) from error


@asynccontextmanager
async def _alone() -> AsyncIterator[None]:
    """The only exchange of this database; the lock ends with its session."""
    async with database.current().lone_connection(NAME) as connection:
        if not await connection.scalar(_TRY_LOCK, {"lock": KEY_LOCK}):
            raise Conflict("The master key is being exchanged by another process.")
        yield
