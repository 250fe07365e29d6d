"""How many files stand beside transactions."""

from collections.abc import Sequence

from sqlalchemy import text

from fintrack.core.attachment import FIELD, MAX_COUNT
from fintrack.core.errors import Conflict
from fintrack.services.commands import Work

# The ids are one value, an array: the statement is the same whatever their number.
_COUNTS = text(
    "SELECT transaction_id, count(*) AS files FROM attachment "
    "WHERE ledger_id = :ledger_id AND transaction_id = ANY(CAST(:ids AS bigint[])) "
    "GROUP BY transaction_id"
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


async def count_attachments(
    work: Work, transaction_ids: Sequence[int]
) -> dict[int, int]:
    """How many attachments each transaction has that has some."""
    values = {"ledger_id": work.ledger_id, "ids": list(transaction_ids)}
    found = await work.session.execute(_COUNTS, values)
    return {row.transaction_id: row.files for row in found.all()}


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
