"""A file that waits for a yes: received, corrected, dropped after a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import pydantic.dataclasses
from pydantic import Field
from sqlalchemy import select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.errors import Conflict, InvalidInput, NotFound, Problem
from fintrack.core.filename import clean_filename
from fintrack.core.statements.mapping import NOT_ALLOWED, Mapping
from fintrack.core.statements.parts import Part
from fintrack.core.text import message_id
from fintrack.models.imports import ImportPreview
from fintrack.models.ledger import Account
from fintrack.services.commands import Work, command
from fintrack.services.imports.lookup import find_newest
from fintrack.services.imports.parsing import Source
from fintrack.services.imports.proposing import (
    ABOUT_PART,
    account_of_part,
    opener_of_blob,
    propose,
)
from fintrack.services.ledger import rows

MAX_DECISIONS = 20_000
VALID = timedelta(hours=24)
MAX_WAITING = 50

# What was imported waits no more, and says as what.
_WAITING = text(
    "SELECT count(*) FROM import_preview WHERE person_id = :person_id "
    "AND expires_at > :now AND decisions -> 'import_id' IS NULL"
)
NOT_THE_BOOKS = message_id("It waits for a yes; the books are not touched.")
EXPIRED = message_id("This preview has expired. Please choose the file again.")


@pydantic.dataclasses.dataclass(frozen=True)
class NewImport:
    """A file in the blob store that is meant for an account.

    Under one key it is the same input wherever the store has put it: the name of the
    blob is left out when it is compared.
    """

    account_id: int
    filename: str
    sha256: str
    blob: Annotated[str, Field(exclude=True)]


@dataclass(frozen=True, slots=True)
class RowDecision:
    """Whether the record with this number of the file is taken."""

    number: int
    take: bool


@dataclass(frozen=True, slots=True)
class PreviewChange:
    """Another reading of the file, decisions for some of its rows, or both.

    ``part`` is another account or sheet of the file, ``account_id`` another account of
    the ledger to put it into, without which a part goes where it went before or to what
    is called like it; a file of many accounts is taken one after another.
    """

    preview_id: int
    mapping: Mapping | None = None
    decisions: tuple[RowDecision, ...] = ()
    part: str | None = None
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class PreviewHead:
    """A file that waits; ``notes`` name what a person should look at first.

    ``remembered`` says that it is read as an earlier file of the same kind was, and
    ``parts`` are the accounts or sheets in it, of which ``mapping.part`` is read.
    """

    id: int
    account_id: int
    filename: str
    mapping: Mapping
    notes: tuple[Problem, ...]
    expires_at: datetime
    remembered: bool = False
    parts: tuple[Part, ...] = ()


@command("import.preview", ledger=LedgerRole.EDITOR, final=NOT_THE_BOOKS)
async def preview_import(work: Work, new: NewImport) -> PreviewHead:
    """Proposes how a file is to be read, with the mapping remembered for its columns.

    Raises:
        NotFound: the account is not one of this ledger.
        Conflict: the account is closed.
        UnsupportedType: the file is of a kind that is not read.
        InvalidInput: it is empty or damaged, or no columns can be told apart in it.
        TooLarge: it is beyond the limits.
    """
    account = await importable_account(work, new.account_id)
    await check_waiting(work)
    proposal = await propose(work, account, new.blob)
    preview = ImportPreview(
        ledger_id=work.ledger_id,
        person_id=work.person_id,
        account_id=account.id,
        filename=clean_filename(new.filename, "statement"),
        blob=new.blob,
        mapping=proposal.to_json(),
        decisions=await _undecided(work),
        created_at=work.now,
        expires_at=work.now + VALID,
    )
    work.session.add(preview)
    await work.session.flush()
    return head_of(preview)


@command("import.change_preview", ledger=LedgerRole.EDITOR, final=NOT_THE_BOOKS)
async def change_preview(work: Work, change: PreviewChange) -> PreviewHead:
    """Corrects how the file is read and where it goes, and keeps or skips single rows.

    Decisions fall away when the file is cut into rows in another way, or another part
    of it is read, or it goes to another account.

    Raises:
        NotFound: not a preview of this person, or not an account of this ledger.
        Conflict: it has expired, or the account is closed.
        InvalidInput: a mapping, a part or a number of decisions that cannot be.
    """
    preview = await own_preview(work, change.preview_id)
    if change.part is not None or change.account_id is not None:
        await _turn_to(work, preview, change)
    decided = dict(preview.decisions["rows"])
    if change.mapping is not None:
        mapping = _corrected(mapping_of(preview), change.mapping)
        if _cut(mapping) != _cut(mapping_of(preview)):
            decided = {}
        preview.mapping = {
            "mapping": mapping.to_json(),
            "notes": [n for n in preview.mapping["notes"] if n[1] == ABOUT_PART],
            "parts": preview.mapping.get("parts", []),
        }
    decided |= {str(chosen.number): chosen.take for chosen in change.decisions}
    if len(decided) > MAX_DECISIONS:
        raise InvalidInput(
            "At most {most} rows can be decided one by one.",
            field="decisions",
            most=MAX_DECISIONS,
        )
    preview.decisions = {**preview.decisions, "rows": decided}
    await work.session.flush()
    return head_of(preview)


async def _undecided(work: Work) -> dict[str, Any]:
    """No decisions yet, and up to where whoever makes some knows the books."""
    return {"rows": {}, "since": await find_newest(work)}


async def _turn_to(work: Work, preview: ImportPreview, change: PreviewChange) -> None:
    """Reads another part of the file, or for another account what is meant for it."""
    account_id = change.account_id or await _account_of(work, preview, change.part)
    account = await importable_account(work, account_id)
    present = mapping_of(preview).part
    proposal = await propose(
        work, account, preview.blob, part=change.part or "", present=present
    )
    preview.account_id = account.id
    preview.mapping = proposal.to_json()
    # What was imported of another part stands; this one was not.
    preview.decisions = await _undecided(work)


async def _account_of(work: Work, preview: ImportPreview, name: str | None) -> int:
    """Where another part goes unless it was said: a part has its own account."""
    if name == mapping_of(preview).part:
        return preview.account_id
    parts = (Part(*part) for part in preview.mapping.get("parts", ()))
    part = next((part for part in parts if part.name == name), None)
    present = preview.account_id
    return await account_of_part(work, part, present) if part else present


def _corrected(before: Mapping, given: Mapping) -> Mapping:
    """The checked mapping, which cannot make another kind of file of this one."""
    mapping = Mapping.from_json(given.to_json())
    for field in ("format", "part"):
        if getattr(mapping, field) != getattr(before, field):
            value = getattr(mapping, field)[:80]
            raise InvalidInput(NOT_ALLOWED, field=f"mapping.{field}", value=value)
    return mapping


async def check_waiting(work: Work) -> None:
    """Refuses one more file where many wait: each lies on the disk for a day.

    Raises:
        Conflict: as many wait as may.
    """
    values = {"person_id": work.person_id, "now": work.now}
    waiting = await work.session.scalar(_WAITING, values)
    if (waiting or 0) >= MAX_WAITING:
        raise Conflict("Too many files wait for a yes. Please come back tomorrow.")


async def own_preview(work: Work, preview_id: int) -> ImportPreview:
    """The preview with this id, if this person made it in this ledger.

    Raises:
        NotFound: there is none, or it is somebody else's.
        Conflict: it has expired.
    """
    preview = await work.session.scalar(
        select(ImportPreview).where(
            col(ImportPreview.ledger_id) == work.ledger_id,
            col(ImportPreview.person_id) == work.person_id,
            col(ImportPreview.id) == preview_id,
        )
    )
    if preview is None:
        raise NotFound
    if preview.expires_at <= work.now:
        raise Conflict(EXPIRED)
    return preview


async def importable_account(work: Work, account_id: int) -> Account:
    """The account with this id, if rows can be imported into it.

    Raises:
        NotFound: it is not in this ledger, or is a category.
        Conflict: it is closed.
        PlanLimit: it is beyond the plan.
    """
    account = await rows.find(work, Account, account_id)
    if account.kind not in ACCOUNT_KINDS:
        raise NotFound
    await rows.check_writable(work, account)
    return account


def mapping_of(preview: ImportPreview) -> Mapping:
    """How the file of this preview is read at present."""
    return Mapping.from_json(preview.mapping["mapping"])


def source_of(preview: ImportPreview, read_as: Mapping | None = None) -> Source:
    """The file of this preview for reading, with another mapping where one is given."""
    opener = opener_of_blob(preview.blob)
    return Source(opener, read_as or mapping_of(preview), preview.account_id)


def decisions_of(preview: ImportPreview) -> dict[int, bool]:
    """For each row that a person decided on, whether it is taken."""
    return {int(number): take for number, take in preview.decisions["rows"].items()}


def since_of(preview: ImportPreview) -> int | None:
    """The newest transaction that the books held when the file was chosen.

    None for a file that waits since before that was kept.
    """
    since: int | None = preview.decisions.get("since")
    return since


def head_of(preview: ImportPreview) -> PreviewHead:
    """The preview as its reader sees it, without its rows."""
    notes = preview.mapping["notes"]
    return PreviewHead(
        id=preview.id,
        account_id=preview.account_id,
        filename=preview.filename,
        mapping=mapping_of(preview),
        notes=tuple(
            Problem(message, field, tuple((name, value) for name, value in values))
            for message, field, values in notes
        ),
        expires_at=preview.expires_at,
        remembered=preview.mapping.get("remembered", False),
        parts=tuple(Part(*part) for part in preview.mapping.get("parts", ())),
    )


def _cut(mapping: Mapping) -> tuple[str, str, str]:
    return mapping.encoding, mapping.separator, mapping.quote
