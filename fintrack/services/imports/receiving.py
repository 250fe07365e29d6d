"""Takes a file while it arrives and keeps it beside its preview."""

from collections.abc import AsyncIterable

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.actor import SYSTEM, Actor, Role
from fintrack.core.settings import Settings
from fintrack.models.imports import ImportPreview
from fintrack.services import blobs
from fintrack.services.commands import Done, Work, ask, question
from fintrack.services.imports.previews import (
    NewImport,
    PreviewHead,
    preview_import,
)
from fintrack.services.imports.readers import NoTurn
from fintrack.services.imports.turns import perform_in_turn
from fintrack.services.ledger import accounts

KIND = "import"


class _Limit:
    """How large a file may be in this process; the wiring sets it."""

    most: int = Settings.model_fields["import_max_bytes"].default


def set_most_bytes(most: int) -> None:
    """Sets how large a file may be."""
    _Limit.most = most


def most_bytes() -> int:
    """How large a file may be."""
    return _Limit.most


async def receive_file(
    actor: Actor,
    account_id: int,
    filename: str,
    chunks: AsyncIterable[bytes],
    *,
    key: str | None = None,
) -> Done[PreviewHead]:
    """Keeps a file while it arrives and proposes how it is to be read.

    The same file with the same ``key`` gives the first preview again.

    Raises:
        NotFound: the account is not one of this ledger.
        TooLarge: the file has more than ``most_bytes()``.
        UnsupportedType: it is not a text file.
        KeyReused: the key came with another file, name or account.
        NoTurn: others have files read for longer than one waits.
    """
    await ask(actor, accounts.find_account, account_id)
    store = blobs.current()
    blob = await store.put(chunks, most=most_bytes(), kind=KIND)
    new = NewImport(account_id, filename, blob.sha256, blob.name)
    async with blobs.erased_if_refused(blob.name):
        try:
            done = await perform_in_turn(actor, preview_import, new, key=key)
        except NoTurn:
            # Unlike after a lost connection no row can name it.
            await store.delete(blob.name)
            raise
    if key is not None and not await ask(SYSTEM, named_blobs, (blob.name,)):
        # The key came again: the first file is kept, this one is not.
        await store.delete(blob.name)
    return done


@question("import.named_blobs", roles=frozenset({Role.SYSTEM}))
async def named_blobs(work: Work, names: tuple[str, ...]) -> frozenset[str]:
    """Those of ``names`` that belong to a preview."""
    found = await work.session.scalars(
        select(col(ImportPreview.blob)).where(col(ImportPreview.blob).in_(names))
    )
    return frozenset(found)
