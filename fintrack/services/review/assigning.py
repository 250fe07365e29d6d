"""All open transactions of a payee get a category, as one's own choice."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import text

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import CATEGORY_KINDS, CATEGORY_TYPE, UNCATEGORISED_TYPE, Kind
from fintrack.core.errors import Conflict, InvalidInput, NotFound
from fintrack.core.folding import fold
from fintrack.models.ledger import Account
from fintrack.services.commands import Work, command
from fintrack.services.ledger import rows

_OPEN = text(
    "SELECT p.id, p.transaction_id, "
    "coalesce(nullif(t.payee, ''), t.description) AS place FROM account a "
    "JOIN posting p ON p.ledger_id = a.ledger_id AND p.account_id = a.id "
    "AND p.voided_at IS NULL "
    "JOIN transaction t ON t.ledger_id = p.ledger_id AND t.id = p.transaction_id "
    "WHERE a.ledger_id = :ledger_id AND a.type = :open AND a.kind = :kind"
)
_MOVE = text(
    "UPDATE posting SET account_id = :category_id WHERE ledger_id = :ledger_id "
    "AND id = ANY(CAST(:ids AS bigint[]))"
)
_CHOSEN = text(
    "UPDATE transaction SET category_source = 'you', rule_id = NULL, "
    "version = version + 1 WHERE ledger_id = :ledger_id "
    "AND id = ANY(CAST(:ids AS bigint[]))"
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A category for a group of the inbox: a folded payee, and spending or income."""

    place: str
    kind: Kind
    category_id: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """What was done; ``payee`` as it is written most often."""

    payee: str
    category_id: int
    category: str
    count: int


@command("review.assign", ledger=LedgerRole.EDITOR)
async def assign_category(work: Work, given: Assignment) -> Assigned:
    """Gives the category to every open transaction of the payee.

    Raises:
        NotFound: the category is not in this ledger, or nothing of the payee is open.
        InvalidInput: it is an account, or the place for what has no category.
        Conflict: the category is closed.
    """
    category = await rows.find(work, Account, given.category_id)
    if Kind(category.kind) not in CATEGORY_KINDS or category.type != CATEGORY_TYPE:
        raise InvalidInput("This is not a category.", field="category_id")
    if category.closed_on is not None:
        raise Conflict(rows.closed_message(category.kind), name=category.name)
    found = await work.session.execute(
        _OPEN,
        {"ledger_id": work.ledger_id, "open": UNCATEGORISED_TYPE, "kind": given.kind},
    )
    same = [row for row in found.all() if fold(row.place) == given.place]
    if not same:
        raise NotFound
    transaction_ids = {row.transaction_id for row in same}
    await work.session.execute(
        _MOVE,
        {
            "ledger_id": work.ledger_id,
            "category_id": category.id,
            "ids": [row.id for row in same],
        },
    )
    await work.session.execute(
        _CHOSEN, {"ledger_id": work.ledger_id, "ids": list(transaction_ids)}
    )
    spellings = Counter(sorted(row.place for row in same))
    payee = spellings.most_common(1)[0][0]
    return Assigned(payee, category.id, category.name, len(transaction_ids))
