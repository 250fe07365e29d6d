"""LogDB: the audit chain. Rows are only ever appended."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from fintrack.models.base import Identified, LogRow, big, instant, reference

# What a head says, for its search. A row that somebody damaged must still be taken: no
# bytes make these fail, and what they cannot read is null. A head is a line of JSON
# whose first list is its last value.
_HEAD = "encode(substring(payload FROM 1 FOR 512), 'escape')"
WHAT = f"""substring({_HEAD}, '^[{{]"what":"([a-z_.-]*)"')"""
PERSON = f"""substring({_HEAD}, '^[^[]*"person":([0-9]+),')"""
ABOUT = f"""substring({_HEAD}, '^[^[]*"about":([0-9]+),')"""
# The change set of a staff deed: an event tells the same, and to whom it was done.
NO_STAFF_SET = (
    "NOT (source = 'change_set' "
    """AND substring(payload FROM 1 FOR 15) = '{"what":"staff.')"""
)


class AuditEntry(LogRow, table=True):
    """One shipped change set or security event, chained to the one before.

    ``hash`` is what ``core/audit_chain.py`` makes of the other columns.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        Index("audit_entry_what_idx", text(WHAT), "at", "position"),
        Index("audit_entry_person_idx", text(PERSON), text(WHAT), "at", "position"),
        Index(
            "audit_entry_about_idx",
            text(ABOUT),
            text(WHAT),
            "at",
            "position",
            postgresql_where=text(f"{ABOUT} IS NOT NULL"),
        ),
        Index(
            "audit_entry_at_idx", "at", "position", postgresql_where=text(NO_STAFF_SET)
        ),
    )

    position: int = big(primary_key=True)
    source: str
    source_id: int = big()
    at: datetime = instant()
    payload: bytes = Field(repr=False)
    previous_hash: bytes
    hash: bytes


class AuditHead(LogRow, Identified, table=True):
    """A signed statement of where the chain stood at an instant."""

    __tablename__ = "audit_head"
    __table_args__ = (reference(["position"], "audit_entry", ["position"]),)

    at: datetime = instant()
    position: int = big()
    hash: bytes
    signature: bytes
