"""Clears the outbox: secrets whose time is over, and letters that are long finished."""

from datetime import timedelta

from sqlalchemy import text

from fintrack.services import database

FORGOTTEN_AFTER = timedelta(days=30)
MOST_PER_RUN = 10_000

# A letter that is being sent now is left to who sends it.
_EXPIRE = text(
    "WITH late AS (UPDATE letter SET state = 'expired', sealed = NULL, "
    "finished_at = :now WHERE id IN (SELECT id FROM letter "
    "WHERE state IN ('waiting', 'sending') AND expires_at <= :now "
    "AND (state = 'waiting' OR due_at <= :now) "
    "LIMIT :most FOR UPDATE SKIP LOCKED) RETURNING 1) SELECT count(*) FROM late"
)
_FORGET = text(
    "WITH gone AS (DELETE FROM letter WHERE id IN (SELECT id FROM letter "
    "WHERE finished_at < :forgotten LIMIT :most) RETURNING 1) "
    "SELECT count(*) FROM gone"
)


async def sweep_letters() -> int:
    """Ends letters that expired and removes those finished 30 days ago; how many.

    No change set: the table is untracked, and nothing that people own goes.
    """
    home = database.current()
    now = home.clock()
    async with home.unit_of_work() as session:
        late = await session.scalar(_EXPIRE, {"now": now, "most": MOST_PER_RUN})
        gone = await session.scalar(
            _FORGET, {"forgotten": now - FORGOTTEN_AFTER, "most": MOST_PER_RUN}
        )
    return int(late or 0) + int(gone or 0)
