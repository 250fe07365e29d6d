"""The mark of postings that the bank has seen: cleared or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.errors import Conflict, NotFound
from fintrack.core.text import message_id
from fintrack.models.ledger import Account, Posting
from fintrack.services.commands import Work, command

VOID = message_id("A transaction that is void is not cleared.")
RECONCILED = message_id("This is reconciled. Open the reconciliation again first.")


@dataclass(frozen=True, slots=True)
class Clearing:
    """Transactions to mark; without an account each own account they are on."""

    transaction_ids: tuple[int, ...]
    cleared: bool
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many postings changed their mark."""

    changed: int


@command("transaction.clear", ledger=LedgerRole.EDITOR)
async def clear_transactions(work: Work, clearing: Clearing) -> Cleared:
    """Marks postings on accounts as seen by the bank, or takes the mark away.

    The version of the transactions stays: what they say is the same.

    Raises:
        NotFound: a transaction that is not in this ledger or not on the account.
        Conflict: one is void, or would lose the mark and is reconciled.
    """
    found = await _postings(work, clearing)
    if {posting.transaction_id for posting in found} != set(clearing.transaction_ids):
        raise NotFound
    if any(posting.voided_at is not None for posting in found):
        raise Conflict(VOID)
    turned = [p for p in found if (p.cleared_at is not None) != clearing.cleared]
    if any(posting.reconciliation_id is not None for posting in turned):
        raise Conflict(RECONCILED)
    return await _mark(work, turned, cleared=clearing.cleared)


async def _postings(work: Work, clearing: Clearing) -> Sequence[Posting]:
    query = (
        select(Posting)
        .join(
            Account,
            (col(Account.ledger_id) == col(Posting.ledger_id))
            & (col(Account.id) == col(Posting.account_id)),
        )
        .where(
            col(Posting.ledger_id) == work.ledger_id,
            col(Posting.transaction_id).in_(clearing.transaction_ids),
            col(Account.kind).in_(ACCOUNT_KINDS),
        )
    )
    if clearing.account_id is not None:
        query = query.where(col(Posting.account_id) == clearing.account_id)
    return (await work.session.scalars(query)).all()


async def _mark(work: Work, turned: Sequence[Posting], *, cleared: bool) -> Cleared:
    ids = [posting.id for posting in turned]
    await work.session.execute(
        update(Posting)
        .where(col(Posting.ledger_id) == work.ledger_id, col(Posting.id).in_(ids))
        .values(cleared_at=work.now if cleared else None)
    )
    return Cleared(len(ids))
