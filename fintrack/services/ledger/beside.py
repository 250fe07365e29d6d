"""What stands beside each transaction of a list: its tags, and how many files."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import text

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


async def read_beside(work: Work, transaction_ids: Sequence[int]) -> dict[int, Beside]:
    """What stands beside each of the transactions."""
    values = {"ledger_id": work.ledger_id, "ids": list(transaction_ids)}
    found = await work.session.execute(_READ, values)
    return {row.id: Beside(tuple(row.tags), row.files) for row in found.all()}
