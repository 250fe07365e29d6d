"""The day it is for who asks: east of Greenwich it begins before the one of UTC."""

from datetime import date, timedelta

from sqlalchemy import text

from fintrack.core.clock import day_in_zone
from fintrack.core.errors import InvalidInput
from fintrack.services.commands import Work

_ZONE = text("SELECT time_zone FROM person WHERE id = :person_id")


async def zone_of(work: Work) -> str:
    """Where the person lives; UTC where nobody in person asks."""
    zone = None
    if work.actor.person_id:
        zone = await work.session.scalar(_ZONE, {"person_id": work.actor.person_id})
    return zone or "UTC"


async def today_of(work: Work) -> date:
    """Today where the person lives."""
    return day_in_zone(work.now, await zone_of(work))


async def check_day(work: Work, on: date, *, field: str = "on") -> None:
    """Refuses a day that is still to come where the person lives.

    Raises:
        InvalidInput: it is one (field ``on``, unless another is named).
    """
    # The day before that of UTC has begun everywhere, and nobody's zone is asked for.
    if on > work.now.date() - timedelta(1) and on > await today_of(work):
        raise InvalidInput("There are no rates of a day to come.", field=field)
