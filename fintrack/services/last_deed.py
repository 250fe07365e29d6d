"""What a person did last of all that can be taken back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import text

from fintrack.core.actor import LedgerRole
from fintrack.services import commands
from fintrack.services.change_fields import Name
from fintrack.services.change_names import name_things
from fintrack.services.change_sets import UNDO_DAYS
from fintrack.services.commands import Work, question

# Each change goes up to what all undos below it are about: an odd number of steps is
# an undo, an even one the change itself or its redo. The newest of them says whether
# the change stands.
_LAST: Final = text(
    "WITH RECURSIVE up AS ("
    "SELECT c.id, c.person_id, c.id AS root, c.command, c.undo_of, 0 AS steps "
    "FROM change_set c WHERE c.ledger_id = :ledger_id AND c.at >= :since "
    "AND NOT c.refused AND c.command = ANY(CAST(:commands AS text[])) "
    "AND EXISTS (SELECT FROM change_row r WHERE r.change_set_id = c.id) "
    "UNION ALL "
    "SELECT up.id, up.person_id, c.id, c.command, c.undo_of, up.steps + 1 "
    "FROM up JOIN change_set c ON c.id = up.undo_of"
    "), deed AS ("
    "SELECT root, command, max(id) AS newest, "
    "max(id) FILTER (WHERE steps % 2 = 1) AS undo, "
    "max(id) FILTER (WHERE steps % 2 = 0 AND person_id = :person_id) AS own "
    "FROM up WHERE undo_of IS NULL GROUP BY root, command"
    ") SELECT newest, root, command FROM deed "
    "WHERE own IS NOT NULL AND undo IS DISTINCT FROM newest "
    "ORDER BY own DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class LastDeed:
    """A change that stands; ``change_id`` is what an undo of it takes back.

    That is the change itself, or what brought it again. ``command`` and ``about`` are
    those of the change.
    """

    change_id: int
    command: str
    about: tuple[Name, ...]


@question("change.last", ledger=LedgerRole.VIEWER)
async def find_last_deed(work: Work) -> LastDeed | None:
    """The person's newest change of the ledger that stands and can be taken back.

    A change that was brought again is as new as that.
    """
    undoable = [name for name, spec in commands.registry().items() if spec.undoable]
    found = await work.session.execute(
        _LAST,
        {
            "ledger_id": work.ledger_id,
            "person_id": work.actor.person_id,
            "since": work.now - timedelta(days=UNDO_DAYS),
            "commands": undoable,
        },
    )
    last = found.one_or_none()
    if last is None:
        return None
    about = await name_things(work, {last.root: last.command})
    return LastDeed(last.newest, last.command, about.get(last.root, ()))
