"""The trail: change sets, the rows they changed, and security events."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from fintrack.models.base import Identified, MainRow, big, instant, reference

# Tables whose every change is kept, each with the columns that are left out.
TRACKED: dict[str, tuple[str, ...]] = {
    "account": (),
    "attachment": (),
    "consent": (),
    "import_batch": (),
    "import_mapping": (),
    "installation": (),
    "ledger": (),
    "membership": (),
    "own_rate": (),
    "person": ("password_hash",),
    "plan": (),
    "posting": (),
    "reconciliation": (),
    "rule": (),
    "rule_condition": (),
    "rule_share": (),
    "rule_tag": (),
    "tag": (),
    "template": (),
    "template_share": (),
    "template_tag": (),
    "recurring_dismissal": (),
    "recurring_item": (),
    "recurring_occurrence": (),
    "transaction": (),
    "transaction_tag": (),
    "transfer_match": (),
}

# Tables that are not tracked, each with its reason.
UNTRACKED: dict[str, str] = {
    "alembic_version": "the migrations' own mark",
    "balance_month": "a roll-up of postings that triggers keep",
    "change_row": "the trail itself",
    "change_set": "the trail itself",
    "currency_favourite": "stars of a list; one is set back where it was set",
    "code": "lives an hour at most; security events tell of its use",
    "import_preview": "waits a day for a yes; the books are not touched",
    "job_run": "the history of jobs; what they change is tracked itself",
    "key_exchange": "signed itself; the command that adds a row is in the trail",
    "letter": "mail on its way; what caused it is in the trail",
    "pending_sign_in": "lives five minutes between password and second step",
    "rate_fill": "how far a fill came; the command that asks for it is in the trail",
    "rate_held": "what sources said and nobody believes yet; decisions are commands",
    "rate_run": "what sources said; a row is its own history",
    "rate_source": "how far a source was read; it moves with every fetch",
    "recovery_code": "hashes of codes; security events tell of their making and use",
    "recurring_run": "how far the timetable came; the dates themselves are tracked",
    "refresh_token": "comes and goes with the sessions of programs",
    "second_factor": "a secret and its counter; security events tell of on and off",
    "security_event": "a trail of its own, append only",
    "sign_in_session": "comes and goes with browsers; security events tell of it",
    "tracked_table": "what the trail knows of the tables; migrations write it",
    "trail_key": "wraps of keys; a destroyed key must not live on in an image",
    "trail_relay": "how far the relay came; it moves with every batch",
    "try_counter": "counters of failed tries",
}


class ChangeSet(MainRow, Identified, table=True):
    """One unit of work: who did what when, under which key, with which result.

    ``refused`` says that the command did nothing: an event tells of it.
    """

    __tablename__ = "change_set"
    __table_args__ = (
        reference(["undo_of"], "change_set", ["id"]),
        Index(None, "undo_of", postgresql_where=text("undo_of IS NOT NULL")),
        Index(
            "change_set_key_idx",
            "person_id",
            "command",
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
        Index("change_set_ledger_idx", "ledger_id", "id"),
        Index("change_set_person_idx", "person_id", "id"),
        Index(
            "change_set_unshipped_idx",
            "id",
            postgresql_where=text("shipped_at IS NULL"),
        ),
    )

    command: str
    person_id: int | None = big(default=None)
    ledger_id: int | None = big(default=None)
    at: datetime = instant()
    xid: int = big()
    idempotency_key: str | None = None
    input_hash: bytes | None = None
    result: Any = Field(default=None, sa_type=JSONB, nullable=True)
    undo_of: int | None = big(default=None)
    refused: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    shipped_at: datetime | None = instant(default=None)


class ChangeRow(MainRow, Identified, table=True):
    """One row before and after; ``statement`` groups the rows of one statement."""

    __tablename__ = "change_row"
    __table_args__ = (
        CheckConstraint("op IN ('I', 'U', 'D')", name="op"),
        reference(["change_set_id"], "change_set", ["id"]),
        Index("change_row_statement_idx", "change_set_id", "statement"),
        Index(
            "change_row_person_idx",
            "row_id",
            "change_set_id",
            postgresql_where=text("table_name = 'person'"),
        ),
        Index(
            "change_row_attachment_idx",
            "change_set_id",
            postgresql_where=text("table_name = 'attachment'"),
        ),
    )

    change_set_id: int = big()
    statement: int = big()
    table_name: str
    row_id: int = big()
    op: str
    before: Any = Field(default=None, sa_type=JSONB, nullable=True)
    after: Any = Field(default=None, sa_type=JSONB, nullable=True)


class TrackedTable(MainRow, table=True):
    """A table the trail watches; change sets up to ``undo_floor`` are not undone.

    A migration that changes a table raises its floor, because the images kept before
    no longer have the table's shape.
    """

    __tablename__ = "tracked_table"

    name: str = Field(primary_key=True)
    undo_floor: int = big()


class SecurityEvent(MainRow, Identified, table=True):
    """A sign-in, a refusal or a view of evidence; never changed, never deleted."""

    __tablename__ = "security_event"
    __table_args__ = (
        Index("security_event_person_idx", "person_id", "id"),
        Index("security_event_ledger_idx", "ledger_id", "id"),
        Index(
            "security_event_about_idx",
            text("(detail ->> 'person')"),
            "id",
            postgresql_where=text("(detail ->> 'person') IS NOT NULL"),
        ),
        Index(
            "security_event_unshipped_idx",
            "id",
            postgresql_where=text("shipped_at IS NULL"),
        ),
        Index(
            "security_event_waits_idx",
            "at",
            postgresql_where=text("kind = 'refused' AND detail ? 'waits'"),
        ),
    )

    at: datetime = instant()
    kind: str
    person_id: int | None = big(default=None)
    ledger_id: int | None = big(default=None)
    address: str = ""
    detail: Any = Field(default_factory=dict, sa_type=JSONB)
    shipped_at: datetime | None = instant(default=None)


class TrailKey(MainRow, Identified, table=True):
    """The key that an owner's images are encrypted with in LogDB.

    ``wrapped`` is encrypted under the master key. Without it the key is destroyed; the
    row stays, so that the owner never gets another one.
    """

    __tablename__ = "trail_key"
    __table_args__ = (
        UniqueConstraint("owner", "owner_id"),
        CheckConstraint("owner IN ('ledger', 'person', 'house')", name="owner"),
        CheckConstraint(
            "(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed"
        ),
    )

    owner: str
    owner_id: int = big()
    wrapped: bytes | None = Field(default=None, repr=False)
    made_at: datetime = instant()
    destroyed_at: datetime | None = instant(default=None)


class TrailRelay(MainRow, table=True):
    """The one row that says how far the chain in LogDB is known to reach.

    It is written in the transaction that marks what was shipped, so that a chain whose
    end is cut off contradicts it. ``writes_apart`` tells whether LogDB gave the relay a
    role that can only add; ``error`` is empty after a run that went well.
    """

    __tablename__ = "trail_relay"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    position: int = big(default=0)
    hash: bytes = b""
    shipped_at: datetime | None = instant(default=None)
    writes_apart: bool = False
    head_position: int = big(default=0)
    head_at: datetime | None = instant(default=None)
    error: str = ""
    failed_at: datetime | None = instant(default=None)
