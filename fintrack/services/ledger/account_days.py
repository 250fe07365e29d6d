"""The days on which an account may open and close."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from fintrack.core.entries import FIRST_DAY
from fintrack.core.errors import InvalidInput
from fintrack.models.ledger import Account, Posting
from fintrack.services.commands import Work

EARLIEST_ZONE = timedelta(hours=14)


def latest_day(now: datetime) -> date:
    """The last day that has begun anywhere; Kiribati's clocks are the first."""
    return (now + EARLIEST_ZONE).date()


def check_opening_day(day: date, now: datetime) -> None:
    """Refuses a day that has not begun anywhere, or that is too long ago.

    Raises:
        InvalidInput: under ``opened_on``.
    """
    if not FIRST_DAY <= day <= latest_day(now):
        raise InvalidInput(
            "An account opens between 1900 and today.", field="opened_on"
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
