"""What a plan limits; a command says which limit it uses.

The plan is that of the ledger's owner, whoever works in it. A command is refused when
it leaves more in use than the plan has and than there was before it: whoever is above a
limit, because the plan became smaller, keeps everything and may always use less. What
is beyond the limit, the newest of it, can only be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from fintrack.core.errors import PlanLimit
from fintrack.core.text import message_id
from fintrack.models.ledger import Ledger
from fintrack.models.people import Person
from fintrack.models.plans import Plan
from fintrack.services.change_sets import KEPT

_ACCOUNTS = (
    "SELECT a.id, 1 AS size FROM account a WHERE a.ledger_id = :ledger_id "
    "AND a.kind IN ('asset', 'liability') AND a.closed_on IS NULL "
    "AND NOT EXISTS (SELECT FROM import_batch b WHERE b.ledger_id = a.ledger_id "
    "AND b.source = 'sample' AND b.taken_back_at IS NULL "
    "AND a.id = ANY(b.accounts_made))"
)
_ATTACHMENTS = "SELECT id, size FROM attachment WHERE ledger_id = :ledger_id"
# With those that an undo may still bring back: their bytes are on the disk too.
_KEPT_ATTACHMENTS = (
    "SELECT blob AS id, size FROM attachment WHERE ledger_id = :ledger_id UNION "
    "SELECT row ->> 'blob', CAST(row ->> 'size' AS bigint) "
    "FROM change_set s JOIN change_row c ON c.change_set_id = s.id "
    "CROSS JOIN LATERAL (SELECT coalesce(c.after, c.before) AS row) AS image "
    "WHERE c.table_name = 'attachment' AND s.ledger_id = :ledger_id AND s.at >= :since"
)
# No plan has so many; an offset of null would be none.
_BEYOND = (
    "SELECT id FROM ({used}) used ORDER BY id OFFSET (SELECT "
    "coalesce(p.{column}, 2147483647) FROM ledger l JOIN person o ON o.id = l.owner_id "
    "JOIN plan p ON p.name = o.plan WHERE l.id = :ledger_id)"
)
READ_ONLY = message_id(
    "{name} is beyond your plan, so it can only be read. Close another account, or "
    "choose a larger plan."
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A column of ``plan``, the ids and sizes of what uses it, and what a refusal says.

    A refusal speaks of the limit in units of so much; the limit is so many times what
    the column says.
    """

    column: str
    used: str
    refusal: str
    unit: int = 1
    times: int = 1


_MEGABYTE: Final = 1024 * 1024
# Sample data is a way to begin, so its accounts do not count, nor do closed ones.
LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "accounts": Limit(
            "accounts",
            _ACCOUNTS,
            message_id(
                "All accounts of the plan {plan} are in use ({limit}). "
                "Close one, or choose a larger plan."
            ),
        ),
        "attachments": Limit(
            "attachment_bytes",
            _ATTACHMENTS,
            message_id(
                "The plan {plan} has room for {limit} MB of attachments, and this is "
                "more. Remove some, or choose a larger plan."
            ),
            unit=_MEGABYTE,
        ),
        "kept_attachments": Limit(
            "attachment_bytes",
            _KEPT_ATTACHMENTS,
            message_id(
                "Removed attachments are kept for 30 days, and with them this is more "
                "than the {limit} MB that the plan {plan} keeps. Please wait some "
                "days, or choose a larger plan."
            ),
            unit=_MEGABYTE,
            times=2,
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much of a limit is in use before a command; ``most`` is of ``plan``.

    What was removed since ``since`` is kept.
    """

    limit: Limit
    plan: str
    most: int
    used: int
    since: datetime


class _Billing:
    """Whether plans limit anything in this installation."""

    is_on: bool = False


def set_billing(*, is_on: bool) -> None:
    """Makes plans limit, or unlocks everything."""
    _Billing.is_on = is_on


async def find_allowance(
    session: AsyncSession, ledger_id: int, uses: str, now: datetime
) -> Allowance | None:
    """What the command may use, or None where nothing limits it.

    To be asked behind the ledger's lock, or two commands could both have the rest.
    """
    if not _Billing.is_on:
        return None
    limit = LIMITS[uses]
    query = (
        select(Plan)
        .join(Person, col(Person.plan) == col(Plan.name))
        .join(Ledger, col(Ledger.owner_id) == col(Person.id))
        .where(col(Ledger.id) == ledger_id)
    )
    plan = (await session.scalars(query)).one()
    most: int | None = getattr(plan, limit.column)
    if most is None:
        return None
    since = now - KEPT
    used = await _count(session, ledger_id, limit, since)
    return Allowance(limit, plan.title, most * limit.times, used, since)


async def check_limit(
    session: AsyncSession, ledger_id: int, allowed: Allowance
) -> None:
    """Passes a command that kept within its limit, or took nothing more.

    Raises:
        PlanLimit: it did not; the unit of work ends and nothing is kept.
    """
    used = await _count(session, ledger_id, allowed.limit, allowed.since)
    if used > max(allowed.most, allowed.used):
        limit = allowed.limit
        raise PlanLimit(
            limit.refusal, plan=allowed.plan, limit=allowed.most // limit.unit
        )


async def find_surplus(
    session: AsyncSession, ledger_id: int, uses: str
) -> frozenset[int]:
    """The ids of what is beyond a limit on a number: the newest, only to be read."""
    if not _Billing.is_on:
        return frozenset()
    limit = LIMITS[uses]
    query = text(_BEYOND.format(used=limit.used, column=limit.column))
    found = await session.scalars(query, {"ledger_id": ledger_id})
    return frozenset(found)


async def _count(
    session: AsyncSession, ledger_id: int, limit: Limit, since: datetime
) -> int:
    query = text(f"SELECT coalesce(sum(size), 0) FROM ({limit.used}) used")  # noqa: S608 - a constant
    found = await session.scalar(query, {"ledger_id": ledger_id, "since": since})
    return int(found or 0)
