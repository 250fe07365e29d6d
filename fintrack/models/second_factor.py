"""The second factor: the secret of codes by the clock, codes for a lost phone."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from fintrack.models.base import Identified, MainRow, big, instant, reference


class SecondFactor(MainRow, Identified, table=True):
    """The one secret of a person, encrypted; it counts once it is confirmed.

    ``last_counter`` is the time step of the last code that was used: an older one, or
    the same, is never taken again.
    """

    __tablename__ = "second_factor"
    __table_args__ = (
        UniqueConstraint("person_id"),
        reference(["person_id"], "person", ["id"]),
    )

    person_id: int = big()
    secret: bytes = Field(repr=False)
    last_counter: int = big(default=0)
    made_at: datetime = instant()
    confirmed_at: datetime | None = instant(default=None)


class RecoveryCode(MainRow, Identified, table=True):
    """A code for when the phone is lost, by its keyed hash; each works once."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        UniqueConstraint("person_id", "code_hash"),
        reference(["person_id"], "person", ["id"]),
    )

    person_id: int = big()
    code_hash: bytes = Field(repr=False)
    used_at: datetime | None = instant(default=None)


class PendingSignIn(MainRow, Identified, table=True):
    """A browser whose password was right and that still owes the second step."""

    __tablename__ = "pending_sign_in"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        reference(["person_id"], "person", ["id"]),
        reference(["ledger_id"], "ledger", ["id"]),
        Index(None, "person_id"),
        Index(None, "ledger_id"),
    )

    person_id: int = big()
    ledger_id: int = big()
    token_hash: bytes = Field(repr=False)
    expires_at: datetime = instant()
