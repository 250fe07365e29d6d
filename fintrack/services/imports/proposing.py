"""Proposes how a file is read, as it was read before where its like is known."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Row, select, text
from sqlmodel import col

from fintrack.core.errors import Problem
from fintrack.core.statements.encoding import Opener
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.parts import Part, likely_part
from fintrack.core.statements.place_names import Chart, PlaceName, account_name
from fintrack.core.statements.qif import UNNAMED
from fintrack.core.statements.sniffing import Sniffed
from fintrack.core.statements.storable import NAMELESS
from fintrack.core.text import message_id
from fintrack.models.imports import ImportMapping
from fintrack.models.ledger import Account
from fintrack.services import blobs
from fintrack.services.commands import Work
from fintrack.services.imports import readers
from fintrack.services.imports.parsing import SniffJob
from fintrack.services.imports.payees import load_chart
from fintrack.services.ledger import rows

# What a part is called that names no account: files of many banks call theirs so.
_NO_NAMES = frozenset(["", NAMELESS, *UNNAMED])
ABOUT_PART = "part"
ELSEWHERE = message_id("“{value}” of this file was imported into {account} before.")
NO_CATEGORY = message_id(
    "These categories are not among yours, so they are not taken: {names}."
)
NO_ACCOUNT = message_id(
    "No open account of yours in {currency} is called so, so that no transfer is made: "
    "{names}."
)
MOST_NAMED = 10

_BEFORE = text(
    "SELECT m.mapping ->> 'part' AS part, m.account_id, a.name "
    "FROM import_mapping m "
    "JOIN account a ON a.ledger_id = m.ledger_id AND a.id = m.account_id "
    "WHERE m.ledger_id = :ledger_id AND m.mapping ->> 'part' = ANY(:names) "
    "ORDER BY m.version DESC, m.id DESC"
)

_WENT_TO = text(
    "SELECT m.account_id FROM import_mapping m "
    "JOIN account a ON a.ledger_id = m.ledger_id AND a.id = m.account_id "
    "AND a.closed_on IS NULL WHERE m.ledger_id = :ledger_id "
    "AND m.mapping ->> 'part' = :name AND m.mapping ->> 'format' <> 'xlsx' "
    "ORDER BY m.version DESC, m.id DESC"
)


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


async def propose(
    work: Work, account: Account, blob: str, *, part: str = "", present: str = ""
) -> Proposal:
    """Looks at a stored file for ``account``; ``part`` is what is wanted of it.

    Where nothing is wanted that part is read which was read for this account last, or
    is called like it; else the ``present`` one, or the one with most rows.

    Raises:
        UnsupportedType: a kind of file that is not read.
        InvalidInput: it is empty or damaged, or does not hold the part.
        TooLarge: it is beyond the limits.
    """
    mapping, notes, parts, places = await _sniff(blob, part or present)
    before = await _before(work, parts)
    if not part:
        own = [one.part for one in before if one.account_id == account.id]
        likely = likely_part(parts, own, account.name)
        if likely not in ("", mapping.part):
            mapping, notes, parts, places = await _sniff(blob, likely)
    remembered = await find_mapping(work, account.id, mapping.fingerprint)
    if remembered is not None:
        mapping = mapping.recall(Mapping.from_json(remembered.mapping))
        notes = tuple(note for note in notes if note.field == "encoding")
    if not mapping.currency:
        mapping = replace(mapping, currency=account.currency or "")
    notes += _elsewhere(mapping, account, before)
    if places:
        notes += (*_missing(places, await load_chart(work), account.currency or ""),)
    return Proposal(mapping, notes, parts, remembered is not None)


async def account_of_part(work: Work, part: Part, present: int) -> int:
    """The open account that a part of a file is meant for; ``present`` where none is.

    It is where the part went last, or what is called like it. A name that many files
    have, or a sheet's, says nothing.
    """
    if part.name in _NO_NAMES:
        return present
    own = {"ledger_id": work.ledger_id, "name": part.name}
    surplus = await rows.find_surplus(work)
    went_to = (await work.session.scalars(_WENT_TO, own)).all()
    known = [account_id for account_id in went_to if account_id not in surplus]
    if known:
        return present if present in known else known[0]
    chart = await load_chart(work)
    return chart.find(account_name(part.name), part.currency, 0) or present


async def _sniff(blob: str, part: str) -> Sniffed:
    return await readers.current().run(SniffJob(opener_of_blob(blob), part))


async def _before(work: Work, parts: Sequence[Part]) -> Sequence[Row[Any]]:
    """Which account each part was read for before, the newest first."""
    names = [part.name for part in parts]
    values = {"ledger_id": work.ledger_id, "names": names}
    return (await work.session.execute(_BEFORE, values)).all() if names else ()


def _elsewhere(
    mapping: Mapping, account: Account, before: Sequence[Row[Any]]
) -> tuple[Problem, ...]:
    """A warning where the account of the file went to another one of the books last."""
    last = next((one for one in before if one.part == mapping.part), None)
    is_named = not mapping.format.has_columns and mapping.part not in _NO_NAMES
    if not is_named or last is None or last.account_id == account.id:
        return ()
    values = (("value", mapping.part), ("account", last.name))
    return (Problem(ELSEWHERE, ABOUT_PART, values),)


def _missing(
    places: Sequence[PlaceName], chart: Chart, currency: str
) -> Iterator[Problem]:
    """What the file names and the books have not: it stays without a category."""
    missing = [place for place in places if chart.find(place, currency, 0) is None]
    for message, is_account in ((NO_CATEGORY, False), (NO_ACCOUNT, True)):
        names = [str(place) for place in missing if place.is_account == is_account]
        if names:
            more = ", …" if len(names) > MOST_NAMED else ""
            said = ", ".join(names[:MOST_NAMED]) + more
            values = (("currency", currency), ("names", said))
            yield Problem(message, ABOUT_PART, values)


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
