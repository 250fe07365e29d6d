"""Rates of currencies, as runs of the same value, and which of them people follow."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric
from sqlmodel import Field

from fintrack.models.base import MainRow, big, instant, reference


class RateSource(MainRow, table=True):
    """Where rates come from, and how far it was read.

    ``bundled`` names the data that came with the program and was loaded from it.
    """

    __tablename__ = "rate_source"

    name: str = Field(primary_key=True)
    bundled: str = ""
    fetched_at: datetime | None = instant(default=None)


class RateRun(MainRow, table=True):
    """One US dollar bought ``per_usd`` from ``valid_from`` to ``last_seen_at``.

    ``multiplier`` counts the observations. The key finds what was in force at a time.
    """

    __tablename__ = "rate_run"
    __table_args__ = (
        reference(["source"], "rate_source", ["name"]),
        CheckConstraint("per_usd > 0 AND per_usd < 'Infinity'", name="per_usd"),
        CheckConstraint("valid_from <= last_seen_at", name="span"),
        CheckConstraint("multiplier >= 1", name="multiplier"),
    )

    code: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    valid_from: datetime = instant(primary_key=True)
    last_seen_at: datetime = instant()
    per_usd: Decimal = Field(sa_type=Numeric)
    multiplier: int = 1


class CurrencyFavourite(MainRow, table=True):
    """A currency that somebody follows; those with a lower ``place`` come first."""

    __tablename__ = "currency_favourite"
    __table_args__ = (reference(["person_id"], "person", ["id"]),)

    person_id: int = big(primary_key=True)
    code: str = Field(primary_key=True)
    place: int
