"""Templates: patterns of entries under a name, with their categories and tags.

What they name stands in rows of its own, so that the database refuses what belongs to
another ledger and a merge moves it along.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from fintrack.core.templates import TemplateKind
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

KINDS = ", ".join(f"'{kind}'" for kind in TemplateKind)
_AMOUNT = f"amount_minor BETWEEN 1 AND {MAX_MINOR}"


class Template(MainRow, Identified, Versioned, table=True):
    """The pattern of an entry.

    ``amount_minor`` is positive, in the account's ``currency``. ``import_id`` names the
    sample data or the whole books that brought it.
    """

    __tablename__ = "template"
    __table_args__ = (
        UniqueConstraint("ledger_id", "id"),
        UniqueConstraint("ledger_id", "name_folded"),
        CheckConstraint(f"kind IN ({KINDS})", name="kind"),
        CheckConstraint(_AMOUNT, name="amount_minor"),
        CheckConstraint(
            "(kind = 'transfer') = (to_account_id IS NOT NULL)", name="target"
        ),
        CheckConstraint("account_id <> to_account_id", name="to_account"),
        reference(["ledger_id"], "ledger", ["id"]),
        reference(["ledger_id", "account_id"], "account", ["ledger_id", "id"]),
        reference(["ledger_id", "to_account_id"], "account", ["ledger_id", "id"]),
        reference(["ledger_id", "import_id"], "import_batch", ["ledger_id", "id"]),
        Index(None, "ledger_id", "account_id"),
        Index(None, "ledger_id", "to_account_id"),
        Index(None, "ledger_id", "import_id"),
    )

    ledger_id: int = big()
    name: str
    name_folded: str
    kind: str
    payee: str = ""
    account_id: int = big()
    to_account_id: int | None = big(default=None)
    currency: str
    amount_minor: int | None = big(default=None)
    note: str = ""
    import_id: int | None = big(default=None)
    created_at: datetime = instant()


class TemplateShare(MainRow, Identified, table=True):
    """A category of a template; its amount may be left open."""

    __tablename__ = "template_share"
    __table_args__ = (
        CheckConstraint(_AMOUNT, name="amount_minor"),
        reference(["ledger_id", "template_id"], "template", ["ledger_id", "id"]),
        reference(["ledger_id", "category_id"], "account", ["ledger_id", "id"]),
        Index(None, "ledger_id", "template_id"),
        Index(None, "ledger_id", "category_id"),
    )

    ledger_id: int = big()
    template_id: int = big()
    position: int = small()
    category_id: int = big()
    amount_minor: int | None = big(default=None)
    memo: str = ""


class TemplateTag(MainRow, Identified, table=True):
    """A tag that the entry is to have."""

    __tablename__ = "template_tag"
    __table_args__ = (
        UniqueConstraint("ledger_id", "template_id", "tag_id"),
        reference(["ledger_id", "template_id"], "template", ["ledger_id", "id"]),
        reference(["ledger_id", "tag_id"], "tag", ["ledger_id", "id"]),
        Index(None, "ledger_id", "tag_id"),
    )

    ledger_id: int = big()
    template_id: int = big()
    tag_id: int = big()
