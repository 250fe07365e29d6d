"""Adds an attachment to a transaction and removes it; both can be undone."""

from dataclasses import dataclass
from typing import Annotated

import pydantic.dataclasses
from pydantic import Field

from fintrack.core.actor import LedgerRole
from fintrack.core.attachment import FIELD, MAX_COUNT
from fintrack.core.errors import Conflict
from fintrack.models.attachments import Attachment
from fintrack.models.ledger import Transaction
from fintrack.services.attachments.rows import (
    AttachmentView,
    attachments_of,
    own_attachment,
    view_of,
)
from fintrack.services.commands import Work, command
from fintrack.services.ledger import rows
from fintrack.services.ledger.beside import too_many


@pydantic.dataclasses.dataclass(frozen=True)
class NewAttachment:
    """A file in the blob store that is meant for a transaction.

    Under one key it is the same input wherever the store has put it: the names of the
    blobs are left out when it is compared.
    """

    transaction_id: int
    filename: str
    media_type: str
    size: int
    sha256: str
    blob: Annotated[str, Field(exclude=True)]
    thumbnail: Annotated[str, Field(exclude=True)]


@dataclass(frozen=True, slots=True)
class AttachmentMark:
    """An attachment of a transaction."""

    transaction_id: int
    attachment_id: int


@command(
    "attachment.add", ledger=LedgerRole.EDITOR, uses=("attachments", "kept_attachments")
)
async def add_attachment(work: Work, new: NewAttachment) -> AttachmentView:
    """Puts a file beside a transaction.

    Raises:
        NotFound: the transaction is not in this ledger.
        Conflict: it is void, has as many as it can have, or has this very file.
        PlanLimit: the plan has no room for it, or for it and what was removed lately.
    """
    transaction = await rows.find(work, Transaction, new.transaction_id)
    if transaction.voided_at is not None:
        raise Conflict("This transaction is void.")
    present = await attachments_of(work, transaction.id)
    if any(one.sha256 == new.sha256 for one in present):
        raise Conflict("This file is already attached.", field=FIELD)
    if len(present) >= MAX_COUNT:
        raise too_many()
    row = Attachment(
        ledger_id=work.ledger_id,
        transaction_id=transaction.id,
        filename=new.filename,
        media_type=new.media_type,
        size=new.size,
        sha256=new.sha256,
        blob=new.blob,
        thumbnail=new.thumbnail,
        added_at=work.now,
        added_by=work.person_id,
    )
    work.session.add(row)
    await work.session.flush()
    return view_of(row)


@command("attachment.remove", ledger=LedgerRole.EDITOR)
async def remove_attachment(work: Work, mark: AttachmentMark) -> AttachmentView:
    """Takes a file away from its transaction, a void one too.

    Its bytes stay as long as an undo may bring it back.

    Raises:
        NotFound: there is none.
    """
    row = await own_attachment(work, mark.transaction_id, mark.attachment_id)
    gone = view_of(row)
    await work.session.delete(row)
    await work.session.flush()
    return gone
