"""Where money goes of which nothing is known."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select, text
from sqlmodel import col

from fintrack.core.chart import UNCATEGORISED, UNCATEGORISED_TYPE, Kind
from fintrack.core.folding import fold
from fintrack.models.ledger import Account
from fintrack.services.commands import Work

# Only of a transaction of two postings: one that has more parts says more than that.
_OPENED = text(
    "UPDATE posting p SET account_id = :account_id, cleared_at = NULL "
    "WHERE p.ledger_id = :ledger_id AND p.id = ANY(CAST(:ids AS bigint[])) "
    "AND p.reconciliation_id IS NULL "
    "AND (SELECT count(*) FROM posting o WHERE o.ledger_id = p.ledger_id "
    "AND o.transaction_id = p.transaction_id) = 2 RETURNING p.transaction_id"
)
_NOBODYS = text(
    "UPDATE transaction SET category_source = 'import', rule_id = NULL "
    "WHERE ledger_id = :ledger_id AND id = ANY(CAST(:ids AS bigint[]))"
)


async def uncategorised_account(work: Work, kind: Kind) -> int:
    """The account of what waits, made where there is none.

    A category of a person that bears its name is none: what they put there is settled.
    """
    found = await work.session.execute(
        select(col(Account.id), col(Account.type), col(Account.name_folded)).where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.kind) == kind,
            col(Account.parent_id).is_(None),
            col(Account.closed_on).is_(None),
        )
    )
    tops = found.all()
    for top in tops:
        if top.type == UNCATEGORISED_TYPE:
            return int(top.id)
    name = _free_name(UNCATEGORISED[kind], {top.name_folded for top in tops})
    made = Account(
        ledger_id=work.ledger_id,
        kind=kind,
        type=UNCATEGORISED_TYPE,
        name=name,
        name_folded=fold(name),
        opened_on=work.now.date(),
    )
    work.session.add(made)
    await work.session.flush()
    return made.id


async def leave_open(work: Work, postings: Mapping[int, int]) -> None:
    """Lets what these brought wait without a category, as if no rule had placed it.

    ``postings`` gives the amount of each by its id.
    """
    ids: dict[Kind, list[int]] = defaultdict(list)
    for posting_id, minor in postings.items():
        ids[Kind.EXPENSE if minor > 0 else Kind.INCOME].append(posting_id)
    for kind, of_kind in ids.items():
        place = {"account_id": await uncategorised_account(work, kind), "ids": of_kind}
        values = {"ledger_id": work.ledger_id, **place}
        opened = (await work.session.scalars(_OPENED, values)).all()
        await work.session.execute(_NOBODYS, {**values, "ids": list(opened)})


def _free_name(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while fold(name) in taken:
        number += 1
        name = f"{wanted} {number}"
    return name
