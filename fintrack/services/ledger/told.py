"""What arrived by transfers, and what the banks of the accounts told beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import TextClause, text

from fintrack.core.chart import UNCATEGORISED_TYPE
from fintrack.services.commands import Work

MATCHED_DAYS = 3

# Postings of transfers that the bank of their account has not told of, and that stand
# for no row yet. What came with the file of that account itself is no arrival: the bank
# told just that. After an import the planner believes what was true before: each of the
# few is looked up by itself.
_ARRIVED = (
    "WITH w AS MATERIALIZED ({which}) "
    "SELECT m.id, m.transaction_id AS transfer_id, m.account_id, m.amount_minor, "
    "m.on_date, t.category_source = 'rule' AS is_by_rule FROM w "
    "CROSS JOIN LATERAL (SELECT * FROM posting WHERE ledger_id = :ledger_id "
    "AND id = w.id OFFSET 0) m "
    "JOIN account a ON a.ledger_id = :ledger_id AND a.id = m.account_id "
    "AND a.kind IN ('asset', 'liability') "
    "CROSS JOIN LATERAL (SELECT import_id, category_source FROM transaction "
    "WHERE ledger_id = :ledger_id AND id = m.transaction_id OFFSET 0) t "
    "LEFT JOIN import_batch i ON i.ledger_id = :ledger_id AND i.id = t.import_id "
    "WHERE m.voided_at IS NULL AND m.cleared_at IS NULL "
    "AND i.account_id IS DISTINCT FROM m.account_id AND EXISTS (SELECT FROM posting s "
    "JOIN account a ON a.ledger_id = s.ledger_id AND a.id = s.account_id "
    "AND a.kind IN ('asset', 'liability') WHERE s.ledger_id = :ledger_id "
    "AND s.transaction_id = m.transaction_id AND s.on_date = m.on_date "
    "AND s.account_id <> m.account_id OFFSET 0) "
    "AND (SELECT count(*) FROM transfer_match f JOIN posting o "
    "ON o.ledger_id = f.ledger_id AND o.transaction_id = f.told_id "
    "AND o.account_id = m.account_id AND o.amount_minor = m.amount_minor "
    "WHERE f.ledger_id = :ledger_id AND f.transfer_id = m.transaction_id) < "
    "(SELECT count(*) FROM posting s WHERE s.ledger_id = :ledger_id "
    "AND s.transaction_id = m.transaction_id AND s.on_date = m.on_date "
    "AND s.account_id = m.account_id AND s.amount_minor = m.amount_minor "
    "AND s.id <= m.id) ORDER BY m.on_date, m.id"
)
# The bank's own posting of a row stands first.
_OF_IMPORT = text(
    _ARRIVED.format(
        which="SELECT p.id FROM (SELECT id, on_date FROM transaction "
        "WHERE ledger_id = :ledger_id AND import_id = :import_id OFFSET 0) t "
        "CROSS JOIN LATERAL (SELECT id, account_id FROM posting "
        "WHERE ledger_id = :ledger_id AND transaction_id = t.id "
        "AND on_date = t.on_date AND position > 0 OFFSET 0) p "
        "JOIN account a ON a.ledger_id = :ledger_id AND a.id = p.account_id "
        "AND a.kind IN ('asset', 'liability')"
    )
)
# What the change at work brought to an account, or made another amount or day there.
_OF_CHANGE = text(
    _ARRIVED.format(
        which="SELECT p.id FROM change_row r "
        "CROSS JOIN LATERAL (SELECT * FROM posting WHERE ledger_id = :ledger_id "
        "AND id = r.row_id OFFSET 0) p "
        "WHERE r.change_set_id = :change_id AND r.table_name = 'posting' "
        "GROUP BY p.id HAVING NOT bool_or(r.before IS NOT NULL "
        "AND r.before ->> 'voided_at' IS NULL "
        "AND cast(r.before ->> 'account_id' AS bigint) = p.account_id "
        "AND cast(r.before ->> 'amount_minor' AS bigint) = p.amount_minor "
        "AND cast(r.before ->> 'on_date' AS date) = p.on_date)"
    )
)
# Rows of the account's own files that wait without a category. One with an attachment
# becomes void for nothing; a reconciled one does not anyway. While a file is read the
# planner believes what was true before: each step needs an index alone.
_TOLD = text(
    "WITH near AS MATERIALIZED (SELECT id, transaction_id, on_date, amount_minor "
    "FROM posting WHERE ledger_id = :ledger_id AND account_id = :account_id "
    "AND on_date BETWEEN :first AND :last AND voided_at IS NULL "
    "AND amount_minor IN (SELECT unnest(CAST(:amounts AS bigint[])))) "
    "SELECT n.transaction_id AS id, n.on_date, n.amount_minor, o.cleared_at, "
    "o.reconciliation_id IS NOT NULL AS is_reconciled FROM near n "
    "CROSS JOIN LATERAL (SELECT cleared_at, reconciliation_id FROM posting "
    "WHERE id = n.id OFFSET 0) o "
    "CROSS JOIN LATERAL (SELECT i.account_id FROM transaction t JOIN import_batch i "
    "ON i.ledger_id = t.ledger_id AND i.id = t.import_id "
    "WHERE t.ledger_id = :ledger_id AND t.id = n.transaction_id OFFSET 0) t "
    "WHERE t.account_id = :account_id AND NOT EXISTS (SELECT FROM posting x "
    "JOIN account c ON c.ledger_id = x.ledger_id AND c.id = x.account_id "
    "WHERE x.ledger_id = :ledger_id AND x.transaction_id = n.transaction_id "
    "AND x.on_date = n.on_date AND x.id <> n.id AND c.type <> :open OFFSET 0) "
    "AND (o.reconciliation_id IS NOT NULL OR NOT EXISTS (SELECT FROM attachment f "
    "WHERE f.ledger_id = :ledger_id AND f.transaction_id = n.transaction_id "
    "OFFSET 0)) "
    "ORDER BY n.on_date, n.transaction_id"
)


class Arrival(NamedTuple):
    """The posting of a transfer that brought an amount to an account.

    ``is_by_rule`` says that a rule made the transfer.
    """

    id: int
    transfer_id: int
    account_id: int
    amount_minor: int
    on_date: date
    is_by_rule: bool


class Told(NamedTuple):
    """A row of the account's own file; ``cleared_at`` is the mark of its bank."""

    id: int
    on_date: date
    amount_minor: int
    cleared_at: object
    is_reconciled: bool


class Pair(NamedTuple):
    """The same money twice."""

    arrival: Arrival
    told: Told


async def arrived_with(work: Work, import_id: int) -> list[Arrival]:
    """What the transfers of an import brought to other accounts."""
    return await _arrived(work, _OF_IMPORT, import_id=import_id)


async def arrived_by_change(work: Work) -> list[Arrival]:
    """What the change at work brought to accounts."""
    return await _arrived(work, _OF_CHANGE, change_id=work.change_id)


async def find_pairs(
    work: Work, arrivals: Iterable[Arrival], *, by_rule: bool
) -> list[Pair]:
    """For what arrived the nearest row of the same amount, each once.

    ``by_rule`` says that no person made the change. Then a reconciled row counts too,
    after all others, for what a rule brought.
    """
    by_account: dict[int, list[Arrival]] = defaultdict(list)
    for one in arrivals:
        by_account[one.account_id].append(one)
    pairs: list[Pair] = []
    for account_id, alike in by_account.items():
        told = await _told(work, account_id, alike)
        found = pair_nearest(alike, [one for one in told if not one.is_reconciled])
        paired = {pair.arrival.id for pair in found}
        left = [one for one in alike if one.is_by_rule and one.id not in paired]
        if by_rule:
            found += pair_nearest(left, [one for one in told if one.is_reconciled])
        pairs += found
    return pairs


def pair_nearest(arrivals: Sequence[Arrival], told: Sequence[Told]) -> list[Pair]:
    """Both of one account; of equal rows the first goes first.

    All that arrived is looked at before the next distance is.
    """
    waiting: dict[tuple[int, date], list[Told]] = defaultdict(list)
    # The first of a list is found at its end.
    for row in reversed(told):
        waiting[row.amount_minor, row.on_date].append(row)
    pairs: list[Pair] = []
    left = arrivals
    for days in range(MATCHED_DAYS + 1):
        later: list[Arrival] = []
        for one in left:
            if alike := _near(waiting, one, days):
                pairs.append(Pair(one, alike.pop()))
            else:
                later.append(one)
        left = later
    return pairs


def _near(
    waiting: Mapping[tuple[int, date], list[Told]], one: Arrival, days: int
) -> list[Told]:
    """Rows so many days before, or else behind; perhaps none."""
    span = timedelta(days)
    before = waiting.get((one.amount_minor, one.on_date - span), [])
    return before or waiting.get((one.amount_minor, one.on_date + span), [])


async def _arrived(
    work: Work, statement: TextClause, **values: object
) -> list[Arrival]:
    own: dict[str, Any] = {"ledger_id": work.ledger_id, **values}
    found = await work.session.execute(statement, own)
    return [Arrival(*row) for row in found]


async def _told(work: Work, account_id: int, arrivals: Sequence[Arrival]) -> list[Told]:
    span = timedelta(MATCHED_DAYS)
    days = [one.on_date for one in arrivals]
    values = {
        "ledger_id": work.ledger_id,
        "account_id": account_id,
        "first": min(days) - span,
        "last": max(days) + span,
        "amounts": [*{one.amount_minor for one in arrivals}],
        "open": UNCATEGORISED_TYPE,
    }
    found = await work.session.execute(_TOLD, values)
    return [Told(*row) for row in found]
