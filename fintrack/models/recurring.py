"""What comes again: items with their rules, each date that was handled, refusals."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from fintrack.core.recurrence import Pattern, Shift
from fintrack.models.base import (
    Identified,
    MainRow,
    Versioned,
    big,
    instant,
    reference,
    small,
)
from fintrack.models.ledger import MAX_MINOR

PATTERNS = ", ".join(f"'{pattern}'" for pattern in Pattern)
SHIFTS = ", ".join(f"'{shift}'" for shift in Shift)


class RecurringItem(MainRow, Identified, Versioned, table=True):
    """A bill, an income or a transfer that comes again.

    ``amount_minor`` is signed, positive into the account; ``other_id`` is a category,
    or the account that a transfer goes to. What arrives there in another currency is
    ``received_minor``. Dates before ``counts_from`` are none of its business, and
    those that were dealt with before tell nothing of the turns of its rule.
    ``import_id`` names the sample data or the whole books that brought it.
    """

    __tablename__ = "recurring_item"
    __table_args__ = (
        UniqueConstraint("ledger_id", "id"),
        CheckConstraint(
            f"amount_minor BETWEEN -{MAX_MINOR} AND {MAX_MINOR} AND amount_minor <> 0",
            name="amount_minor",
        ),
        CheckConstraint("account_id <> other_id", name="other"),
        CheckConstraint(
            "CASE WHEN received_minor IS NULL THEN received_currency IS NULL ELSE "
            f"received_minor BETWEEN 1 AND {MAX_MINOR} AND amount_minor < 0 AND "
            "coalesce(received_currency <> currency, false) END",
            name="received",
        ),
        CheckConstraint(f"pattern IN ({PATTERNS})", name="pattern"),
        CheckConstraint(f"shift IN ({SHIFTS})", name="shift"),
        CheckConstraint("every > 0", name="every"),
        reference(["ledger_id"], "ledger", ["id"]),
        reference(["ledger_id", "account_id"], "account", ["ledger_id", "id"]),
        reference(["ledger_id", "other_id"], "account", ["ledger_id", "id"]),
        reference(["ledger_id", "import_id"], "import_batch", ["ledger_id", "id"]),
        Index(None, "ledger_id", "account_id"),
        Index(None, "ledger_id", "other_id"),
        Index(None, "ledger_id", "import_id"),
    )

    ledger_id: int = big()
    name: str
    account_id: int = big()
    other_id: int = big()
    currency: str
    amount_minor: int = big()
    received_currency: str | None = None
    received_minor: int | None = big(default=None)
    pattern: str
    every: int = small()
    day: int = small()
    week: int = small()
    weekday: int = small()
    starts_on: date
    ends_on: date | None = None
    shift: str
    is_automatic: bool
    counts_from: date
    import_id: int | None = big(default=None)
    created_at: datetime = instant()


class RecurringOccurrence(MainRow, Identified, table=True):
    """One date of an item that was handled: proposed, booked or skipped, and once.

    ``rule_on`` is the day of the rule, ``due_on`` where a weekend moved it. The day of
    the transaction stands beside its id and follows it.
    """

    __tablename__ = "recurring_occurrence"
    __table_args__ = (
        UniqueConstraint("item_id", "rule_on"),
        CheckConstraint("outcome IN ('proposed', 'booked', 'skipped')", name="outcome"),
        CheckConstraint(
            "(outcome = 'booked') = (transaction_id IS NOT NULL) "
            "AND (transaction_id IS NULL) = (booked_on IS NULL)",
            name="booked",
        ),
        reference(["ledger_id", "item_id"], "recurring_item", ["ledger_id", "id"]),
        reference(
            ["ledger_id", "transaction_id", "booked_on"],
            "transaction",
            ["ledger_id", "id", "on_date"],
            follow=True,
        ),
        Index(None, "ledger_id", "item_id"),
        Index(None, "ledger_id", "transaction_id", "booked_on"),
    )

    ledger_id: int = big()
    item_id: int = big()
    rule_on: date
    due_on: date
    outcome: str
    transaction_id: int | None = big(default=None)
    booked_on: date | None = None
    created_at: datetime = instant()


class RecurringDismissal(MainRow, Identified, table=True):
    """A suggestion that somebody did not want; ``mark`` tells it from the others."""

    __tablename__ = "recurring_dismissal"
    __table_args__ = (
        UniqueConstraint("ledger_id", "mark"),
        reference(["ledger_id"], "ledger", ["id"]),
    )

    ledger_id: int = big()
    mark: str
    created_at: datetime = instant()


class RecurringRun(MainRow, table=True):
    """Up to which day, as its owner counts days, a ledger's dates were carried out."""

    __tablename__ = "recurring_run"
    __table_args__ = (reference(["ledger_id"], "ledger", ["id"]),)

    ledger_id: int = big(primary_key=True)
    through_on: date
