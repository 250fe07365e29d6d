"""What is reconciled changes only where the person has said that it may."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select, text
from sqlmodel import col

from fintrack.core.entries import Unlock
from fintrack.core.errors import Problem, Reconciled
from fintrack.core.text import message_id
from fintrack.models.ledger import Account, Posting
from fintrack.models.reconciling import Reconciliation
from fintrack.services.commands import Work
from fintrack.services.ledger.chain import (
    find_locked_days,
    find_standing,
    open_again,
)

BREAKS_ONE = message_id(
    "The reconciliation of {name} with the statement of {day} would no longer add up."
)
BREAKS_MORE = message_id(
    "The reconciliations of {name} with the statements of {day} to {last} would no "
    "longer add up."
)
LOCKED = message_id("{name} is reconciled up to {day}.")

# What this undo brought to a locked day and that no reconciliation holds: only days
# that were locked after what it takes back. What stood there may get another amount, as
# it may by hand.
_LATE = text(
    "SELECT DISTINCT a.name, l.day FROM change_row r JOIN posting p "
    "ON p.ledger_id = :ledger_id AND p.id = r.row_id AND p.voided_at IS NULL "
    "AND p.reconciliation_id IS NULL JOIN (SELECT account_id, max(statement_on) AS day "
    "FROM reconciliation WHERE ledger_id = :ledger_id AND opened_at IS NULL "
    "AND closed_at > (SELECT u.at FROM change_set c JOIN change_set u "
    "ON u.id = c.undo_of WHERE c.id = :change_id) "
    "GROUP BY account_id) l ON l.account_id = p.account_id AND p.on_date <= l.day "
    "JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id "
    "WHERE r.change_set_id = :change_id AND r.table_name = 'posting' "
    "AND NOT EXISTS (SELECT FROM change_row b WHERE b.change_set_id = :change_id "
    "AND b.table_name = 'posting' AND b.row_id = p.id "
    "AND b.before ->> 'voided_at' IS NULL "
    "AND cast(b.before ->> 'account_id' AS bigint) = p.account_id "
    "AND cast(b.before ->> 'on_date' AS date) = p.on_date)"
)


async def guard_standing(
    work: Work, postings: Iterable[Posting], *, unlock: Unlock
) -> None:
    """Before postings get another amount, account or day, or go.

    With ``unlock`` the reconciliations that they break are opened again; where it says
    which, no others are.

    Raises:
        Reconciled: names them; nothing was changed.
    """
    first: dict[int, int] = {}
    for posting in postings:
        if posting.reconciliation_id is not None:
            earlier = first.get(posting.account_id, posting.reconciliation_id)
            first[posting.account_id] = min(earlier, posting.reconciliation_id)
    broken = [
        await find_standing(work, account_id, since_id=since_id)
        for account_id, since_id in sorted(first.items())
    ]
    if broken:
        _ask_first(await _breaches(work, broken), unlock)
    for standing in broken:
        await open_again(work, standing)


async def guard_day(
    work: Work, account_ids: Iterable[int], on_date: date, *, unlock: Unlock
) -> None:
    """Before something new stands on accounts on a day that may be locked.

    Raises:
        Reconciled: names the accounts, and up to which day they are reconciled.
    """
    locked = await find_locked_days(work, account_ids)
    late = {one: day for one, day in locked.items() if on_date <= day}
    if late:
        names = await _names(work, late)
        found = [
            Problem(LOCKED, "", (("name", names[one]), ("day", day)))
            for one, day in sorted(late.items())
        ]
        _ask_first(found, unlock)


async def check_locked(work: Work) -> None:
    """Refuses an undo that brought something to a day that was locked since.

    Raises:
        Reconciled: names the accounts, and up to which day they are reconciled.
    """
    values = {"ledger_id": work.ledger_id, "change_id": work.change_id}
    late = (await work.session.execute(_LATE, values)).all()
    if late:
        found = [Problem(LOCKED, "", (("name", n), ("day", day))) for n, day in late]
        raise Reconciled.of(found)


def _ask_first(found: Sequence[Problem], unlock: Unlock) -> None:
    """Refuses what its reader was not told of, and did not say yes to."""
    agreed = unlock if isinstance(unlock, tuple) else found if unlock else ()
    if not set(found) <= set(agreed):
        raise Reconciled.of(found)


async def _breaches(
    work: Work, broken: Sequence[Sequence[Reconciliation]]
) -> list[Problem]:
    names = await _names(work, [standing[0].account_id for standing in broken])
    return [
        Problem(
            BREAKS_ONE if len(standing) == 1 else BREAKS_MORE,
            "",
            (
                ("name", names[standing[0].account_id]),
                ("day", standing[0].statement_on),
                ("last", standing[-1].statement_on),
            ),
        )
        for standing in broken
    ]


async def _names(work: Work, account_ids: Iterable[int]) -> dict[int, str]:
    found = await work.session.execute(
        select(col(Account.id), col(Account.name)).where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.id).in_(set(account_ids)),
        )
    )
    return {row[0]: row[1] for row in found}
