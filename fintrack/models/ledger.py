"""The books: ledgers, accounts, transactions, postings and the monthly roll-up."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, UniqueConstraint, text
from sqlmodel import Field

from fintrack.models.base import (
    Identified,
    MainRow,
    Versioned,
    big,
    instant,
    reference,
    small,
    table_of,
)

MAX_MINOR = 10**15
# Each word carries its ledger ("l5xcoffee"): a search reads only its own ledger's part
# of the index, however common the word is elsewhere. Rows of before 0028 still have
# underscores within words: they part words for the index, as they do for PostgreSQL.
# Spelled as PostgreSQL prints it, so that models and database compare equal.
SEARCH = (
    "to_tsvector('simple'::regconfig, "
    "(('l'::text || ledger_id::text) || 'x'::text) || "
    "replace(replace(search_text::text, '_'::text, ' '::text), ' '::text, "
    "(' l'::text || ledger_id::text) || 'x'::text))"
)


class Ledger(MainRow, Identified, Versioned, table=True):
    """The books of one owner: the tenant of every financial row."""

    __tablename__ = "ledger"
    __table_args__ = (
        reference(["owner_id"], "person", ["id"]),
        Index(None, "owner_id"),
    )

    owner_id: int = big()
    name: str
    base_currency: str
    started_with: str | None = None
    created_at: datetime = instant()


class Membership(MainRow, Identified, Versioned, table=True):
    """What a person may do in a ledger: 1 viewer, 2 editor, 3 owner."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("person_id", "ledger_id"),
        CheckConstraint("role BETWEEN 1 AND 3", name="role"),
        reference(["ledger_id"], "ledger", ["id"]),
        reference(["person_id"], "person", ["id"]),
        Index(None, "ledger_id"),
    )

    ledger_id: int = big()
    person_id: int = big()
    role: int = small()


class Account(MainRow, Identified, Versioned, table=True):
    """A place in the chart: what people call accounts and categories, and equity."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("ledger_id", "id"),
        CheckConstraint(
            "kind IN ('asset', 'liability', 'income', 'expense', 'equity')", name="kind"
        ),
        CheckConstraint(
            "(kind IN ('asset', 'liability')) = (currency IS NOT NULL)", name="currency"
        ),
        CheckConstraint("parent_id <> id", name="parent"),
        reference(["ledger_id"], "ledger", ["id"]),
        reference(["ledger_id", "parent_id"], "account", ["ledger_id", "id"]),
        Index(None, "ledger_id", "parent_id"),
        Index(
            "account_name_open_idx",
            "ledger_id",
            "kind",
            text("coalesce(parent_id, 0)"),
            "name_folded",
            unique=True,
            postgresql_where=text("closed_on IS NULL"),
        ),
        Index(
            "account_type_equity_idx",
            "ledger_id",
            "type",
            unique=True,
            postgresql_where=text("kind = 'equity'"),
        ),
    )

    ledger_id: int = big()
    kind: str
    type: str
    name: str
    name_folded: str
    currency: str | None = None
    parent_id: int | None = big(default=None)
    position: int = 0
    opened_on: date
    closed_on: date | None = None
    merged_into_id: int | None = big(default=None)
    note: str = ""


class Transaction(MainRow, Identified, Versioned, table=True):
    """One event on one day, with two or more postings that sum to zero."""

    __tablename__ = "transaction"
    __table_args__ = (
        # Of those that move with the day of the transaction, and of those that do not.
        UniqueConstraint("ledger_id", "id", "on_date"),
        UniqueConstraint("ledger_id", "id"),
        reference(["ledger_id"], "ledger", ["id"]),
        reference(["ledger_id", "import_id"], "import_batch", ["ledger_id", "id"]),
        reference(["ledger_id", "rule_id"], "rule", ["ledger_id", "id"]),
        CheckConstraint(
            "(category_source = 'rule') = (rule_id IS NOT NULL)", name="rule"
        ),
        Index(None, "ledger_id", "import_id"),
        Index(
            "transaction_rule_idx",
            "ledger_id",
            "rule_id",
            postgresql_where=text("rule_id IS NOT NULL"),
        ),
        Index("transaction_keyset_idx", "ledger_id", "on_date", "id"),
        Index("transaction_search_idx", text(SEARCH), postgresql_using="gin"),
        Index(
            "transaction_import_key_idx",
            "ledger_id",
            "import_key",
            unique=True,
            postgresql_where=text("import_key IS NOT NULL"),
        ),
    )

    ledger_id: int = big()
    on_date: date
    payee: str = ""
    description: str = ""
    note: str = ""
    search_text: str = ""
    # you, import, learned, or the rule that stands beside it.
    category_source: str = "you"
    rule_id: int | None = big(default=None)
    import_id: int | None = big(default=None)
    import_key: UUID | None = None
    created_at: datetime = instant()
    voided_at: datetime | None = instant(default=None)


class Posting(MainRow, Identified, table=True):
    """One signed amount on one account; positive is into it."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint(
            f"amount_minor BETWEEN -{MAX_MINOR} AND {MAX_MINOR}", name="amount_minor"
        ),
        reference(["ledger_id", "account_id"], "account", ["ledger_id", "id"]),
        reference(
            ["ledger_id", "transaction_id", "on_date"],
            "transaction",
            ["ledger_id", "id", "on_date"],
            follow=True,
        ),
        # The account stands in the key: what is reconciled never leaves it.
        reference(
            ["ledger_id", "account_id", "reconciliation_id"],
            "reconciliation",
            ["ledger_id", "account_id", "id"],
        ),
        CheckConstraint(
            "reconciliation_id IS NULL OR cleared_at IS NOT NULL", name="reconciled"
        ),
        Index(
            "posting_reconciliation_idx",
            "ledger_id",
            "account_id",
            "reconciliation_id",
            postgresql_where=text("reconciliation_id IS NOT NULL"),
        ),
        Index(None, "ledger_id", "transaction_id", "on_date"),
        Index(
            "posting_account_keyset_idx",
            "ledger_id",
            "account_id",
            "on_date",
            "transaction_id",
            postgresql_include=["currency", "amount_minor", "voided_at"],
        ),
    )

    ledger_id: int = big()
    transaction_id: int = big()
    on_date: date
    account_id: int = big()
    currency: str
    amount_minor: int = big()
    # What the shop charged, in its own currency; kept beside, never summed.
    original_currency: str | None = None
    original_minor: int | None = big(default=None)
    memo: str = ""
    position: int = small(default=0)
    voided_at: datetime | None = instant(default=None)
    # Seen on the bank's side; only postings on assets and liabilities have it.
    cleared_at: datetime | None = instant(default=None)
    reconciliation_id: int | None = big(default=None)


class BalanceMonth(MainRow, table=True):
    """Sum of the postings that are not void, by account, currency and month.

    Written by triggers alone; ``month`` is the first day of the month.
    """

    __tablename__ = "balance_month"

    ledger_id: int = big(primary_key=True)
    account_id: int = big(primary_key=True)
    currency: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    amount_minor: Decimal = Field(sa_type=Numeric)
    posting_count: int = big()


# For queries that want values of columns and no rows: lists and sums.
ACCOUNTS = table_of(Account)
TRANSACTIONS = table_of(Transaction)
POSTINGS = table_of(Posting)
