"""Attachments listed and opened by the members of their ledger."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from fintrack.core.actor import Actor, LedgerRole
from fintrack.core.errors import NotFound, Unavailable
from fintrack.core.picture import MEDIA_TYPE
from fintrack.models.ledger import Transaction
from fintrack.services import blobs
from fintrack.services.attachments.rows import (
    AttachmentView,
    attachments_of,
    own_attachment,
    view_of,
)
from fintrack.services.commands import Work, ask, question
from fintrack.services.ledger import rows
from fintrack.services.sealed_files import DAMAGED

PIECE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Where the bytes of an attachment lie, and what they are."""

    filename: str
    media_type: str
    blob: str


@dataclass(frozen=True, slots=True)
class OpenFile:
    """An attachment that is being read."""

    filename: str
    media_type: str
    stream: BinaryIO

    def pieces(self) -> Iterator[bytes]:
        """The plain bytes; to be drawn in a thread. The last piece closes the file."""
        with self.stream:
            while piece := self.stream.read(PIECE_BYTES):
                yield piece


@question("attachment.list", ledger=LedgerRole.VIEWER)
async def list_attachments(work: Work, transaction_id: int) -> list[AttachmentView]:
    """The attachments of a transaction in the order they were added.

    Raises:
        NotFound: the transaction is not in this ledger.
    """
    transaction = await rows.find(work, Transaction, transaction_id)
    return [view_of(row) for row in await attachments_of(work, transaction.id)]


@question("attachment.find", ledger=LedgerRole.VIEWER)
async def find_attachment(
    work: Work, transaction_id: int, attachment_id: int
) -> StoredFile:
    """The original, byte by byte as it came.

    Raises:
        NotFound: there is none.
    """
    row = await own_attachment(work, transaction_id, attachment_id)
    return StoredFile(row.filename, row.media_type, row.blob)


@question("attachment.find_thumbnail", ledger=LedgerRole.VIEWER)
async def find_thumbnail(
    work: Work, transaction_id: int, attachment_id: int
) -> StoredFile:
    """The small picture, drawn anew without what the camera wrote beside it.

    Raises:
        NotFound: there is no attachment, or nothing of it to draw.
    """
    row = await own_attachment(work, transaction_id, attachment_id)
    if not row.thumbnail:
        raise NotFound
    return StoredFile(row.filename, MEDIA_TYPE, row.thumbnail)


async def open_attachment(
    actor: Actor, transaction_id: int, attachment_id: int
) -> OpenFile:
    """Opens the original.

    Raises:
        NotFound: as ``find_attachment``.
        Unavailable: its file is lost or damaged.
    """
    return await _open(await ask(actor, find_attachment, transaction_id, attachment_id))


async def open_thumbnail(
    actor: Actor, transaction_id: int, attachment_id: int
) -> OpenFile:
    """Opens the thumbnail; raises as ``open_attachment`` does."""
    return await _open(await ask(actor, find_thumbnail, transaction_id, attachment_id))


async def _open(file: StoredFile) -> OpenFile:
    try:
        stream = await asyncio.to_thread(blobs.current().open, file.blob)
    except NotFound:
        # The row is there: to its owner this is damage, not a wrong address.
        raise Unavailable(DAMAGED) from None
    return OpenFile(file.filename, file.media_type, stream)
