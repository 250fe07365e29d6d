"""What the books remember of payees: names, where their money went, their tags."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVarTuple

from sqlalchemy import Select, select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS
from fintrack.core.folding import fold, search_words
from fintrack.models.ledger import Transaction
from fintrack.services.commands import Work, question
from fintrack.services.ledger.reading import (
    VIEWED,
    TransactionView,
    with_postings,
)
from fintrack.services.ledger.searching import with_words

Ts = TypeVarTuple("Ts")
LOOKED_AT = 1000
VISITS = 100
MAX_NAMES = 200
RECENT = ((4, 10), (14, 7), (31, 5), (90, 3))
"""Days since a visit, and how much it counts."""


@dataclass(frozen=True, slots=True)
class PayeeMemory:
    """The account, category and tags that the last plain visit to a payee used.

    ``visits`` counts the plain ones among the last hundred; ``kind`` is the category's:
    income or expense. ``tags`` are those that the last visit shares with the one before
    it: what was said of one journey alone is not said of the next.
    """

    payee: str
    account_id: int
    category_id: int
    kind: str
    visits: int
    tags: tuple[str, ...] = ()


@question("payee.suggest", ledger=LedgerRole.VIEWER)
async def suggest_payees(
    work: Work, prefix: str = "", *, limit: int = MAX_NAMES
) -> list[str]:
    """Payees of the last thousand transactions that begin so, the likeliest first.

    Each visit counts, a recent one more (``RECENT``), as in the address bar of Firefox.
    One name that was written in two ways comes once, as it was written last.
    """
    rows = await work.session.execute(_named(work, prefix).limit(LOOKED_AT))
    beginning = fold(prefix)
    today = work.now.date()
    written: Counter[str] = Counter()
    for row in rows:
        written[row.payee] += _weight((today - row.on_date).days)
    spelling: dict[str, str] = {}
    weights: Counter[str] = Counter()
    for payee, weight in written.items():
        folded = fold(payee)
        if folded.startswith(beginning):
            spelling.setdefault(folded, payee)
            weights[folded] += weight
    kept = weights.most_common(min(limit, MAX_NAMES))
    return [spelling[folded] for folded, _ in kept]


@question("payee.recall", ledger=LedgerRole.VIEWER)
async def recall_payee(work: Work, payee: str) -> PayeeMemory | None:
    """Where a payee's money came from and went the last time, or None.

    A plain visit has one account and one category; splits and transfers teach nothing.
    """
    if not search_words(payee):
        return None
    rows = await work.session.execute(_named(work, payee).limit(LOOKED_AT))
    wanted = fold(payee)
    same = [row.id for row in rows if fold(row.payee) == wanted][:VISITS]
    visits = await work.session.execute(
        _newest_first(select(*VIEWED).where(col(Transaction.id).in_(same)))
    )
    found = await with_postings(work, visits.all())
    plain = [memory for view in found if (memory := _memory(view))]
    if not plain:
        return None
    last, before = plain[0], plain[1] if len(plain) > 1 else plain[0]
    shared = tuple(tag for tag in last.tags if tag in before.tags)
    return replace(last, visits=len(plain), tags=shared)


def _weight(age: int) -> int:
    """How much a visit of so many days ago counts; one of the future is recent."""
    return next((weight for days, weight in RECENT if age <= days), 1)


def _named(work: Work, words: str) -> Select[int, str, date]:
    """Ids, payees, days of transactions, newest first; ``words`` are in their text."""
    query = select(
        col(Transaction.id), col(Transaction.payee), col(Transaction.on_date)
    ).where(
        col(Transaction.ledger_id) == work.ledger_id,
        col(Transaction.payee) != "",
        col(Transaction.voided_at).is_(None),
    )
    # Signs alone narrow nothing here: a payee may begin with them.
    if (found := with_words(work.ledger_id, search_words(words))) is not None:
        query = query.where(found)
    return _newest_first(query)


def _newest_first(query: Select[*Ts]) -> Select[*Ts]:
    return query.order_by(col(Transaction.on_date).desc(), col(Transaction.id).desc())


def _memory(view: TransactionView) -> PayeeMemory | None:
    accounts = [p for p in view.postings if p.kind in ACCOUNT_KINDS]
    categories = [p for p in view.postings if p.kind in CATEGORY_KINDS]
    if len(view.postings) != 2 or not (accounts and categories):  # noqa: PLR2004 - one account, one category
        return None
    account, category = accounts[0], categories[0]
    return PayeeMemory(
        view.payee,
        account.account_id,
        category.account_id,
        category.kind,
        visits=1,
        tags=view.tags,
    )
