"""Files that wait for a person's yes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from fintrack.core.actor import LedgerRole
from fintrack.services.commands import Work, question

# What was imported waits no more, and says as what.
_WAITING = text(
    "SELECT id, account_id, filename, created_at, expires_at FROM import_preview "
    "WHERE ledger_id = :ledger_id AND person_id = :person_id AND expires_at > :now "
    "AND decisions -> 'import_id' IS NULL ORDER BY id DESC"
)


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that was read and not imported; it is forgotten at ``expires_at``."""

    id: int
    account_id: int
    filename: str
    created_at: datetime
    expires_at: datetime


@question("import.list_waiting", ledger=LedgerRole.EDITOR)
async def list_waiting(work: Work) -> list[WaitingFile]:
    """The person's own files that wait in this ledger, newest first; they are few."""
    values = {
        "ledger_id": work.ledger_id,
        "person_id": work.person_id,
        "now": work.now,
    }
    found = (await work.session.execute(_WAITING, values)).all()
    return [WaitingFile(*row) for row in found]
