"""Rates that people set in their ledger: what they really paid at a kiosk."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric, UniqueConstraint
from sqlmodel import Field

from fintrack.models.base import Identified, MainRow, big, instant, reference


class OwnRate(MainRow, Identified, table=True):
    """One ``base`` was ``value`` ``quote`` on a day, as the person said it.

    ``pair`` is both codes by their order, so that a pair has one rate for a day
    whichever way it was said.
    """

    __tablename__ = "own_rate"
    __table_args__ = (
        UniqueConstraint("ledger_id", "pair", "on_date"),
        reference(["ledger_id"], "ledger", ["id"]),
        CheckConstraint("base <> quote", name="base"),
        CheckConstraint("value > 0 AND value < 'Infinity'", name="value"),
    )

    ledger_id: int = big()
    pair: str
    base: str
    quote: str
    on_date: date
    value: Decimal = Field(sa_type=Numeric)
    created_at: datetime = instant()
