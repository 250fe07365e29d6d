"""Attachments: files that people put beside a transaction as evidence."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from fintrack.models.base import Identified, MainRow, big, instant, reference


class Attachment(MainRow, Identified, table=True):
    """A file of a transaction; its bytes lie in the blob store, as they came.

    ``thumbnail`` is a blob too, or empty where there is nothing to draw. The day of
    the transaction is not in the key: a removed one comes back wherever that has moved.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("ledger_id", "transaction_id", "sha256"),
        CheckConstraint("size > 0", name="size"),
        reference(["ledger_id", "transaction_id"], "transaction", ["ledger_id", "id"]),
        reference(["added_by"], "person", ["id"]),
        Index(None, "added_by"),
    )

    ledger_id: int = big()
    transaction_id: int = big()
    filename: str
    media_type: str
    size: int = big()
    sha256: str
    blob: str
    thumbnail: str = ""
    added_at: datetime = instant()
    added_by: int = big()
