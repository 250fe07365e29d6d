"""Which category a row gets: the one its payee had last, else the uncategorised."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, or_, select, text
from sqlmodel import col

from fintrack.core.chart import CATEGORY_TYPE, UNCATEGORISED, UNCATEGORISED_TYPE, Kind
from fintrack.core.folding import fold
from fintrack.models.ledger import Account
from fintrack.services.commands import Work

# So many of the newest transactions are remembered: years of a person's payees, and a
# cost that does not grow with the ledger.
REMEMBERED = 20_000

# Oldest first, so that of two spellings of a payee the newer one counts in the end. A
# payee that stands in no column is found by the description.
_LAST_CATEGORIES = text(
    "SELECT last.place, last.id FROM ("
    "SELECT DISTINCT ON (t.place) t.place, a.id, t.on_date, t.id AS transaction_id "
    "FROM (SELECT id, ledger_id, on_date, "
    "coalesce(nullif(payee, ''), description) AS place "
    "FROM transaction WHERE ledger_id = :ledger_id AND voided_at IS NULL "
    "ORDER BY on_date DESC, id DESC LIMIT :most) t "
    "JOIN posting p ON p.ledger_id = t.ledger_id AND p.transaction_id = t.id "
    "AND p.on_date = t.on_date "
    "JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id "
    "AND a.type = :type AND a.closed_on IS NULL "
    "WHERE t.place <> '' ORDER BY t.place, t.on_date DESC, t.id DESC, p.position"
    ") last ORDER BY last.on_date, last.transaction_id"
)


class Categories:
    """The categories of one import."""

    def __init__(self, learned: dict[str, int]) -> None:
        self._learned = learned
        self._uncategorised: dict[Kind, int] = {}

    def learned(self, payee: str, description: str) -> int | None:
        """The category that this payee had last."""
        return self._learned.get(fold(payee or description)) if self._learned else None

    def uncategorised(self, amount_minor: int) -> int:
        """Where money in or out goes of which nothing is known; after ``prepare``."""
        return self._uncategorised[_kind(amount_minor)]

    async def prepare(self, work: Work, amounts: Iterable[int]) -> None:
        """Finds the uncategorised accounts for these amounts, or makes them."""
        for kind in {_kind(amount) for amount in amounts} - set(self._uncategorised):
            self._uncategorised[kind] = await _uncategorised_account(work, kind)


async def load_categories(work: Work) -> Categories:
    """What the ledger has taught so far about its payees."""
    found = await work.session.execute(
        _LAST_CATEGORIES,
        {"ledger_id": work.ledger_id, "most": REMEMBERED, "type": CATEGORY_TYPE},
    )
    return Categories(await asyncio.to_thread(_folded, found.all()))


def _kind(amount_minor: int) -> Kind:
    return Kind.INCOME if amount_minor > 0 else Kind.EXPENSE


def _folded(found: Sequence[Row[Any]]) -> dict[str, int]:
    return {fold(row.place): row.id for row in found}


async def _uncategorised_account(work: Work, kind: Kind) -> int:
    """The open account of its kind; one a person named so will do."""
    folded = fold(UNCATEGORISED[kind])
    found: int | None = await work.session.scalar(
        select(col(Account.id))
        .where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.kind) == kind,
            col(Account.parent_id).is_(None),
            col(Account.closed_on).is_(None),
            or_(
                col(Account.type) == UNCATEGORISED_TYPE,
                col(Account.name_folded) == folded,
            ),
        )
        .order_by(col(Account.type).desc())
        .limit(1)
    )
    if found is not None:
        return found
    made = Account(
        ledger_id=work.ledger_id,
        kind=kind,
        type=UNCATEGORISED_TYPE,
        name=UNCATEGORISED[kind],
        name_folded=folded,
        opened_on=work.now.date(),
    )
    work.session.add(made)
    await work.session.flush()
    return made.id
