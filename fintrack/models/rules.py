"""Rules: conditions and what is done where they hold, in the order of the person.

What they name (accounts, categories, tags) stands in rows of its own, so that the
database refuses what belongs to another ledger and a merge moves it along.
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric, UniqueConstraint
from sqlmodel import Field

from fintrack.models.base import (
    Identified,
    MainRow,
    Versioned,
    big,
    instant,
    reference,
    small,
)


class Rule(MainRow, Identified, Versioned, table=True):
    """A rule; one that was removed stays as the reason of what it did.

    ``import_id`` names the whole books that brought it.
    """

    __tablename__ = "rule"
    __table_args__ = (
        UniqueConstraint("ledger_id", "id"),
        reference(["ledger_id"], "ledger", ["id"]),
        reference(["ledger_id", "transfer_account_id"], "account", ["ledger_id", "id"]),
        reference(["ledger_id", "import_id"], "import_batch", ["ledger_id", "id"]),
        Index(None, "ledger_id", "transfer_account_id"),
        Index(None, "ledger_id", "import_id"),
    )

    ledger_id: int = big()
    position: int
    needs_all: bool
    is_on: bool
    set_payee: str = ""
    set_note: str = ""
    transfer_account_id: int | None = big(default=None)
    import_id: int | None = big(default=None)
    created_at: datetime = instant()
    removed_at: datetime | None = instant(default=None)


class RuleCondition(MainRow, Identified, table=True):
    """One question of a rule; see ``core/rules.py`` for what its fields mean."""

    __tablename__ = "rule_condition"
    __table_args__ = (
        reference(["ledger_id", "rule_id"], "rule", ["ledger_id", "id"]),
        reference(["ledger_id", "account_id"], "account", ["ledger_id", "id"]),
        Index(None, "ledger_id", "rule_id"),
        Index(None, "ledger_id", "account_id"),
    )

    ledger_id: int = big()
    rule_id: int = big()
    position: int = small()
    field: str
    test: str
    words: str = ""
    account_id: int | None = big(default=None)
    least: Decimal | None = Field(default=None, sa_type=Numeric)
    most: Decimal | None = Field(default=None, sa_type=Numeric)


class RuleShare(MainRow, Identified, table=True):
    """A category that a rule sets, with its percent of the amount."""

    __tablename__ = "rule_share"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 1 AND 100", name="percent"),
        reference(["ledger_id", "rule_id"], "rule", ["ledger_id", "id"]),
        reference(["ledger_id", "category_id"], "account", ["ledger_id", "id"]),
        Index(None, "ledger_id", "rule_id"),
        Index(None, "ledger_id", "category_id"),
    )

    ledger_id: int = big()
    rule_id: int = big()
    position: int = small()
    category_id: int = big()
    percent: int = small()


class RuleTag(MainRow, Identified, table=True):
    """A tag that a rule adds."""

    __tablename__ = "rule_tag"
    __table_args__ = (
        UniqueConstraint("ledger_id", "rule_id", "tag_id"),
        reference(["ledger_id", "rule_id"], "rule", ["ledger_id", "id"]),
        reference(["ledger_id", "tag_id"], "tag", ["ledger_id", "id"]),
        Index(None, "ledger_id", "tag_id"),
    )

    ledger_id: int = big()
    rule_id: int = big()
    tag_id: int = big()
