"""Proves the chain: names the first row that is edited, missing, moved or cut off."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Role
from fintrack.core.audit_chain import Tip
from fintrack.core.errors import Problem
from fintrack.core.text import message_id
from fintrack.services import bulk, database
from fintrack.services.commands import Work, question
from fintrack.services.trail import marks
from fintrack.services.trail.heads import SignedHead
from fintrack.services.trail.starting_over import Loss, find_losses

PART_ROWS = 2_000
# Longer payloads are read in pieces: 2,000 of them at once would fill the memory.
SHORT_BYTES = 32 * 1024
PIECE_BYTES = 1024 * 1024
MISSING = message_id("Row {row} is missing.")
CHANGED = message_id("Row {row} was changed.")
REWRITTEN = message_id("Row {row} was rewritten: the next one remembers another.")
MOVED = message_id("Row {row} stands in the place of another.")
CUT = message_id(
    "The end is cut off: row {row} is missing, and the chain reached row {last}."
)

# What ``core/audit_chain.link`` hashes; a long payload is left out of it.
_ROWS = f"""
    SELECT position, hash, octet_length(payload) > {SHORT_BYTES},
           int8send(position) || int8send(source_id) || timestamptz_send(at)
           || previous_hash || convert_to(source, 'UTF8') || '\\x00'
           || CASE WHEN octet_length(payload) > {SHORT_BYTES} THEN '' ELSE payload END
    FROM audit_entry ORDER BY position
"""  # noqa: S608 - a constant only
_PREVIOUS = slice(24, 56)
_PIECE = text(
    "SELECT substring(payload FROM :begin FOR :length) FROM audit_entry "
    "WHERE position = :position"
)


@dataclass(frozen=True, slots=True)
class Breach:
    """What is wrong with the chain; ``position`` is the first bad row."""

    position: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, and the first breach; without one the chain is proved.

    ``losses`` are of chains before this one.
    """

    rows: int
    heads: int
    breach: Breach | None = None
    losses: tuple[Loss, ...] = ()


@dataclass(slots=True)
class _Walk:
    """How far one has come along the chain, and what it is to be on the way."""

    expected: dict[int, list[marks.Mark]]
    tell: Callable[[int], None]
    tip: Tip = field(default_factory=Tip)


@question("trail.verify", roles=frozenset({Role.ADMIN, Role.SYSTEM}))
async def verify_trail(
    work: Work,
    tell: Callable[[int], None] = lambda _: None,
    kept: Sequence[SignedHead] = (),
) -> Verdict:
    """Walks the whole chain against its hashes, its signed heads and MainDB's marks.

    ``tell`` hears now and then which row it has come to. ``kept`` are heads that were
    kept elsewhere, as in a backup, which the chain must hold as well.
    """
    async with database.current().log_reading() as log:
        heads = await marks.signed_heads(work.session, log, kept)
        known = await marks.shipped_mark(work.session)
        expected: dict[int, list[marks.Mark]] = {}
        for mark in (*heads, *known):
            expected.setdefault(mark.tip.position, []).append(mark)
        walk = _Walk(expected, tell)
        breach = await _walk_along(log, walk) or _cut_off(walk)
        if breach is None and (odd := await marks.find_odd_one(work.session, log)):
            breach = Breach(0, odd)
    losses = await find_losses(work.session)
    return Verdict(walk.tip.position, len(heads), breach, losses)


async def _walk_along(log: AsyncSession, walk: _Walk) -> Breach | None:
    checking: asyncio.Task[Breach | None] | None = None
    async for part in bulk.stream(log, _ROWS, {}, PART_ROWS):
        longer = {
            row[0]: await _hash_long(log, row[0], row[3]) for row in part if row[2]
        }
        # One part is hashed in a thread while the next one is on its way.
        if checking is not None and (breach := await checking):
            return breach
        walk.tell(walk.tip.position)
        hashing = asyncio.to_thread(_check_part, part, longer, walk)
        checking = asyncio.create_task(hashing)
    return await checking if checking is not None else None


def _check_part(
    part: list[tuple[Any, ...]], longer: dict[int, bytes], walk: _Walk
) -> Breach | None:
    # Plain names, because this runs a million times.
    last, previous, expected = walk.tip.position, walk.tip.hash, walk.expected
    for position, kept, is_long, row in part:
        if position != last + 1:
            return _breach(last + 1, MISSING)
        made = longer[position] if is_long else sha256(row).digest()
        follows = row[_PREVIOUS] == previous
        if made != kept or not follows:
            return _explain(last, is_whole=made == kept, follows=follows)
        last, previous = position, kept
        if position in expected and (broken := _broken(expected[position], kept)):
            return Breach(position, broken.problem)
    walk.tip = Tip(last, previous)
    return None


def _broken(expected: list[marks.Mark], kept: bytes) -> marks.Mark | None:
    odd = (mark for mark in expected if not mark.is_genuine or mark.tip.hash != kept)
    return next(odd, None)


def _explain(last: int, *, is_whole: bool, follows: bool) -> Breach:
    row = last + 1
    if follows:
        return _breach(row, CHANGED)
    if is_whole and last:
        return _breach(last, REWRITTEN)
    return _breach(row, MOVED)


def _cut_off(walk: _Walk) -> Breach | None:
    end = walk.tip.position
    beyond = [position for position in walk.expected if position > end]
    if not beyond:
        return None
    return _breach(end + 1, CUT, last=max(beyond))


def _breach(position: int, sentence: str, **values: int) -> Breach:
    said = {"row": position, **values}
    filled = tuple((name, str(value)) for name, value in said.items())
    return Breach(position, Problem(sentence, values=filled))


async def _hash_long(log: AsyncSession, position: int, begin: bytes) -> bytes:
    digest = sha256(begin)
    values = {"position": position, "length": PIECE_BYTES, "begin": 1}
    while piece := await log.scalar(_PIECE, values):
        digest.update(piece)
        values["begin"] += PIECE_BYTES
    return digest.digest()
