"""The day it is for a ledger."""

from datetime import date

from sqlalchemy import text

from fintrack.core.clock import day_in_zone
from fintrack.services.commands import Work

_ZONE = text(
    "SELECT p.time_zone FROM ledger l JOIN person p ON p.id = l.owner_id "
    "WHERE l.id = :ledger_id"
)


async def ledger_today(work: Work) -> date:
    """The day it is where the ledger's owner lives."""
    zone = await work.session.scalar(_ZONE, {"ledger_id": work.ledger_id})
    return day_in_zone(work.now, zone or "UTC")
