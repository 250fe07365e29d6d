"""Writes the rows of a transaction; the verbs decide whether they may."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.chart import Equity, Kind
from fintrack.core.entries import (
    Entry,
    Part,
    balance_parts,
    check_entry,
    check_kinds,
    check_moves,
    check_parts,
)
from fintrack.core.errors import Conflict, InvalidInput, NotFound, PlanLimit
from fintrack.core.folding import search_words
from fintrack.core.money import MAX_MINOR, Money
from fintrack.core.words import one_line, without_turns
from fintrack.models.ledger import Account, Posting, Transaction
from fintrack.services import plans
from fintrack.services.commands import Work
from fintrack.services.ledger import rows
from fintrack.services.tags.rows import put_tags

NO_EQUITY: frozenset[int] = frozenset()


async def write_transaction(
    work: Work, entry: Entry, *, equity: frozenset[int] = NO_EQUITY
) -> Transaction:
    """Adds a transaction with its postings, completed through the exchange account.

    ``equity`` holds the equity accounts that the entry itself may name.

    Raises:
        InvalidInput: the entry does not add up, or an account has another currency.
        NotFound: an account that is not in this ledger.
        Conflict: an account that is closed.
        PlanLimit: one that is beyond the plan.
    """
    parts = await complete_parts(work, entry, equity=equity)
    row = Transaction(
        ledger_id=work.ledger_id, on_date=entry.on_date, created_at=work.now
    )
    apply_words(row, entry)
    work.session.add(row)
    await work.session.flush()
    work.session.add_all(
        posting_of(row, part, position) for position, part in enumerate(parts)
    )
    await work.session.flush()
    if entry.tags:
        await put_tags(work, row, entry.tags)
    return row


async def complete_parts(
    work: Work,
    entry: Entry,
    *,
    equity: frozenset[int],
    kept: Sequence[Posting] = (),
    closed_too: bool = False,
) -> tuple[Part, ...]:
    """The parts of ``entry``, checked against the chart and balanced.

    ``kept`` are the postings that the transaction has: what is on a closed account
    or beyond the plan may stay there, and what moves nowhere keeps to that. For
    ``closed_too`` nothing is booked yet: it may speak of what is closed.
    """
    check_entry(entry)
    check_parts(entry.parts, field=entry.sums)
    known = await _accounts_of(work, entry.parts)
    surplus = await _surplus(work, equity)
    if any(a.kind == Kind.EQUITY and a.id not in equity for a in known.values()):
        raise NotFound
    check_kinds(entry.parts, {a.id: Kind(a.kind) for a in known.values()})
    if not _stays_put(kept):
        check_moves(entry.parts)
    for account in known.values():
        is_shut = account.closed_on is not None and not closed_too
        if is_shut or account.id in surplus:
            _check_kept(account, entry.parts, kept)
    for part in entry.parts:
        _check_amount(part, known[part.account_id])
    exchange = await rows.equity_account(work, Equity.EXCHANGE)
    return balance_parts(entry.parts, exchange, field=entry.sums)


def apply_words(row: Transaction, entry: Entry) -> None:
    """Copies the words of an entry to its row, folded ones for the search too."""
    row.payee = one_line(entry.payee)
    row.description = one_line(entry.description)
    row.note = without_turns(entry.note).strip()
    row.search_text = search_words(row.payee, row.description, row.note)
    row.category_source = entry.category_source
    row.rule_id = entry.rule_id


def posting_of(row: Transaction, part: Part, position: int) -> Posting:
    """A new posting of a transaction; ``position`` keeps the order of entry."""
    posting = Posting(
        ledger_id=row.ledger_id,
        transaction_id=row.id,
        on_date=row.on_date,
        account_id=part.account_id,
        currency=part.money.currency,
        amount_minor=part.money.minor,
        position=position,
    )
    fill_posting(posting, part)
    return posting


def fill_posting(posting: Posting, part: Part) -> None:
    """Gives a posting the account, amount and words of a part."""
    posting.account_id = part.account_id
    posting.currency = part.money.currency
    posting.amount_minor = part.money.minor
    posting.memo = without_turns(part.memo)
    posting.original_currency = part.original.currency if part.original else None
    posting.original_minor = part.original.minor if part.original else None


async def _accounts_of(work: Work, parts: tuple[Part, ...]) -> dict[int, Account]:
    found = await work.session.scalars(
        select(Account).where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.id).in_({part.account_id for part in parts}),
        )
    )
    known = {account.id: account for account in found}
    if any(part.account_id not in known for part in parts):
        raise NotFound
    return known


async def _surplus(work: Work, equity: frozenset[int]) -> frozenset[int]:
    """Accounts beyond the plan; whether one may be opened is counted afterwards."""
    return frozenset() if equity else await rows.find_surplus(work)


def _stays_put(kept: Sequence[Posting]) -> bool:
    """Whether all is on one account already, as books from elsewhere may have it."""
    return len({posting.account_id for posting in kept}) == 1


def _check_kept(
    account: Account, parts: tuple[Part, ...], kept: Sequence[Posting]
) -> None:
    """Such an account keeps what it has: no amount comes, goes or changes."""
    before = Counter(
        Money(p.amount_minor, p.currency) for p in kept if p.account_id == account.id
    )
    after = Counter(part.money for part in parts if part.account_id == account.id)
    if before == after:
        return
    if account.closed_on is None:
        raise PlanLimit(plans.READ_ONLY, name=account.name)
    raise Conflict(rows.closed_message(account.kind), name=account.name)


def _check_amount(part: Part, account: Account) -> None:
    if account.currency not in (None, part.money.currency):
        raise InvalidInput(
            "{name} is kept in {currency}.",
            field=part.slot.currency,
            name=account.name,
            currency=account.currency,
        )
    if abs(part.money.minor) > MAX_MINOR:
        raise InvalidInput("This amount is too large.", field=part.slot.amount)
