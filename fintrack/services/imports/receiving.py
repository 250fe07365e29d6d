"""Takes a file while it arrives and keeps it beside its preview."""

from collections.abc import AsyncIterable

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.actor import SYSTEM, Actor, LedgerRole, Role
from fintrack.core.settings import Settings
from fintrack.models.imports import ImportPreview
from fintrack.services import blobs
from fintrack.services.change_sets import is_known
from fintrack.services.commands import Done, Work, ask, name_of, question
from fintrack.services.imports.previews import (
    NewImport,
    PreviewHead,
    check_waiting,
    importable_account,
    preview_import,
)
from fintrack.services.imports.turns import perform_in_turn

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
        NotFound, Conflict, PlanLimit: as ``find_room``.
        TooLarge: the file has more than ``most_bytes()``.
        UnsupportedType: it is not a text file.
        KeyReused: the key came with another file, name or account.
        NoTurn: others have files read for longer than one waits.
    """
    await ask(actor, find_room, account_id, key)
    store = blobs.current()
    blob = await store.put(chunks, most=most_bytes(), kind=KIND)
    new = NewImport(account_id, filename, blob.sha256, blob.name)
    async with blobs.erased_if_refused(blob.name):
        done = await perform_in_turn(actor, preview_import, new, key=key)
    if key is not None and not await ask(SYSTEM, named_blobs, (blob.name,)):
        # The key came again: the first file is kept, this one is not.
        await store.delete(blob.name)
    return done


@question("import.find_room", ledger=LedgerRole.EDITOR)
async def find_room(work: Work, account_id: int, key: str | None) -> None:
    """Lets pass who may bring a file for an account, before a byte of it is read.

    A ``key`` that brought one is about to get its first result again.

    Raises:
        NotFound: the account is not one of this ledger.
        Conflict: it is closed, or too many files wait for a yes.
        PlanLimit: it is beyond the plan.
        InvalidInput: no key can be like this one.
    """
    command = name_of(preview_import)
    if key is None or not await is_known(work.session, work.actor, command, key):
        await importable_account(work, account_id)
        await check_waiting(work)


@question("import.named_blobs", roles=frozenset({Role.SYSTEM}))
async def named_blobs(work: Work, names: tuple[str, ...]) -> frozenset[str]:
    """Those of ``names`` that belong to a preview."""
    found = await work.session.scalars(
        select(col(ImportPreview.blob)).where(col(ImportPreview.blob).in_(names))
    )
    return frozenset(found)
