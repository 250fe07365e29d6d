"""What stands beside each transaction of a list: its tags, and how many files."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import text

from fintrack.core.attachment import FIELD, MAX_COUNT
from fintrack.core.errors import Conflict
from fintrack.services.commands import Work


class Beside(NamedTuple):
    """Of one transaction; the tags are in their order."""

    tags: tuple[str, ...] = ()
    attachments: int = 0


# The ids are one value, an array: the statement is the same whatever their number.
_READ = text(
    "SELECT t.id, ARRAY(SELECT g.name FROM transaction_tag x "
    "JOIN tag g ON g.ledger_id = x.ledger_id AND g.id = x.tag_id "
    "WHERE x.ledger_id = :ledger_id AND x.transaction_id = t.id "
    "ORDER BY g.name_folded) AS tags, (SELECT count(*) FROM attachment a "
    "WHERE a.ledger_id = :ledger_id AND a.transaction_id = t.id) AS files "
    "FROM unnest(CAST(:ids AS bigint[])) t (id)"
)

# Only beside what the change set at work has put back.
_TOO_MANY = text(
    "SELECT EXISTS (SELECT FROM change_row c JOIN attachment a "
    "ON a.ledger_id = :ledger_id "
    "AND a.transaction_id = CAST(c.after ->> 'transaction_id' AS bigint) "
    "WHERE c.change_set_id = :change_id AND c.table_name = 'attachment' "
    "AND c.op = 'I' GROUP BY a.transaction_id "
    "HAVING count(DISTINCT a.id) > :most)"
)


async def read_beside(work: Work, transaction_ids: Sequence[int]) -> dict[int, Beside]:
    """What stands beside each of the transactions."""
    values = {"ledger_id": work.ledger_id, "ids": list(transaction_ids)}
    found = await work.session.execute(_READ, values)
    return {row.id: Beside(tuple(row.tags), row.files) for row in found.all()}


def too_many() -> Conflict:
    """The refusal of one more beside a transaction that has as many as it can have."""
    return Conflict(
        "A transaction may have {limit} attachments at most.",
        field=FIELD,
        limit=MAX_COUNT,
    )


async def check_attached(work: Work) -> None:
    """Refuses a change that puts back more files than a transaction can have.

    Raises:
        Conflict: it does.
    """
    values = {
        "ledger_id": work.ledger_id,
        "change_id": work.change_id,
        "most": MAX_COUNT,
    }
    if await work.session.scalar(_TOO_MANY, values):
        raise too_many()
