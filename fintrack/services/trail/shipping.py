"""The relay: takes what is committed in MainDB to the chain in LogDB, exactly once.

A batch is appended first and marked afterwards. Whoever dies in between leaves rows in
the chain that MainDB takes for unshipped: the next run finds them there by their unique
(source, source_id) and only marks them.
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.audit_chain import Shipment, Tip, link
from fintrack.core.errors import Conflict
from fintrack.services import database
from fintrack.services.database import Database
from fintrack.services.trail import relay, starting_over
from fintrack.services.trail.gathering import CHANGE_SET, SECURITY_EVENT, gather
from fintrack.services.trail.tables import ensure_tables

# "FTREL" as digits on a telephone; beside the locks of migrations and of the setup.
RELAY_LOCK = 38735

_TRY_LOCK = text("SELECT pg_try_advisory_xact_lock(:lock)")
_THERE = text(
    "SELECT e.source, e.source_id, e.at FROM audit_entry e "
    "JOIN unnest(cast(:sources AS text[]), cast(:ids AS bigint[])) AS b (source, id) "
    "ON e.source = b.source AND e.source_id = b.id"
)
_APPEND = text(
    "INSERT INTO audit_entry "
    "(position, source, source_id, at, payload, previous_hash, hash) SELECT * FROM "
    "unnest(cast(:positions AS bigint[]), cast(:sources AS text[]), "
    "cast(:ids AS bigint[]), cast(:instants AS timestamptz[]), "
    "cast(:payloads AS bytea[]), cast(:previous AS bytea[]), cast(:hashes AS bytea[]))"
)
_APART = text("SELECT current_user = 'fintrack_relay'")
_MARKS = {
    source: text(
        f"UPDATE {source} SET shipped_at = :at "  # noqa: S608 - constants only
        "WHERE id = ANY(:ids) AND shipped_at IS NULL"
    )
    for source in (CHANGE_SET, SECURITY_EVENT)
}


async def ship_trail() -> int:
    """Ships everything that waits; how much it was. For the timetable.

    Of two that run at once, one ships and the other gives 0. A LogDB that was lost gets
    a new chain.

    Raises:
        Exception: as the databases raise it; nothing is lost, and the reason stands in
            the health of the trail until a run goes well.
    """
    home = database.current()
    shipped = 0
    try:
        await ensure_tables(home)
        await _see_to_loss(home)
        while batch := await _ship_batch(home):
            shipped += batch
    except Exception as error:
        async with home.unit_of_work() as session:
            await relay.note_failure(session, error, home.clock())
        raise
    async with home.unit_of_work() as session:
        await relay.note_success(session)
    return shipped


async def _see_to_loss(home: Database) -> None:
    async with home.unit_of_work() as main:
        if not await main.scalar(_TRY_LOCK, {"lock": RELAY_LOCK}):
            return
        known = await relay.known_tip(main)
        async with home.log_reading() as log:
            is_lost = await starting_over.is_lost(log, known)
        if is_lost:
            await starting_over.start_over(main, known, home.clock())


async def _ship_batch(home: Database) -> int:
    async with home.unit_of_work() as main:
        if not await main.scalar(_TRY_LOCK, {"lock": RELAY_LOCK}):
            return 0
        batch = await gather(main, home)
        if batch:
            tip, apart = await _append(home, batch, await relay.known_tip(main))
            await _mark(main, batch, home)
            await relay.advance(main, tip, home.clock(), apart=apart)
    return len(batch)


async def _append(
    home: Database, batch: list[Shipment], known: Tip
) -> tuple[Tip, bool]:
    """Adds what is not there yet; the new tip, and whether a role of its own did it."""
    async with home.log_unit_of_work() as log:
        tip = await relay.find_tip(log, known)
        there = await _find_there(log, batch)
        links: list[tuple[Tip, Tip]] = []
        fresh = [one for one in batch if (one.source, one.source_id) not in there]
        for shipment in fresh:
            before, tip = tip, link(tip, shipment)
            links.append((before, tip))
        values = {
            "positions": [after.position for _, after in links],
            "sources": [one.source for one in fresh],
            "ids": [one.source_id for one in fresh],
            "instants": [one.at for one in fresh],
            "payloads": [one.payload for one in fresh],
            "previous": [before.hash for before, _ in links],
            "hashes": [after.hash for _, after in links],
        }
        await log.execute(_APPEND, values)
        apart = bool(await log.scalar(_APART))
    return tip, apart


async def _find_there(log: AsyncSession, batch: list[Shipment]) -> set[tuple[str, int]]:
    """What an interrupted run has appended already.

    Raises:
        Conflict: the chain holds another one of the same number, as after a restore of
            MainDB alone; marking ours as shipped would lose it.
    """
    values = {
        "sources": [one.source for one in batch],
        "ids": [one.source_id for one in batch],
    }
    found = (await log.execute(_THERE, values)).all()
    instants = {(one.source, one.source_id): one.at for one in batch}
    for row in found:
        if row.at != instants[row.source, row.source_id]:
            raise Conflict(
                "The chain already holds another {source} {id}. "
                "Was only one of the two databases restored?",
                source=row.source,
                id=row.source_id,
            )
    return {(row.source, row.source_id) for row in found}


async def _mark(main: AsyncSession, batch: list[Shipment], home: Database) -> None:
    for source, statement in _MARKS.items():
        ids = [one.source_id for one in batch if one.source == source]
        if ids:
            await main.execute(statement, {"ids": ids, "at": home.clock()})
