"""Transactions: recorded, edited, voided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import Equity
from fintrack.core.entries import Entry, Unlock
from fintrack.core.errors import Conflict
from fintrack.models.ledger import Posting, Transaction
from fintrack.services.commands import Work, command
from fintrack.services.ledger import locking, reading, rows, ruling, writing
from fintrack.services.ledger.matching import settle_matches
from fintrack.services.ledger.openings import check_stays, follow_openings
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.ledger.rewriting import Rewriting
from fintrack.services.ledger.voiding import make_void
from fintrack.services.tags.rows import put_tags


@dataclass(frozen=True, slots=True)
class TransactionChange:
    """An entry that replaces the one its reader saw at ``version``."""

    transaction_id: int
    version: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class TransactionMark:
    """A transaction as its reader saw it; ``unlock`` says what its void may break."""

    transaction_id: int
    version: int
    unlock: Unlock = False


@command("transaction.record", ledger=LedgerRole.EDITOR)
async def record_transaction(work: Work, entry: Entry) -> TransactionView:
    """Records a transaction; rules fill what the entry leaves open.

    A transfer stands for what the banks told of it.

    Raises:
        InvalidInput: it does not add up, or an amount, day or word is impossible.
        NotFound: an account or category that is not in this ledger.
        Conflict: an account that is closed.
        Reconciled: the day is locked on an account.
    """
    ruled = await ruling.follow_rules(work, entry)
    row = await writing.write_transaction(work, ruled)
    touched = {part.account_id for part in ruled.parts}
    await locking.guard_day(work, touched, entry.on_date, unlock=entry.unlock)
    matched = await settle_matches(work)
    return replace(await reading.view(work, row.id), matched=matched)


@command("transaction.edit", ledger=LedgerRole.EDITOR)
async def edit_transaction(work: Work, change: TransactionChange) -> TransactionView:
    """Replaces what a transaction says; its postings are rewritten in place.

    One that becomes a transfer stands for what the other bank told of it.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: an opening balance would move to another account.
        Conflict: it is void, or an amount on a closed account would change.
        Reconciled: it would break a reconciliation, or move to a locked day.
    """
    row = await _editable(work, change.transaction_id, change.version)
    # An opening balance stays one: what the transaction has on equity it may keep.
    opening = await rows.equity_account(work, Equity.OPENING)
    kept = await _postings(work, row)
    equity = frozenset(p.account_id for p in kept if p.account_id == opening)
    parts = await writing.complete_parts(work, change.entry, equity=equity, kept=kept)
    arrived = {part.account_id for part in parts} - {p.account_id for p in kept}
    await check_stays(work, parts, equity, arrived)
    rewriting = Rewriting.of(kept, parts)
    entry = change.entry
    await rewriting.guard(work, entry.on_date, unlock=entry.unlock)
    if not await ruling.chooses_category(work, kept, parts):
        source, rule_id = row.category_source, row.rule_id
        entry = replace(entry, category_source=source, rule_id=rule_id)
    row.on_date = entry.on_date
    writing.apply_words(row, entry)
    row.version += 1
    # The day goes first: the postings follow it by their foreign key.
    await work.session.flush()
    await rewriting.write(work, row)
    if equity:
        await follow_openings(work, (row.id,))
    if entry.tags is not None:
        await put_tags(work, row, entry.tags)
    matched = await settle_matches(work, unlock=entry.unlock)
    await rows.check_chart(work)
    return replace(await reading.view(work, row.id), matched=matched)


@command("transaction.void", ledger=LedgerRole.EDITOR)
async def void_transaction(work: Work, mark: TransactionMark) -> TransactionView:
    """Cancels a transaction: it stays in the books and no sum counts it.

    Raises:
        StaleVersion: somebody changed it since it was read.
        Conflict: it is void already.
        Reconciled: it would break a reconciliation.
    """
    row = await _editable(work, mark.transaction_id, mark.version)
    kept = await _postings(work, row)
    await locking.guard_standing(work, kept, unlock=mark.unlock)
    await make_void(work, [row.id])
    await settle_matches(work, unlock=mark.unlock)
    await rows.check_chart(work)
    return await reading.view(work, row.id)


async def _editable(work: Work, transaction_id: int, version: int) -> Transaction:
    row = await rows.find(work, Transaction, transaction_id)
    rows.check_version(row.version, version)
    if row.voided_at is not None:
        raise Conflict("This transaction is void.")
    return row


async def _postings(work: Work, row: Transaction) -> Sequence[Posting]:
    found = await work.session.scalars(
        select(Posting)
        .where(
            col(Posting.ledger_id) == work.ledger_id,
            col(Posting.transaction_id) == row.id,
        )
        .order_by(col(Posting.position), col(Posting.id))
    )
    return found.all()
