"""Tags that become one: on transactions, in rules and in templates, in one step."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import InvalidInput
from fintrack.services.commands import Work, command
from fintrack.services.tags.keeping import TagMark, TagView, find_seen, view_tag
from fintrack.services.tags.rows import own_tag

MAX_MERGED: Final = 100

# Of two tags on one transaction, rule or template one goes; the other stands for both.
_TWICE = (
    "DELETE FROM {table} x USING {table} y WHERE x.ledger_id = :ledger_id "
    "AND x.tag_id = :tag_id AND y.ledger_id = x.ledger_id AND y.tag_id = :into_id "
    "AND y.{of} = x.{of}"
)
_MOVE = (
    "UPDATE {table} SET tag_id = :into_id "
    "WHERE ledger_id = :ledger_id AND tag_id = :tag_id"
)
_MERGE = tuple(
    text(statement.format(table=table, of=of))
    for table, of in (
        ("transaction_tag", "transaction_id"),
        ("rule_tag", "rule_id"),
        ("template_tag", "template_id"),
    )
    for statement in (_TWICE, _MOVE)
)


@dataclass(frozen=True, slots=True)
class TagMerge:
    """Everything with ``tag_id`` gets ``into_id`` instead, and the former goes."""

    tag_id: int
    version: int
    into_id: int


@dataclass(frozen=True, slots=True)
class TagsMerge:
    """Everything with one of ``tags`` gets ``into_id`` instead, and they go."""

    tags: tuple[TagMark, ...]
    into_id: int


@command("tag.merge", ledger=LedgerRole.EDITOR)
async def merge_tag(work: Work, merge: TagMerge) -> TagView:
    """Puts another tag in the place of one, on transactions, in rules and templates.

    Raises:
        NotFound: one of the two does not exist in this ledger.
        StaleVersion: somebody changed it since it was read.
        InvalidInput: the two are the same.
    """
    return await _merge(work, [TagMark(merge.tag_id, merge.version)], merge.into_id)


@command("tag.merge_many", ledger=LedgerRole.EDITOR)
async def merge_tags(work: Work, merge: TagsMerge) -> TagView:
    """Puts one tag in the place of several; the one that stays.

    Raises:
        NotFound: one of them does not exist in this ledger.
        StaleVersion: somebody changed one that would go since it was read.
        InvalidInput: none would go, too many, or the one that stays is among them.
    """
    if not 0 < len(merge.tags) <= MAX_MERGED:
        raise InvalidInput(
            "Please choose 1 to {limit} tags.", field="tags", limit=MAX_MERGED
        )
    return await _merge(work, dict.fromkeys(merge.tags), merge.into_id)


async def _merge(work: Work, marks: Iterable[TagMark], into_id: int) -> TagView:
    into = await own_tag(work, into_id)
    for mark in marks:
        tag = await find_seen(work, mark)
        if tag.id == into.id:
            raise InvalidInput("Please choose another tag.", field="into_id")
        values = {"ledger_id": work.ledger_id, "tag_id": tag.id, "into_id": into.id}
        for statement in _MERGE:
            await work.session.execute(statement, values)
        await work.session.delete(tag)
    await work.session.flush()
    return await view_tag(work, into.id)
