"""Money that many transactions would bring into a period that is reconciled."""

from collections.abc import Iterable
from datetime import date

from fintrack.services.commands import Work
from fintrack.services.ledger.chain import find_locked_days
from fintrack.services.ledger.matching import find_returns
from fintrack.services.many.deeds import Deed, MakeVoid, ToAccount, ToDay
from fintrack.services.many.selecting import Selectee


async def find_late(
    work: Work, deed: Deed, selectees: Iterable[Selectee]
) -> frozenset[int]:
    """The ids of those that would arrive on an account up to its last locked day.

    So does what a transfer stood for, once that is void.

    One of them alone asks its person first; of many those are left.
    """
    arriving: list[tuple[int, tuple[int, ...], date]]
    if isinstance(deed, ToAccount):
        arriving = [(one.id, (deed.account_id,), one.on_date) for one in selectees]
    elif isinstance(deed, ToDay):
        arriving = [(one.id, one.account_ids, deed.on_date) for one in selectees]
    elif isinstance(deed, MakeVoid):
        returns = await find_returns(work, [one.id for one in selectees])
        arriving = [(id_, (account_id,), day) for id_, account_id, day in returns]
    else:
        return frozenset()
    accounts = {account_id for _, ids, _ in arriving for account_id in ids}
    locked = await find_locked_days(work, accounts)
    return frozenset(
        id_
        for id_, account_ids, day in arriving
        if any(one in locked and day <= locked[one] for one in account_ids)
    )
