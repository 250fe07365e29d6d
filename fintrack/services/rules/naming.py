"""What rules are called, which have no name of their own."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import text

from fintrack.services.commands import Work

# What may tell a rule apart: up to rank 2 what it looks for, then what it does.
_NAMES = text(
    "SELECT DISTINCT ON (rule_id, rank > 2) rule_id, name FROM ("
    "SELECT ledger_id, rule_id, 1 AS rank, position AS place, words AS name "
    "FROM rule_condition WHERE field IN ('payee', 'text') "
    "UNION ALL SELECT c.ledger_id, c.rule_id, 2, c.position, a.name "
    "FROM rule_condition c JOIN account a "
    "ON a.ledger_id = c.ledger_id AND a.id = c.account_id "
    "UNION ALL SELECT ledger_id, id, 3, 0, set_payee FROM rule "
    "UNION ALL SELECT s.ledger_id, s.rule_id, 4, s.position, a.name "
    "FROM rule_share s JOIN account a "
    "ON a.ledger_id = s.ledger_id AND a.id = s.category_id "
    "UNION ALL SELECT r.ledger_id, r.id, 5, 0, a.name FROM rule r JOIN account a "
    "ON a.ledger_id = r.ledger_id AND a.id = r.transfer_account_id "
    "UNION ALL SELECT ledger_id, id, 6, 0, set_note FROM rule "
    "UNION ALL SELECT x.ledger_id, x.rule_id, 7, 0, g.name FROM rule_tag x JOIN tag g "
    "ON g.ledger_id = x.ledger_id AND g.id = x.tag_id"
    ") n WHERE ledger_id = :ledger_id AND rule_id = ANY(CAST(:ids AS bigint[])) "
    "AND name <> '' ORDER BY rule_id, rank > 2, rank, place, name"
)


async def name_rules(work: Work, rule_ids: Collection[int]) -> dict[int, str]:
    """What tells rules apart, removed ones too: "Corner shop → Food".

    First the words that a rule looks for, or the account that it watches, then the
    first thing that it does; one that looks for neither is called by that alone.
    """
    values = {"ledger_id": work.ledger_id, "ids": list(rule_ids)}
    found = await work.session.execute(_NAMES, values)
    parts: dict[int, list[str]] = defaultdict(list)
    for row in found.all():
        parts[row.rule_id].append(row.name)
    return {rule_id: " → ".join(names) for rule_id, names in parts.items()}
