"""What the selects of filters and forms offer: open accounts and open categories."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import text

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, UNCATEGORISED_TYPE, Kind
from fintrack.services.commands import Work, question
from fintrack.services.ledger import rows


@dataclass(frozen=True, slots=True)
class Option:
    """An account or a category, without what hangs on it.

    An account that is beyond the plan is ``read_only``: for filters, not for forms. One
    that is reconciled is so up to ``locked_on``.
    """

    id: int
    kind: Kind
    type: str
    name: str
    name_folded: str
    currency: str | None
    parent_id: int | None
    locked_on: date | None = None
    read_only: bool = False

    @property
    def uncategorised(self) -> bool:
        """Whether it is where transactions without a category go."""
        return self.type == UNCATEGORISED_TYPE


@dataclass(frozen=True, slots=True)
class Options:
    """Accounts by kind and name; each category before those below it, by name."""

    accounts: tuple[Option, ...]
    categories: tuple[Option, ...]


_READ = text(
    "SELECT a.id, a.kind, a.type, a.name, a.name_folded, a.currency, a.parent_id, "
    "(SELECT max(r.statement_on) FROM reconciliation r WHERE r.opened_at IS NULL "
    "AND (r.ledger_id, r.account_id) = (a.ledger_id, a.id)) FROM account a "
    "WHERE a.ledger_id = :ledger_id AND a.closed_on IS NULL AND a.kind <> 'equity'"
)

_LAST_USED = text(
    "SELECT a.id FROM posting p "
    "JOIN account a ON (a.ledger_id, a.id) = (p.ledger_id, p.account_id) "
    "WHERE p.ledger_id = :ledger_id AND a.kind IN ('asset', 'liability') "
    "AND p.transaction_id = (SELECT t.id FROM transaction t "
    "WHERE t.ledger_id = :ledger_id AND t.voided_at IS NULL "
    "ORDER BY t.on_date DESC, t.id DESC LIMIT 1) ORDER BY p.position, p.id"
)


@question("account.options", ledger=LedgerRole.VIEWER)
async def list_options(work: Work) -> Options:
    """What can be chosen; balances and numbers of postings are not read.

    Every page turn asks for this.
    """
    read = await work.session.execute(_READ, {"ledger_id": work.ledger_id})
    surplus = await rows.find_surplus(work)
    found = [replace(Option(*row), read_only=row.id in surplus) for row in read]
    by_id = {option.id: option for option in found}

    def place(option: Option) -> tuple[str, str, bool, str]:
        top = by_id.get(option.parent_id or option.id, option)
        is_below = option.parent_id is not None
        return (option.kind, top.name_folded, is_below, option.name_folded)

    found.sort(key=place)
    return Options(
        tuple(option for option in found if option.kind in ACCOUNT_KINDS),
        tuple(option for option in found if option.kind in CATEGORY_KINDS),
    )


@question("account.last_used", ledger=LedgerRole.VIEWER)
async def list_last_used(work: Work) -> list[int]:
    """The accounts of the newest transaction, from where its money came first."""
    found = await work.session.scalars(_LAST_USED, {"ledger_id": work.ledger_id})
    return list(found)
