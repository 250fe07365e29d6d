"""Takes an attachment while it arrives: sealed at once, looked over, then kept."""

from collections.abc import AsyncIterable, AsyncIterator
from functools import partial

from fintrack.core.actor import SYSTEM, Actor, LedgerRole
from fintrack.core.attachment import (
    FIELD,
    HEAD_BYTES,
    Kind,
    find_kind,
    name_for,
    small_copy,
)
from fintrack.core.errors import InvalidInput, TooLarge
from fintrack.core.settings import Settings
from fintrack.models.ledger import Transaction
from fintrack.services import blobs
from fintrack.services.attachments.keeping import NewAttachment, add_attachment
from fintrack.services.attachments.rows import AttachmentView
from fintrack.services.attachments.sweeping import kept_blobs
from fintrack.services.blobs import StoredBlob
from fintrack.services.commands import Done, Work, ask, perform, question
from fintrack.services.drawing import draw
from fintrack.services.ledger import rows

KIND = "attachment"
THUMBNAIL_KIND = "thumbnail"
_MEGABYTE = 1024 * 1024


class _Limit:
    """How large a file may be in this process; the wiring sets it."""

    most: int = Settings.model_fields["attachment_max_bytes"].default


def set_most_bytes(most: int) -> None:
    """Sets how large a file may be."""
    _Limit.most = most


def most_bytes() -> int:
    """How large a file may be."""
    return _Limit.most


def too_large() -> TooLarge:
    """The refusal of a larger one."""
    return TooLarge(
        "An attachment may have {count} MB at most.",
        field=FIELD,
        count=most_bytes() // _MEGABYTE,
    )


async def receive_attachment(
    actor: Actor,
    transaction_id: int,
    filename: str,
    chunks: AsyncIterable[bytes],
    *,
    key: str | None = None,
) -> Done[AttachmentView]:
    """Keeps a file beside a transaction, exactly as it came.

    The same file with the same ``key`` gives the first attachment again.

    Raises:
        NotFound: the transaction is not one of this ledger.
        TooLarge: the file has more than ``most_bytes()``.
        UnsupportedType: it is neither a photo nor a PDF.
        InvalidInput: it is empty, breaks off, or has too many pixels.
        Conflict, PlanLimit: as ``add_attachment``.
        KeyReused: the key came with another file, name or transaction.
    """
    await ask(actor, find_target, transaction_id)
    arriving = _Arriving(chunks)
    store = blobs.current()
    blob = await store.put(arriving.pieces(), most=most_bytes(), kind=KIND)
    try:
        thumbnail = await _keep_thumbnail(blob, arriving.kind)
    except BaseException:
        await store.delete(blob.name)
        raise
    new = NewAttachment(
        transaction_id,
        name_for(filename, arriving.kind),
        arriving.kind.media_type,
        blob.size,
        blob.sha256,
        blob.name,
        thumbnail,
    )
    return await _keep(actor, new, key)


@question("attachment.find_target", ledger=LedgerRole.EDITOR)
async def find_target(work: Work, transaction_id: int) -> int:
    """The id of a transaction that who asks may attach to, before a byte is read.

    Raises:
        NotFound: it is not in this ledger.
    """
    return (await rows.find(work, Transaction, transaction_id)).id


async def _keep(
    actor: Actor, new: NewAttachment, key: str | None
) -> Done[AttachmentView]:
    """Adds the row of files that are there, or erases them."""
    names = new.blob, new.thumbnail
    async with blobs.erased_if_refused(*names):
        done = await perform(actor, add_attachment, new, key=key)
    if key is not None and not await ask(SYSTEM, kept_blobs, (new.blob,)):
        # The key came again: the first file is kept, this one is not.
        await blobs.erase(*names)
    return done


class _Arriving:
    """A file on its way, refused as soon as it is of no kind that is taken or too long.

    ``kind`` is known once all pieces went through.
    """

    kind: Kind

    def __init__(self, chunks: AsyncIterable[bytes]) -> None:
        self._chunks = chunks
        self._size = 0

    async def pieces(self) -> AsyncIterator[bytes]:
        """The file piece by piece; the first one is long enough to tell its kind."""
        head = b""
        async for chunk in self._chunks:
            self._count(chunk)
            if len(head) >= HEAD_BYTES:
                yield chunk
            else:
                head += chunk
                if len(head) >= HEAD_BYTES:
                    self.kind = find_kind(head)
                    yield head
        if not head:
            raise InvalidInput("This file is empty.", field=FIELD)
        if len(head) < HEAD_BYTES:
            # Too short to be anything: said as of every other unknown file.
            self.kind = find_kind(head)
            yield head

    def _count(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > most_bytes():
            raise too_large()


async def _keep_thumbnail(blob: StoredBlob, kind: Kind) -> str:
    """The name of the thumbnail's blob, or an empty text where none is drawn."""
    small = await draw(small_copy, partial(_content, blob.name), kind)
    if not small:
        return ""
    kept = await blobs.current().put(
        blobs.whole(small), most=len(small), kind=THUMBNAIL_KIND
    )
    return kept.name


def _content(name: str) -> bytes:
    with blobs.current().open(name) as stream:
        return stream.read()
