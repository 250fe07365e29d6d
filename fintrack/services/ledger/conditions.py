"""Conditions on transactions, by what their postings and tags are."""

from decimal import Decimal

from sqlalchemy import ColumnElement, Exists, and_, exists, false, func, or_, select

from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.currency import find_currency
from fintrack.models.attachments import Attachment
from fintrack.models.base import table_of
from fintrack.models.ledger import ACCOUNTS, POSTINGS, TRANSACTIONS
from fintrack.models.tags import TransactionTag
from fintrack.services.commands import Work

_T, _P, _A = TRANSACTIONS.c, POSTINGS.c, ACCOUNTS.c
_TAGGED = table_of(TransactionTag).c
_FILES = table_of(Attachment).c


def has_tag(work: Work, tag_ids: tuple[int, ...]) -> ColumnElement[bool]:
    """Whether the transaction has one of the tags."""
    return (
        exists()
        .where(
            _TAGGED.ledger_id == work.ledger_id,
            _TAGGED.transaction_id == _T.id,
            _TAGGED.on_date == _T.on_date,
            _TAGGED.tag_id.in_(tag_ids),
        )
        .correlate(TRANSACTIONS)
    )


async def with_children(work: Work, category_ids: tuple[int, ...]) -> tuple[int, ...]:
    """The categories and those under them; what is none of this ledger stays."""
    if not category_ids:
        return ()
    under = select(_A.id).where(
        _A.ledger_id == work.ledger_id, _A.parent_id.in_(category_ids)
    )
    return (*category_ids, *(await work.session.scalars(under)).all())


def has_files(work: Work) -> Exists:
    """Whether the transaction has an attachment."""
    return (
        exists()
        .where(_FILES.ledger_id == work.ledger_id, _FILES.transaction_id == _T.id)
        .correlate(TRANSACTIONS)
    )


def has_posting(work: Work) -> Exists:
    """Whether the transaction has a posting; the caller says which."""
    return (
        exists()
        .where(
            _P.ledger_id == work.ledger_id,
            _P.transaction_id == _T.id,
            _P.on_date == _T.on_date,
        )
        .correlate(TRANSACTIONS)
    )


async def within_amounts(
    work: Work, least: Decimal | None, most: Decimal | None
) -> ColumnElement[bool]:
    """The amount on an own account lies between the bounds, in its own currency."""
    by_currency: dict[str, list[int]] = {}
    for account_id, currency in (await own_accounts(work)).items():
        by_currency.setdefault(currency, []).append(account_id)
    size = func.abs(_P.amount_minor)
    ranges = []
    for currency, account_ids in by_currency.items():
        unit = Decimal(10) ** find_currency(currency).exponent
        bounds: list[ColumnElement[bool]] = [_P.account_id.in_(account_ids)]
        if least is not None:
            bounds.append(size >= least * unit)
        if most is not None:
            bounds.append(size <= most * unit)
        ranges.append(and_(*bounds))
    return has_posting(work).where(or_(false(), *ranges))


async def own_accounts(work: Work) -> dict[int, str]:
    """The accounts of the ledger, each with its currency."""
    own = select(_A.id, _A.currency).where(
        _A.ledger_id == work.ledger_id, _A.kind.in_(ACCOUNT_KINDS)
    )
    found = (await work.session.execute(own)).all()
    return {account_id: currency or "" for account_id, currency in found}
