"""Proposes how a file is read, as it was read before where its like is known."""

from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.errors import Problem
from fintrack.core.statements.encoding import Opener
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.parts import Part
from fintrack.models.imports import ImportMapping
from fintrack.models.ledger import Account
from fintrack.services import blobs
from fintrack.services.commands import Work
from fintrack.services.imports import readers
from fintrack.services.imports.parsing import SniffJob


class Proposal(NamedTuple):
    """How a file would be read into an account."""

    mapping: Mapping
    notes: tuple[Problem, ...]
    parts: tuple[Part, ...]
    is_remembered: bool

    def to_json(self) -> dict[str, Any]:
        """As a preview keeps it."""
        return {
            "mapping": self.mapping.to_json(),
            "notes": [
                [note.message, note.field, [*map(list, note.values)]]
                for note in self.notes
            ],
            "parts": [list(part) for part in self.parts],
            "remembered": self.is_remembered,
        }


async def propose(work: Work, account: Account, blob: str, part: str = "") -> Proposal:
    """Looks at a stored file for ``account``; ``part`` is what is wanted of it.

    Raises:
        UnsupportedType: a kind of file that is not read.
        InvalidInput: it is empty or damaged, or does not hold the part.
        TooLarge: it is beyond the limits.
    """
    job = SniffJob(opener_of_blob(blob), part)
    mapping, notes, parts = await readers.current().run(job)
    remembered = await find_mapping(work, account.id, mapping.fingerprint)
    if remembered is not None:
        mapping = mapping.recall(Mapping.from_json(remembered.mapping))
        notes = tuple(note for note in notes if note.field == "encoding")
    if not mapping.currency:
        mapping = replace(mapping, currency=account.currency or "")
    return Proposal(mapping, notes, parts, remembered is not None)


async def find_mapping(
    work: Work, account_id: int, fingerprint: str
) -> ImportMapping | None:
    """What is remembered for files with these columns on this account."""
    found: ImportMapping | None = await work.session.scalar(
        select(ImportMapping).where(
            col(ImportMapping.ledger_id) == work.ledger_id,
            col(ImportMapping.account_id) == account_id,
            col(ImportMapping.fingerprint) == fingerprint,
        )
    )
    return found


def opener_of_blob(name: str) -> Opener:
    """Opens a stored file from its start, each time anew."""
    return partial(blobs.current().open, name)
