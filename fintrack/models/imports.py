"""Imports: what came in together, what a person is still checking, and mappings."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Sequence, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from fintrack.models.base import Identified, MainRow, Versioned, big, instant, reference

# The source of a batch that no file brought.
SAMPLE = "sample"
_NUMBERS = Sequence("import_id_seq", metadata=MainRow.metadata)


class Numbered(SQLModel):
    """A row with a number that no other import and no other file has.

    An import takes the number of its file.
    """

    id: int = Field(
        default=None,
        primary_key=True,
        sa_type=BigInteger,
        sa_column_kwargs={"server_default": _NUMBERS.next_value()},
    )


class ImportBatch(MainRow, Numbered, Versioned, table=True):
    """Transactions that came in together and can be taken back together."""

    __tablename__ = "import_batch"
    __table_args__ = (
        UniqueConstraint("ledger_id", "id"),
        reference(["ledger_id"], "ledger", ["id"]),
        reference(["ledger_id", "account_id"], "account", ["ledger_id", "id"]),
        Index(None, "ledger_id", "account_id"),
    )

    ledger_id: int = big()
    account_id: int | None = big(default=None)
    source: str
    filename: str
    rows_added: int
    rows_skipped: int
    # Accounts and categories that came along, as the sample data brings them.
    accounts_made: list[int] = Field(
        default_factory=list,
        sa_type=ARRAY(BigInteger),
    )
    created_at: datetime = instant()
    taken_back_at: datetime | None = instant(default=None)


class ImportPreview(MainRow, Numbered, table=True):
    """A file that waits for its owner's yes, for at most a day."""

    __tablename__ = "import_preview"
    __table_args__ = (
        reference(["ledger_id", "account_id"], "account", ["ledger_id", "id"]),
        reference(["person_id"], "person", ["id"]),
        Index(None, "ledger_id", "account_id"),
        Index(None, "person_id"),
    )

    ledger_id: int = big()
    person_id: int = big()
    account_id: int = big()
    filename: str
    blob: str
    mapping: dict[str, Any] = Field(sa_type=JSONB)
    decisions: dict[str, Any] = Field(sa_type=JSONB)
    created_at: datetime = instant()
    expires_at: datetime = instant()


class ImportMapping(MainRow, Identified, Versioned, table=True):
    """How files with this header are read for this account."""

    __tablename__ = "import_mapping"
    __table_args__ = (
        UniqueConstraint("ledger_id", "account_id", "fingerprint"),
        reference(["ledger_id", "account_id"], "account", ["ledger_id", "id"]),
    )

    ledger_id: int = big()
    account_id: int = big()
    fingerprint: str
    mapping: dict[str, Any] = Field(sa_type=JSONB)
