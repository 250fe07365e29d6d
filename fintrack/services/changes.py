"""The history of a ledger's changes, and taking one back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import Conflict, InvalidInput, NotFound, UndoRefused
from fintrack.core.rules import Rule
from fintrack.core.undo_faults import AlreadyUndone
from fintrack.models.people import Person
from fintrack.models.trail import ChangeRow, ChangeSet
from fintrack.services import commands
from fintrack.services.change_fields import Name
from fintrack.services.change_names import name_things
from fintrack.services.change_sets import UNDO_DAYS
from fintrack.services.commands import Work, command, question
from fintrack.services.database import attempt
from fintrack.services.ledger import rows
from fintrack.services.ledger.beside import check_attached
from fintrack.services.ledger.chain import check_chain
from fintrack.services.ledger.locking import check_locked
from fintrack.services.ledger.matching import settle_matches
from fintrack.services.ledger.openings import check_once
from fintrack.services.people import CHOOSE_APPEARANCE
from fintrack.services.recurring.handling import check_turns
from fintrack.services.recurring.settling import look_again_after
from fintrack.services.rules.rulebook import check_rulebook, load_rulebook
from fintrack.services.undo_refusal import explain_refusal

PAGE = 50
# One more than a page may be asked for: it tells whether another page follows.
MOST = PAGE + 1

_FLOOR = text(
    "SELECT EXISTS (SELECT FROM change_row c JOIN tracked_table t "
    "ON t.name = c.table_name WHERE c.change_set_id = :id AND t.undo_floor >= :id)"
)
_NAME = func.trim(func.concat(col(Person.first_name), " ", col(Person.last_name)))
# Older ones may have lost their rows to LogDB: what they changed is not known here.
_CHANGED = (
    select(ChangeRow).where(col(ChangeRow.change_set_id) == ChangeSet.id).exists()
)
_UNDO = text("CALL undo_change_set(:id)")
# An undo takes one step to what it took back; the undo of an undo two, and so on.
_REDOS = text(
    "WITH RECURSIVE up AS ("
    "SELECT id, undo_of, 0 AS steps FROM change_set "
    "WHERE id = ANY(CAST(:ids AS bigint[])) "
    "UNION ALL "
    "SELECT up.id, c.undo_of, up.steps + 1 "
    "FROM up JOIN change_set c ON c.id = up.undo_of"
    ") SELECT id FROM up WHERE undo_of IS NULL AND steps > 0 AND steps % 2 = 0"
)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change set as the history shows it; ``undo_of`` is what it took back.

    Without a person it is the program's own; a list names the person. ``about`` names
    the first things that it changed. An undo ``brings_again`` where it took back what
    itself had taken something away. Of a fresh one is known with which change it all
    began (``origin``), and for how many rows of other banks transfers stand by it
    (``matched``).
    """

    id: int
    command: str
    at: datetime
    person_id: int | None
    person_name: str
    undo_of: int | None
    undone_by: int | None
    can_undo: bool
    about: tuple[Name, ...] = ()
    origin: int = 0
    brings_again: bool = False
    matched: int = 0


@question("change.list", ledger=LedgerRole.VIEWER)
async def list_changes(
    work: Work, *, before: int | None = None, limit: int = PAGE
) -> list[ChangeView]:
    """Changes of the ledger, newest first; ``before`` is the last id of a page.

    What changed nothing, such as a rule applied twice, stands in the trail alone; so
    does how the pages look to somebody.
    """
    old = col(ChangeSet.at) < work.now - timedelta(days=UNDO_DAYS)
    query = (
        select(ChangeSet, _NAME)
        .outerjoin(Person, col(Person.id) == col(ChangeSet.person_id))
        .where(
            col(ChangeSet.ledger_id) == work.ledger_id,
            col(ChangeSet.refused).is_(False),
            col(ChangeSet.command) != CHOOSE_APPEARANCE,
            or_(_CHANGED, old),
        )
        .order_by(col(ChangeSet.id).desc())
        .limit(min(limit, MOST))
    )
    if before is not None:
        query = query.where(col(ChangeSet.id) < before)
    found = (await work.session.execute(query)).all()
    ids = [change.id for change, _ in found]
    about = await name_things(work, {change.id: change.command for change, _ in found})
    undone, redos = await _undone_by(work, ids), await _redos(work, ids)
    views = (
        _to_view(work, change, undone.get(change.id), name or "")
        for change, name in found
    )
    return [
        replace(view, about=about.get(view.id, ()), brings_again=view.id in redos)
        for view in views
    ]


@command("change.undo", ledger=LedgerRole.EDITOR, uses=("accounts", "attachments"))
async def undo_change(work: Work, change_id: int) -> ChangeView:
    """Takes a change set back; undoing the undo brings it again.

    Raises:
        NotFound: not a change of this ledger.
        UndoRefused: it is older than 30 days or than a change of its tables' shape,
            was undone already, cannot be undone by its nature, its rows were changed
            or are needed by something newer (then ``RowsInTheWay`` names them), it
            brings back too many attachments, or rules would loop.
    """
    change = await work.session.scalar(
        select(ChangeSet).where(
            col(ChangeSet.ledger_id) == work.ledger_id,
            col(ChangeSet.id) == change_id,
            col(ChangeSet.refused).is_(False),
        )
    )
    if change is None:
        raise NotFound
    await _check_undoable(work, change)
    rules = await load_rulebook(work)
    await work.session.execute(
        update(ChangeSet)
        .where(col(ChangeSet.id) == work.change_id)
        .values(undo_of=change_id)
    )
    try:
        async with attempt(work.session):
            await work.session.execute(_UNDO, {"id": change_id})
    except DBAPIError as error:
        raise await explain_refusal(work, change_id, error) or error from error
    matched = await _check_books(work, rules)
    return replace(await _taken_back(work, change), matched=matched)


async def _check_books(work: Work, rules: Sequence[Rule]) -> int:
    """Refuses what no verb would have made; ``rules`` are those of before.

    How many rows became void for the transfers that are back.
    """
    try:
        matched = await settle_matches(work)
        await rows.check_chart(work)
        await check_chain(work)
        await check_once(work)
        await check_locked(work)
        await check_attached(work)
        await check_turns(work)
        await check_rulebook(work, rules)
    except (Conflict, InvalidInput) as error:
        raise UndoRefused.of(list(error.problems)) from error
    return matched


async def _taken_back(work: Work, change: ChangeSet) -> ChangeView:
    """What a fresh undo tells; a date that is open again is due on its day."""
    await look_again_after(work, change.id)
    origin = change
    while origin.undo_of is not None:
        origin = await work.session.get_one(ChangeSet, origin.undo_of)
    again = work.change_id in await _redos(work, [work.change_id])
    view = await _own_view(work)
    return replace(view, origin=origin.id, brings_again=again)


async def _redos(work: Work, ids: list[int]) -> set[int]:
    """Those of the changes that are undos and bring something again."""
    return set((await work.session.scalars(_REDOS, {"ids": ids})).all())


async def _own_view(work: Work) -> ChangeView:
    """The change set at work, with the name of its person."""
    query = (
        select(ChangeSet, _NAME)
        .outerjoin(Person, col(Person.id) == col(ChangeSet.person_id))
        .where(col(ChangeSet.id) == work.change_id)
    )
    taken_back, name = (await work.session.execute(query)).one()
    return _to_view(work, taken_back, None, name or "")


async def _check_undoable(work: Work, change: ChangeSet) -> None:
    spec = commands.registry().get(change.command)
    if spec is None or not spec.undoable:
        raise UndoRefused("This kind of change cannot be undone.")
    if change.at < work.now - timedelta(days=UNDO_DAYS):
        raise UndoRefused("Changes can be undone for {days} days.", days=UNDO_DAYS)
    if (await _undone_by(work, [change.id])).get(change.id):
        raise AlreadyUndone
    changed = select(_CHANGED).where(col(ChangeSet.id) == change.id)
    if not await work.session.scalar(changed):
        raise UndoRefused("Nothing was changed, so there is nothing to undo.")
    if await work.session.scalar(_FLOOR, {"id": change.id}):
        raise UndoRefused("FinTrack was updated since then, so this cannot be undone.")


async def _undone_by(work: Work, ids: list[int]) -> dict[int, int]:
    """For each id the change set that took it back and itself still stands."""
    found = await work.session.execute(
        select(col(ChangeSet.undo_of), col(ChangeSet.id))
        .where(col(ChangeSet.undo_of).in_(ids), col(ChangeSet.id) != work.change_id)
        .order_by(col(ChangeSet.id))
    )
    undone = {undo_of: change_id for undo_of, change_id in found.all() if undo_of}
    if not undone:
        return {}
    again = await _undone_by(work, list(undone.values()))
    return {of: by for of, by in undone.items() if by not in again}


def _to_view(
    work: Work, change: ChangeSet, undone_by: int | None, person_name: str = ""
) -> ChangeView:
    spec = commands.registry().get(change.command)
    young = change.at >= work.now - timedelta(days=UNDO_DAYS)
    return ChangeView(
        id=change.id,
        command=change.command,
        at=change.at,
        person_id=change.person_id,
        person_name=person_name,
        undo_of=change.undo_of,
        undone_by=undone_by,
        can_undo=bool(spec and spec.undoable and young and undone_by is None),
    )
