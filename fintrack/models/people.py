"""People, their sessions and the counters that slow guessing down."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from fintrack.core.actor import Role
from fintrack.core.notices import FIRST_ON
from fintrack.models.base import (
    Identified,
    MainRow,
    Versioned,
    big,
    instant,
    reference,
    small,
)
from fintrack.models.plans import FREE

ROLES = ", ".join(f"'{r}'" for r in Role if r not in (Role.ANONYMOUS, Role.SYSTEM))


class Person(MainRow, Identified, Versioned, table=True):
    """Somebody who signs in. The e-mail is the identity, folded for comparison.

    ``appearance`` is empty until it is chosen, ``picture`` names a blob, ``notices``
    what is switched on of ``core.notices``; ``department`` and ``position`` are of
    staff alone.
    """

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("email_folded"),
        CheckConstraint(f"role IN ({ROLES})", name="role"),
        reference(["plan"], "plan", ["name"]),
        Index(None, "plan"),
    )

    email: str
    email_folded: str
    first_name: str
    last_name: str = ""
    password_hash: str = Field(repr=False)
    role: str
    language: str = "en"
    time_zone: str = "UTC"
    appearance: str = ""
    week_starts_on: int = small(default=0)
    month_starts_on: int = small(default=1)
    plan: str = Field(default=FREE, sa_column_kwargs={"server_default": FREE})
    picture: str = Field(default="", sa_column_kwargs={"server_default": ""})
    notices: list[str] = Field(
        default_factory=lambda: list(FIRST_ON),
        sa_type=ARRAY(String),
        sa_column_kwargs={"server_default": f"{{{','.join(FIRST_ON)}}}"},
    )
    department: str = Field(default="", sa_column_kwargs={"server_default": ""})
    position: str = Field(default="", sa_column_kwargs={"server_default": ""})
    created_at: datetime = instant()
    suspended_at: datetime | None = instant(default=None)


class SignInSession(MainRow, Identified, table=True):
    """One signed-in browser. Only the SHA-256 of its cookie is kept.

    ``proved_at`` is when the person last proved here who they are, ``mark_hash`` the
    SHA-256 of the mark by which the browser is known again at a later sign-in.
    """

    __tablename__ = "sign_in_session"
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
    address: str
    device: str
    mark_hash: bytes | None = Field(default=None, repr=False)
    created_at: datetime = instant()
    proved_at: datetime = instant()
    last_seen_at: datetime = instant()
    expires_at: datetime = instant()
    ended_at: datetime | None = instant(default=None)


class TryCounter(MainRow, table=True):
    """Failed tries for one account or address; ``subject`` is a keyed hash.

    A try counts as failed until it was right; ``failed_before`` is the instant of the
    one before it, for giving it back.
    """

    __tablename__ = "try_counter"

    subject: str = Field(primary_key=True)
    failures: int
    last_failed_at: datetime = instant()
    failed_before: datetime | None = instant(default=None)


class Installation(MainRow, table=True):
    """The one row that says which master key and which setup this database has."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    master_key_fingerprint: str
    made_at: datetime = instant()
