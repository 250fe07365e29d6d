"""Whose books the command line adds sample data to."""

from dataclasses import dataclass

from sqlalchemy import text

from fintrack.core.actor import Actor, LedgerRole, Role
from fintrack.core.errors import NotFound
from fintrack.services.commands import Work, question

_FIRST_ADMIN = text(
    "SELECT p.id, p.language, p.time_zone, l.id AS ledger_id FROM person p "
    "JOIN ledger l ON l.owner_id = p.id "
    "WHERE p.role = 'admin' AND p.suspended_at IS NULL ORDER BY p.id, l.id LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class LedgerOwner:
    """Somebody in their own ledger, with how they speak and what day it is there."""

    actor: Actor
    language: str
    time_zone: str


@question("ledger.of_first_admin", roles=frozenset({Role.SYSTEM}))
async def find_first_admin(work: Work) -> LedgerOwner:
    """The first admin in the first of their ledgers.

    Raises:
        NotFound: nobody has set FinTrack up yet.
    """
    row = (await work.session.execute(_FIRST_ADMIN)).one_or_none()
    if row is None:
        raise NotFound("Nobody has set FinTrack up yet.")
    actor = Actor(row.id, Role.ADMIN, row.ledger_id, LedgerRole.OWNER)
    return LedgerOwner(actor, row.language, row.time_zone)
