"""What the books remember of payees: names, where their money went, their tags."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Date, Select, bindparam, case, func, select, text

from fintrack.core.actor import LedgerRole
from fintrack.core.folding import fold, search_words
from fintrack.models.ledger import TRANSACTIONS
from fintrack.services.commands import Work, question
from fintrack.services.ledger.searching import HAS_WORDS, terms_of

LOOKED_AT = 1000
VISITS = 100
MAX_NAMES = 200
RECENT = ((4, 10), (14, 7), (31, 5), (90, 3))
"""Days since a visit, and how much it counts."""
_T = TRANSACTIONS.c


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


# What is not plain, a split or a transfer, is left out.
_VISITED = text(
    "SELECT v.payee, v.account_id, v.category_id, v.kind, "
    "ARRAY(SELECT g.name FROM transaction_tag x "
    "JOIN tag g ON (g.ledger_id, g.id) = (x.ledger_id, x.tag_id) "
    "WHERE (x.ledger_id, x.transaction_id) = (:ledger_id, v.id) "
    "ORDER BY g.name_folded) AS tags "
    "FROM (SELECT t.id, t.on_date, t.payee, "
    "max(a.id) FILTER (WHERE a.kind IN ('asset', 'liability')) AS account_id, "
    "max(a.id) FILTER (WHERE a.kind IN ('income', 'expense')) AS category_id, "
    "max(a.kind) FILTER (WHERE a.kind IN ('income', 'expense')) AS kind "
    "FROM transaction t JOIN posting p ON p.ledger_id = t.ledger_id "
    "AND p.transaction_id = t.id AND p.on_date = t.on_date "
    "JOIN account a ON (a.ledger_id, a.id) = (p.ledger_id, p.account_id) "
    "WHERE t.ledger_id = :ledger_id AND t.id = ANY(CAST(:ids AS bigint[])) "
    "GROUP BY t.id HAVING count(*) = 2) v "
    "WHERE v.account_id IS NOT NULL AND v.category_id IS NOT NULL "
    "ORDER BY v.on_date DESC, v.id DESC"
)


@question("payee.suggest", ledger=LedgerRole.VIEWER)
async def suggest_payees(
    work: Work, prefix: str = "", *, limit: int = MAX_NAMES
) -> list[str]:
    """Payees of the last thousand transactions that begin so, the likeliest first.

    Each visit counts, a recent one more (``RECENT``), as in the address bar of Firefox.
    One name that was written in two ways comes once, as it was written last.
    """
    values = _values(work, prefix)
    rows = await work.session.execute(_weighed(by_words="terms" in values), values)
    beginning = fold(prefix)
    spelling: dict[str, str] = {}
    weights: Counter[str] = Counter()
    for payee, weight in rows:
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
    found = await work.session.execute(_named(by_words=True), _values(work, payee))
    rows, wanted = found.all(), fold(payee)
    spelled = {one for one in {row.payee for row in rows} if fold(one) == wanted}
    same = [row.id for row in rows if row.payee in spelled][:VISITS]
    values = {"ledger_id": work.ledger_id, "ids": same}
    plain = (await work.session.execute(_VISITED, values)).all()
    if not plain:
        return None
    last, before = plain[0], plain[1] if len(plain) > 1 else plain[0]
    return PayeeMemory(
        last.payee,
        last.account_id,
        last.category_id,
        last.kind,
        len(plain),
        tuple(tag for tag in last.tags if tag in before.tags),
    )


def _values(work: Work, words: str) -> dict[str, object]:
    """What ``_named`` and ``_weighed`` are asked with.

    Signs alone narrow nothing here: a payee may begin with them.
    """
    terms = terms_of(work.ledger_id, words)
    values = {"ledger_id": work.ledger_id, "today": work.now.date()}
    return values | ({"terms": terms} if terms else {})


@cache
def _weighed(*, by_words: bool) -> Select[str, int]:
    """Each payee with the sum of what its visits count, the newest first."""
    newest = _named(by_words=by_words).subquery()
    today = bindparam("today", type_=Date)
    # A visit of the future is recent.
    ages = [(newest.c.on_date >= today - days, weight) for days, weight in RECENT]
    return (
        select(newest.c.payee, func.sum(case(*ages, else_=1)))
        .group_by(newest.c.payee)
        .order_by(func.min(newest.c.place))
    )


@cache
def _named(*, by_words: bool) -> Select[int, str, date, int]:
    """Ids, payees, days of transactions, newest first; words are in their text."""
    newest = _T.on_date.desc(), _T.id.desc()
    query = select(
        _T.id,
        _T.payee,
        _T.on_date,
        func.row_number().over(order_by=newest).label("place"),
    ).where(
        _T.ledger_id == bindparam("ledger_id"),
        _T.payee != "",
        _T.voided_at.is_(None),
    )
    if by_words:
        query = query.where(HAS_WORDS)
    return query.order_by(*newest).limit(LOOKED_AT)
