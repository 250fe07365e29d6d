"""Conditions on transactions, by what their postings and tags are."""

from decimal import Decimal

from sqlalchemy import ColumnElement, Exists, and_, exists, false, func, or_, select
from sqlmodel import col

from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.currency import find_currency
from fintrack.models.ledger import Account, Posting, Transaction
from fintrack.models.tags import TransactionTag
from fintrack.services.commands import Work


def has_tag(work: Work, tag_ids: tuple[int, ...]) -> ColumnElement[bool]:
    """Whether the transaction has one of the tags."""
    return (
        exists()
        .where(
            col(TransactionTag.ledger_id) == work.ledger_id,
            col(TransactionTag.transaction_id) == col(Transaction.id),
            col(TransactionTag.on_date) == col(Transaction.on_date),
            col(TransactionTag.tag_id).in_(tag_ids),
        )
        .correlate(Transaction)
    )


def has_posting(work: Work) -> Exists:
    """Whether the transaction has a posting; the caller says which."""
    return (
        exists()
        .where(
            col(Posting.ledger_id) == work.ledger_id,
            col(Posting.transaction_id) == col(Transaction.id),
            col(Posting.on_date) == col(Transaction.on_date),
        )
        .correlate(Transaction)
    )


async def within_amounts(
    work: Work, least: Decimal | None, most: Decimal | None
) -> ColumnElement[bool]:
    """The amount on an own account lies between the bounds, in its own currency."""
    by_currency: dict[str, list[int]] = {}
    for account_id, currency in (await own_accounts(work)).items():
        by_currency.setdefault(currency, []).append(account_id)
    size = func.abs(col(Posting.amount_minor))
    ranges = []
    for currency, account_ids in by_currency.items():
        unit = Decimal(10) ** find_currency(currency).exponent
        bounds: list[ColumnElement[bool]] = [col(Posting.account_id).in_(account_ids)]
        if least is not None:
            bounds.append(size >= least * unit)
        if most is not None:
            bounds.append(size <= most * unit)
        ranges.append(and_(*bounds))
    return has_posting(work).where(or_(false(), *ranges))


async def own_accounts(work: Work) -> dict[int, str]:
    """The accounts of the ledger, each with its currency."""
    own = select(col(Account.id), col(Account.currency)).where(
        col(Account.ledger_id) == work.ledger_id, col(Account.kind).in_(ACCOUNT_KINDS)
    )
    found = (await work.session.execute(own)).all()
    return {account_id: currency or "" for account_id, currency in found}
