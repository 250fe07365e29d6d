"""Clears the outbox: secrets whose time is over, and letters that are long finished."""

from datetime import timedelta

from sqlalchemy import text

from fintrack.services import database

FORGOTTEN_AFTER = timedelta(days=30)
MOST_PER_RUN = 10_000

# A letter that is being sent now is left to who sends it.
_EXPIRE = text(
    "UPDATE letter SET state = 'expired', sealed = NULL, finished_at = :now "
    "WHERE id IN (SELECT id FROM letter "
    "WHERE state IN ('waiting', 'sending') AND expires_at <= :now "
    "AND (state = 'waiting' OR due_at <= :now) LIMIT :most FOR UPDATE SKIP LOCKED)"
)
_FORGET = text(
    "DELETE FROM letter WHERE id IN "
    "(SELECT id FROM letter WHERE finished_at < :forgotten LIMIT :most)"
)


async def sweep_letters() -> int:
    """Ends letters that expired and removes those finished 30 days ago; how many."""
    now = database.current().clock()
    forgotten = now - FORGOTTEN_AFTER
    late = await database.sweep(_EXPIRE, now=now, most=MOST_PER_RUN)
    return late + await database.sweep(_FORGET, forgotten=forgotten, most=MOST_PER_RUN)
