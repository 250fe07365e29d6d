"""What the chain must agree with: signed heads, and what MainDB knows it shipped."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.audit_chain import Tip
from fintrack.core.errors import Problem
from fintrack.core.text import message_id
from fintrack.services import bulk
from fintrack.services.trail import heads, relay
from fintrack.services.trail.former_keys import FormerKey, find_former_keys
from fintrack.services.trail.gathering import CHANGE_SET, SECURITY_EVENT
from fintrack.services.trail.heads import SignedHead

FETCHED = 10_000
UNSHIPPED = message_id(
    "Row {row} is not the one that was shipped: it or one before it was rewritten."
)
HIDDEN = message_id(
    "{source} {id} is marked as shipped, and the chain does not have it."
)
ADDED = message_id("The chain has {source} {id}, which was never shipped.")
UNSIGNED = message_id(
    "Row {row} is not the one that was signed on {at}: "
    "it or one before it was rewritten."
)
FOREIGN = message_id("The head at row {row} is not signed by this installation.")

_HEADS = text("SELECT at, position, hash, signature FROM audit_head ORDER BY position")
_SHIPPED = {
    source: f"SELECT id FROM {source} WHERE shipped_at IS NOT NULL ORDER BY id"  # noqa: S608 - constants only
    for source in (CHANGE_SET, SECURITY_EVENT)
}
_CHAINED = (
    "SELECT source_id FROM audit_entry WHERE source = %(source)s "
    "AND position <= %(position)s ORDER BY source_id"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody's word on where the chain stood, and what to say when it is broken.

    ``is_genuine`` is False where the signature is not this installation's.
    """

    tip: Tip
    problem: Problem
    is_genuine: bool = True


async def signed_heads(
    main: AsyncSession, log: AsyncSession, kept: Sequence[SignedHead] = ()
) -> list[Mark]:
    """All signed heads, each with the verdict on its signature.

    ``kept`` are heads that were kept elsewhere, where LogDB's owner does not reach.
    """
    former = await find_former_keys(main)
    found = (await log.execute(_HEADS)).all()
    return [
        *(_head(row, former) for row in found),
        *(_head(head, former) for head in kept),
    ]


async def shipped_mark(main: AsyncSession) -> list[Mark]:
    """How far MainDB knows the chain to reach; nothing before the first shipping."""
    tip = await relay.known_tip(main)
    problem = _problem(UNSHIPPED, row=tip.position)
    return [Mark(tip, problem)] if tip.position else []


async def find_odd_one(main: AsyncSession, log: AsyncSession) -> Problem | None:
    """The first of MainDB's marks without a row of the chain, or the other way round.

    MainDB marks in the transaction that moves its own tip, so that both sides agree up
    to there at every instant.
    """
    position = (await relay.known_tip(main)).position
    for source, statement in _SHIPPED.items():
        values = {"source": source, "position": position}
        marked = _ids(main, statement, {})
        chained = _ids(log, _CHAINED, values)
        while True:
            here, there = await anext(marked, None), await anext(chained, None)
            if here != there:
                return _odd(source, here, there)
            if here is None:
                break
    return None


def _odd(source: str, marked: int | None, chained: int | None) -> Problem:
    if chained is None or (marked is not None and marked < chained):
        return _problem(HIDDEN, source=source, id=marked)
    return _problem(ADDED, source=source, id=chained)


async def _ids(
    session: AsyncSession, statement: str, values: dict[str, object]
) -> AsyncIterator[int]:
    async for part in bulk.stream(session, statement, values, FETCHED):
        for (number,) in part:
            yield number


def _head(row: Row[Any] | SignedHead, former: Sequence[FormerKey]) -> Mark:
    tip = Tip(row.position, bytes(row.hash))
    if heads.is_ours(tip, row.at, bytes(row.signature), former):
        when = f"{row.at:%Y-%m-%d %H:%M} UTC"
        return Mark(tip, _problem(UNSIGNED, row=tip.position, at=when))
    problem = _problem(FOREIGN, row=tip.position)
    return Mark(tip, problem, is_genuine=False)


def _problem(sentence: str, **values: object) -> Problem:
    return Problem(sentence, values=tuple((k, str(v)) for k, v in values.items()))
