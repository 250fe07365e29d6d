"""The days on which an account may open and close."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select, text
from sqlmodel import col

from fintrack.core.entries import FIRST_DAY
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.models.ledger import Account, Posting
from fintrack.services.commands import Work

EARLIEST_ZONE = timedelta(hours=14)

# Only what this change brought there: most books have no closed account at all.
_AFTERWARDS = text(
    "SELECT a.name, a.closed_on FROM change_row r JOIN account a "
    "ON a.ledger_id = :ledger_id AND a.id = cast(r.after ->> 'account_id' AS bigint) "
    "AND a.kind IN ('asset', 'liability') "
    "AND a.closed_on < cast(r.after ->> 'on_date' AS date) "
    "WHERE EXISTS (SELECT FROM account c WHERE c.ledger_id = :ledger_id "
    "AND c.kind IN ('asset', 'liability') AND c.closed_on IS NOT NULL) "
    "AND r.change_set_id = :change_id AND r.table_name = 'posting' "
    "AND r.after ->> 'voided_at' IS NULL "
    "AND (r.before ->> 'on_date') IS DISTINCT FROM (r.after ->> 'on_date') LIMIT 1"
)


def latest_day(now: datetime) -> date:
    """The last day that has begun anywhere; Kiribati's clocks are the first."""
    return (now + EARLIEST_ZONE).date()


def check_opening_day(day: date, now: datetime, field: str = "opened_on") -> None:
    """Refuses a day that has not begun anywhere, or that is too long ago.

    Raises:
        InvalidInput: under ``field``.
    """
    if not FIRST_DAY <= day <= latest_day(now):
        raise InvalidInput("An account opens between 1900 and today.", field=field)


async def check_afterwards(work: Work) -> None:
    """Refuses what this change brought to an account after the day that closed it.

    Raises:
        Conflict: names the account and its day.
    """
    values = {"ledger_id": work.ledger_id, "change_id": work.change_id}
    found = (await work.session.execute(_AFTERWARDS, values)).one_or_none()
    if found is not None:
        raise Conflict(
            "{name} was closed on {day}. Nothing happens there afterwards.",
            name=found.name,
            day=found.closed_on,
        )


async def check_closing_day(work: Work, account: Account, day: date) -> None:
    """Refuses a day that has not begun anywhere, or before what was on the account.

    Raises:
        InvalidInput: under ``on``.
    """
    if day > latest_day(work.now):
        raise InvalidInput("An account closes today or on a day before.", field="on")
    if day < account.opened_on:
        raise InvalidInput(
            "This account was opened on {day} and cannot close before.",
            field="on",
            day=account.opened_on,
        )
    last = await work.session.scalar(
        select(func.max(col(Posting.on_date))).where(
            col(Posting.ledger_id) == work.ledger_id,
            col(Posting.account_id) == account.id,
            col(Posting.voided_at).is_(None),
        )
    )
    if last is not None and day < last:
        raise InvalidInput(
            "The last transaction of this account is of {day}. It cannot close before.",
            field="on",
            day=last,
        )
