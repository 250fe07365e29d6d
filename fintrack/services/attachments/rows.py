"""Attachments as people see them, found by the transaction they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.errors import NotFound
from fintrack.models.attachments import Attachment
from fintrack.services.commands import Work


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file of a transaction; ``size`` is in bytes, ``sha256`` of the original."""

    id: int
    transaction_id: int
    filename: str
    media_type: str
    size: int
    sha256: str
    has_thumbnail: bool
    added_at: datetime
    added_by: int


async def own_attachment(
    work: Work, transaction_id: int, attachment_id: int
) -> Attachment:
    """The attachment with this id of a transaction of the ledger at work.

    Raises:
        NotFound: there is none, or it belongs to another transaction or ledger.
    """
    found: Attachment | None = await work.session.scalar(
        select(Attachment).where(
            col(Attachment.ledger_id) == work.ledger_id,
            col(Attachment.transaction_id) == transaction_id,
            col(Attachment.id) == attachment_id,
        )
    )
    if found is None:
        raise NotFound
    return found


async def attachments_of(work: Work, transaction_id: int) -> Sequence[Attachment]:
    """The attachments of a transaction in the order they were added."""
    found = await work.session.scalars(
        select(Attachment)
        .where(
            col(Attachment.ledger_id) == work.ledger_id,
            col(Attachment.transaction_id) == transaction_id,
        )
        .order_by(col(Attachment.id))
    )
    return found.all()


def view_of(row: Attachment) -> AttachmentView:
    """A row without the names of its blobs."""
    return AttachmentView(
        id=row.id,
        transaction_id=row.transaction_id,
        filename=row.filename,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        has_thumbnail=row.thumbnail != "",
        added_at=row.added_at,
        added_by=row.added_by,
    )
