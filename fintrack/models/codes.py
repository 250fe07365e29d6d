"""Codes on their way by mail, and what people agreed to."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from fintrack.models.base import (
    Identified,
    MainRow,
    big,
    instant,
    reference,
    small,
)


class Code(MainRow, Identified, table=True):
    """A code that somebody has to bring back: six digits, or long for a new password.

    Only hashes are kept: the SHA-256 of the flow's token and a keyed hash of the code
    with its flow, or with its person where it is long.
    ``letter`` is the kind of letter that went out; where it shows no code, because the
    address is taken or unknown, or none went out, ``code_hash`` is the hash of nothing.
    ``pending`` holds a registration with argon2id of its password.
    """

    __tablename__ = "code"
    __table_args__ = (
        UniqueConstraint("flow_hash"),
        UniqueConstraint("code_hash"),
        CheckConstraint("purpose IN ('register', 'reset', 'email')", name="purpose"),
        CheckConstraint("tries BETWEEN 0 AND 5", name="tries"),
        reference(["person_id"], "person", ["id"]),
        Index(None, "person_id"),
        Index(None, "begun_at"),
    )

    flow_hash: bytes = Field(repr=False)
    purpose: str
    person_id: int | None = big(default=None)
    email: str
    language: str
    letter: str
    code_hash: bytes = Field(repr=False)
    pending: Any = Field(default_factory=dict, sa_type=JSONB, repr=False)
    tries: int = small(default=0)
    begun_at: datetime = instant()
    sent_at: datetime = instant()
    expires_at: datetime = instant()
    proved_at: datetime | None = instant(default=None)


class Consent(MainRow, Identified, table=True):
    """A person said yes to one version of a text, in the language they read it in."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("subject IN ('terms', 'age')", name="subject"),
        UniqueConstraint("person_id", "subject", "text_version"),
        reference(["person_id"], "person", ["id"]),
    )

    person_id: int = big()
    subject: str
    text_version: str
    language: str
    given_at: datetime = instant()
