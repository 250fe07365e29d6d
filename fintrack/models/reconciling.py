"""Reconciliations: an account compared with a statement of the bank."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from fintrack.models.base import Identified, MainRow, big, instant, reference
from fintrack.models.ledger import MAX_MINOR


class Reconciliation(MainRow, Identified, table=True):
    """An account that agreed with its statement on a day.

    Those that stand form a chain: each names the one before it, none has two after it.
    Its postings carry its id while it stands. ``opened_change_id`` is the change set
    that opened it again.
    """

    __tablename__ = "reconciliation"
    __table_args__ = (
        UniqueConstraint("ledger_id", "account_id", "id"),
        CheckConstraint(
            f"balance_minor BETWEEN -{MAX_MINOR} AND {MAX_MINOR}", name="balance_minor"
        ),
        CheckConstraint(
            "(opened_at IS NULL) = (opened_change_id IS NULL)", name="opened"
        ),
        reference(["ledger_id", "account_id"], "account", ["ledger_id", "id"]),
        reference(
            ["ledger_id", "account_id", "previous_id"],
            "reconciliation",
            ["ledger_id", "account_id", "id"],
        ),
        Index(
            "reconciliation_chain_idx",
            "ledger_id",
            "account_id",
            "previous_id",
            unique=True,
            postgresql_where=text("opened_at IS NULL"),
            postgresql_nulls_not_distinct=True,
        ),
    )

    ledger_id: int = big()
    account_id: int = big()
    previous_id: int | None = big(default=None)
    statement_on: date
    balance_minor: int = big()
    closed_at: datetime = instant()
    closed_by: int = big()
    opened_at: datetime | None = instant(default=None)
    opened_by: int | None = big(default=None)
    opened_change_id: int | None = big(default=None)
