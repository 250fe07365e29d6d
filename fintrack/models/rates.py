"""Rates of currencies, as runs of the same value, and which of them people follow."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric, text
from sqlmodel import Field

from fintrack.models.base import MainRow, big, instant, reference


class RateSource(MainRow, table=True):
    """Where rates come from, and how far it was read.

    ``bundled`` names the data that came with the program and was loaded from it.
    ``fetched_at`` is when it last answered, ``checked_at`` when it was last asked;
    ``failures`` counts how often in a row it did not answer since, ``error`` says why,
    and before ``not_before`` it is left alone. ``etag`` and ``last_modified`` are what
    it called its newest answer. ``quota_left`` of its requests are left until
    ``quota_resets_at``, where it says so. Of the days up to ``complete_on`` it was
    asked for all. It ``is_wanted`` while an admin waits for it to be asked.
    """

    __tablename__ = "rate_source"
    __table_args__ = (CheckConstraint("failures >= 0", name="failures"),)

    name: str = Field(primary_key=True)
    bundled: str = ""
    fetched_at: datetime | None = instant(default=None)
    checked_at: datetime | None = instant(default=None)
    failures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    error: str = Field(default="", sa_column_kwargs={"server_default": ""})
    not_before: datetime | None = instant(default=None)
    etag: str = Field(default="", sa_column_kwargs={"server_default": ""})
    last_modified: str = Field(default="", sa_column_kwargs={"server_default": ""})
    quota_left: int | None = None
    quota_resets_at: datetime | None = instant(default=None)
    complete_on: date | None = None
    is_wanted: bool = Field(
        default=False, sa_column_kwargs={"server_default": text("false")}
    )


class RateRun(MainRow, table=True):
    """One US dollar bought ``per_usd`` from ``valid_from`` to ``last_seen_at``.

    ``multiplier`` counts the observations, which lie at equal distances. The key finds
    what was in force at a time.
    """

    __tablename__ = "rate_run"
    __table_args__ = (
        reference(["source"], "rate_source", ["name"]),
        CheckConstraint("per_usd > 0 AND per_usd < 'Infinity'", name="per_usd"),
        CheckConstraint("valid_from <= last_seen_at", name="span"),
        CheckConstraint("multiplier >= 1", name="multiplier"),
        # Of two or more the distance can be told.
        CheckConstraint("(multiplier = 1) = (valid_from = last_seen_at)", name="step"),
    )

    code: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    valid_from: datetime = instant(primary_key=True)
    last_seen_at: datetime = instant()
    per_usd: Decimal = Field(sa_type=Numeric)
    multiplier: int = 1


class RateHeld(MainRow, table=True):
    """An observation too far from the rate in force to be believed without a person.

    So is one that differs from what its source had said of the same instant, which is
    then ``in_force_per_usd``. ``decision`` is empty as long as it waits, then
    ``accepted`` or ``refused``.
    """

    __tablename__ = "rate_held"
    __table_args__ = (
        reference(["source"], "rate_source", ["name"]),
        CheckConstraint("decision IN ('', 'accepted', 'refused')", name="decision"),
        CheckConstraint("(decision = '') = (decided_at IS NULL)", name="decided_at"),
        Index(
            "rate_held_waiting_idx",
            "code",
            "source",
            postgresql_where=text("decision = ''"),
        ),
    )

    code: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    at: datetime = instant(primary_key=True)
    per_usd: Decimal = Field(sa_type=Numeric, primary_key=True)
    in_force_per_usd: Decimal = Field(sa_type=Numeric)
    held_at: datetime = instant()
    decision: str = ""
    decided_at: datetime | None = instant(default=None)
    decided_by: int | None = big(default=None)


class RateFill(MainRow, table=True):
    """A period of the past that a source is asked for, day by day.

    ``next_on`` is the first day that is still to be asked for. It is over once
    ``finished_at`` is set, with an ``error`` where that was before its last day. So far
    it brought ``rates``, of which ``held`` wait for a decision; of ``empty_days`` the
    source has none.
    """

    __tablename__ = "rate_fill"
    __table_args__ = (
        reference(["source"], "rate_source", ["name"]),
        CheckConstraint(
            "first_on <= next_on AND next_on <= last_on + 1", name="next_on"
        ),
    )

    source: str = Field(primary_key=True)
    first_on: date
    last_on: date
    next_on: date
    asked_at: datetime = instant()
    asked_by: int | None = big(default=None)
    error: str = ""
    finished_at: datetime | None = instant(default=None)
    rates: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    held: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    empty_days: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class CurrencyFavourite(MainRow, table=True):
    """A currency that somebody follows; those with a lower ``place`` come first."""

    __tablename__ = "currency_favourite"
    __table_args__ = (reference(["person_id"], "person", ["id"]),)

    person_id: int = big(primary_key=True)
    code: str = Field(primary_key=True)
    place: int
