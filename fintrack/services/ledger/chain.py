"""The reconciliations of an account that stand, one behind the other."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, select, text, update
from sqlmodel import col

from fintrack.core.errors import Conflict
from fintrack.models.ledger import Posting
from fintrack.models.reconciling import Reconciliation
from fintrack.services.commands import Work

_TORN = text(
    "SELECT EXISTS (SELECT FROM reconciliation r JOIN reconciliation p "
    "ON (p.ledger_id, p.account_id, p.id) = (r.ledger_id, r.account_id, r.previous_id) "
    "WHERE r.ledger_id = :ledger_id AND r.opened_at IS NULL "
    "AND p.opened_at IS NOT NULL)"
)


async def find_last(work: Work, account_id: int) -> Reconciliation | None:
    """The newest reconciliation of an account that stands."""
    standing = await find_standing(work, account_id)
    return standing[-1] if standing else None


async def find_standing(
    work: Work, account_id: int, *, since_id: int = 0
) -> Sequence[Reconciliation]:
    """Those of an account that stand, the oldest first, from one of them on."""
    found = await work.session.scalars(
        select(Reconciliation)
        .where(
            col(Reconciliation.ledger_id) == work.ledger_id,
            col(Reconciliation.account_id) == account_id,
            col(Reconciliation.opened_at).is_(None),
            col(Reconciliation.id) >= since_id,
        )
        .order_by(col(Reconciliation.id))
    )
    return found.all()


async def find_locked_days(work: Work, account_ids: Iterable[int]) -> dict[int, date]:
    """For each account that is reconciled the last day that is locked."""
    found = await work.session.execute(
        select(
            col(Reconciliation.account_id), func.max(col(Reconciliation.statement_on))
        )
        .where(
            col(Reconciliation.ledger_id) == work.ledger_id,
            col(Reconciliation.account_id).in_(set(account_ids)),
            col(Reconciliation.opened_at).is_(None),
        )
        .group_by(col(Reconciliation.account_id))
    )
    return {row[0]: row[1] for row in found}


async def open_again(work: Work, standing: Sequence[Reconciliation]) -> None:
    """Unlocks the postings of reconciliations; they stay cleared.

    The change set at work is named as the reason. Whoever opens one opens those after
    it too: each counts on what the one before it held.
    """
    for one in standing:
        await work.session.execute(
            update(Posting)
            .where(
                col(Posting.ledger_id) == work.ledger_id,
                col(Posting.account_id) == one.account_id,
                col(Posting.reconciliation_id) == one.id,
            )
            .values(reconciliation_id=None)
        )
        one.opened_at = work.now
        one.opened_by = work.actor.person_id
        one.opened_change_id = work.change_id
    await work.session.flush()


async def check_chain(work: Work) -> None:
    """Refuses that a reconciliation stands on one that was opened.

    Verbs open the newest first; an undo of older rows could do otherwise.

    Raises:
        Conflict: there is one.
    """
    if await work.session.scalar(_TORN, {"ledger_id": work.ledger_id}):
        raise Conflict("A newer reconciliation builds on this, so it stays.")
