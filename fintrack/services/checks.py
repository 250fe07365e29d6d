"""``fintrack check``: proves that the books are what they promise."""

from dataclasses import dataclass

from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.services.commands import Work, question


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken promise; ``invariant`` is its number in docs/invariants.md."""

    invariant: str
    sentence: str
    count: int


_ROLL_UP = """
    SELECT ledger_id, account_id, currency,
           date_trunc('month', on_date::timestamp)::date AS month,
           sum(amount_minor) AS amount_minor, count(*) AS posting_count
    FROM posting WHERE voided_at IS NULL GROUP BY 1, 2, 3, 4
"""

# Each query counts breaches; the numbers are those of docs/invariants.md.
PROOFS: tuple[tuple[str, str, str], ...] = (
    (
        "I1",
        "transactions that do not sum to zero in a currency",
        (
            "SELECT count(*) FROM (SELECT FROM posting "
            "GROUP BY ledger_id, transaction_id, currency "
            "HAVING sum(amount_minor) <> 0) x"
        ),
    ),
    (
        "I2",
        "transactions with fewer than two postings",
        (
            "SELECT count(*) FROM (SELECT FROM transaction t LEFT JOIN posting p "
            "ON p.ledger_id = t.ledger_id AND p.transaction_id = t.id "
            "GROUP BY t.id HAVING count(p.id) < 2) x"
        ),
    ),
    (
        "I3",
        "postings in another currency than their account",
        (
            "SELECT count(*) FROM posting p JOIN account a "
            "ON a.ledger_id = p.ledger_id AND a.id = p.account_id "
            "WHERE a.currency <> p.currency"
        ),
    ),
    (
        "I4",
        "months whose roll-up differs from the postings",
        (
            f"SELECT count(*) FROM (({_ROLL_UP} EXCEPT TABLE balance_month) "  # noqa: S608 - constants only
            f"UNION ALL (TABLE balance_month EXCEPT {_ROLL_UP})) x"
        ),
    ),
    (
        "I5",
        "postings that are void where their transaction is not, or the other way round",
        (
            "SELECT count(*) FROM posting p JOIN transaction t "
            "ON t.id = p.transaction_id WHERE p.voided_at IS DISTINCT FROM t.voided_at"
        ),
    ),
    (
        "I6",
        "exchanges that do not have one side bought and one sold",
        (
            "SELECT count(*) FROM (SELECT FROM posting p JOIN account a "
            "ON a.id = p.account_id AND a.kind = 'equity' AND a.type = 'exchange' "
            "GROUP BY p.ledger_id, p.transaction_id "
            "HAVING count(DISTINCT p.currency) <> 2 OR min(p.amount_minor) >= 0 "
            "OR max(p.amount_minor) <= 0) x"
        ),
    ),
    (
        "I7",
        "ledgers without exactly one owner, who is its owner_id",
        (
            "SELECT count(*) FROM (SELECT FROM ledger l LEFT JOIN membership m "
            "ON m.ledger_id = l.id AND m.role = 3 GROUP BY l.id "
            "HAVING count(m.id) <> 1 OR min(m.person_id) <> l.owner_id) x"
        ),
    ),
    (
        "I8",
        "ledgers without exactly one account of each equity type",
        (
            "SELECT count(*) FROM (SELECT FROM ledger l LEFT JOIN account a "
            "ON a.ledger_id = l.id AND a.kind = 'equity' GROUP BY l.id "
            "HAVING count(a.id) FILTER (WHERE a.type = 'opening') <> 1 "
            "OR count(a.id) FILTER (WHERE a.type = 'exchange') <> 1) x"
        ),
    ),
    (
        "I9",
        "categories under a parent of another kind, or on a third level",
        (
            "SELECT count(*) FROM account a JOIN account p ON p.id = a.parent_id "
            "WHERE p.kind <> a.kind "
            "OR (a.closed_on IS NULL AND p.parent_id IS NOT NULL)"
        ),
    ),
    (
        "I10",
        "closed accounts that still hold money",
        (
            "SELECT count(*) FROM account a JOIN (SELECT account_id, "
            "sum(amount_minor) AS s FROM balance_month GROUP BY account_id) b "
            "ON b.account_id = a.id WHERE a.closed_on IS NOT NULL "
            "AND a.kind IN ('asset', 'liability') AND b.s <> 0"
        ),
    ),
    (
        "I28",
        "reconciliations that stand and no longer add up",
        (
            "SELECT count(*) FROM reconciliation r WHERE r.opened_at IS NULL "
            "AND r.balance_minor <> (SELECT coalesce(sum(p.amount_minor), 0) "
            "FROM posting p WHERE p.ledger_id = r.ledger_id "
            "AND p.account_id = r.account_id AND p.reconciliation_id <= r.id "
            "AND p.on_date <= r.statement_on AND p.voided_at IS NULL)"
        ),
    ),
    (
        "I29",
        "reconciliations that are open and hold postings or carry newer ones",
        (
            "SELECT count(*) FROM reconciliation r WHERE r.opened_at IS NOT NULL "
            "AND (EXISTS (SELECT FROM posting p WHERE p.ledger_id = r.ledger_id "
            "AND p.account_id = r.account_id AND p.reconciliation_id = r.id) "
            "OR EXISTS (SELECT FROM reconciliation n WHERE n.ledger_id = r.ledger_id "
            "AND n.account_id = r.account_id AND n.previous_id = r.id "
            "AND n.opened_at IS NULL))"
        ),
    ),
    (
        "I32",
        "rows that are void for a transfer which does not bring their amount",
        (
            "SELECT count(*) FROM (SELECT FROM transfer_match m JOIN transaction t "
            "ON t.id = m.told_id LEFT JOIN import_batch i ON i.id = t.import_id "
            "LEFT JOIN posting o ON o.ledger_id = m.ledger_id "
            "AND o.transaction_id = m.told_id AND o.account_id = i.account_id "
            "GROUP BY m.ledger_id, m.transfer_id, o.account_id, o.amount_minor "
            "HAVING bool_or(t.voided_at IS NULL) OR count(*) > (SELECT count(*) "
            "FROM posting s WHERE s.ledger_id = m.ledger_id "
            "AND s.transaction_id = m.transfer_id AND s.account_id = o.account_id "
            "AND s.amount_minor = o.amount_minor AND s.voided_at IS NULL)) x"
        ),
    ),
)


@question("books.check", roles=frozenset({Role.SYSTEM}))
async def check_books(work: Work) -> list[Finding]:
    """All breaches in all ledgers; an empty list is a proof."""
    findings = []
    for invariant, sentence, query in PROOFS:
        count = int(await work.session.scalar(text(query)) or 0)
        if count:
            findings.append(Finding(invariant, sentence, count))
    return findings
