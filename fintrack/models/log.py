"""LogDB: the audit chain. Rows are only ever appended."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from fintrack.models.base import Identified, LogRow, big, instant, reference


class AuditEntry(LogRow, table=True):
    """One shipped change set or security event, chained to the one before.

    ``hash`` is what ``core/audit_chain.py`` makes of the other columns.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

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
