"""Makes a ledger for a person: the tenant, its owner and its equity accounts."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import Equity, Kind
from fintrack.core.folding import fold
from fintrack.models.ledger import Account, Ledger, Membership

# Accounts that nobody sees: where opening balances come from, and where money that
# changes its currency passes through.
EQUITY = {Equity.OPENING: "Opening balances", Equity.EXCHANGE: "Currency exchange"}


async def create_ledger(
    session: AsyncSession,
    owner_id: int,
    name: str,
    *,
    base_currency: str,
    now: datetime,
    today: date,
) -> int:
    """Adds a ledger owned by ``owner_id`` to the unit of work; its id."""
    ledger = Ledger(
        owner_id=owner_id, name=name, base_currency=base_currency, created_at=now
    )
    session.add(ledger)
    await session.flush()
    owner = Membership(
        ledger_id=ledger.id, person_id=owner_id, role=int(LedgerRole.OWNER)
    )
    session.add(owner)
    session.add_all(
        Account(
            ledger_id=ledger.id,
            kind=Kind.EQUITY,
            type=which,
            name=title,
            name_folded=fold(title),
            opened_on=today,
        )
        for which, title in EQUITY.items()
    )
    await session.flush()
    return ledger.id
