"""Images of old changes leave MainDB once LogDB has them and nobody can undo them."""

from sqlalchemy import text

from fintrack.services import database
from fintrack.services.change_sets import KEPT

BATCH = 10_000

# The oldest images first, by the index; young ones are not looked at.
_DELETE = text(
    "WITH oldest AS (SELECT id FROM change_row ORDER BY change_set_id, statement "
    "LIMIT :most) DELETE FROM change_row r USING change_set s, oldest o "
    "WHERE r.id = o.id AND s.id = r.change_set_id AND s.shipped_at IS NOT NULL "
    "AND s.at < :before"
)


async def prune_images() -> int:
    """Deletes what may go, in batches; how many images went. For the timetable."""
    before = database.current().clock() - KEPT
    pruned = 0
    while True:
        batch = await database.sweep(_DELETE, most=BATCH, before=before)
        pruned += batch
        if batch < BATCH:
            return pruned
