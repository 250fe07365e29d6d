"""Tags: words that a person puts on transactions, beside the category."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint

from fintrack.models.base import Identified, MainRow, Versioned, big, reference


class Tag(MainRow, Identified, Versioned, table=True):
    """One word of a ledger; two spellings of it are the same tag."""

    __tablename__ = "tag"
    __table_args__ = (
        UniqueConstraint("ledger_id", "id"),
        UniqueConstraint("ledger_id", "name_folded"),
        reference(["ledger_id"], "ledger", ["id"]),
    )

    ledger_id: int = big()
    name: str
    name_folded: str


class TransactionTag(MainRow, Identified, table=True):
    """A tag on a transaction; the day follows that of the transaction."""

    __tablename__ = "transaction_tag"
    __table_args__ = (
        UniqueConstraint("ledger_id", "transaction_id", "on_date", "tag_id"),
        reference(
            ["ledger_id", "transaction_id", "on_date"],
            "transaction",
            ["ledger_id", "id", "on_date"],
            follow=True,
        ),
        reference(["ledger_id", "tag_id"], "tag", ["ledger_id", "id"]),
        Index(None, "ledger_id", "tag_id"),
    )

    ledger_id: int = big()
    transaction_id: int = big()
    on_date: date
    tag_id: int = big()
