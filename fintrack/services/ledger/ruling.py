"""Rules beside what a person enters: they fill what is open, never what was chosen."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, UNCATEGORISED_TYPE, Kind
from fintrack.core.entries import Entry, Part
from fintrack.core.rules import Decision, Facts, Rule, decide, divide
from fintrack.models.ledger import Account, Posting
from fintrack.models.tags import Tag
from fintrack.services.commands import Work
from fintrack.services.rules.rulebook import load_rulebook


class _Sides(NamedTuple):
    """The parts of an entry on accounts and on categories, and whether one is open."""

    own: list[Part]
    categories: list[Part]
    is_open: bool


async def follow_rules(work: Work, entry: Entry) -> Entry:
    """The entry with what the rules of the ledger add to it.

    They look at payments on one account. The category is theirs where it was left to
    the uncategorised; a note where there is none; tags are added.
    """
    book = await load_rulebook(work)
    if not book:
        return entry
    found = await _sides(work, entry.parts)
    if len(found.own) != 1 or not found.categories:
        return entry
    own = found.own[0]
    facts = Facts(
        own.account_id, own.money, entry.on_date, entry.payee, entry.description
    )
    decision = await asyncio.to_thread(decide, book, facts)
    ruled = await _with_words(work, entry, decision)
    if decision.category and found.is_open:
        return replace(
            ruled,
            parts=(own, *_placed(decision.category, found.categories[0])),
            category_source="rule",
            rule_id=decision.category.id,
        )
    return ruled


async def chooses_category(
    work: Work, kept: Sequence[Posting], parts: Sequence[Part]
) -> bool:
    """Whether an edit says anew what the money was for."""
    before = {posting.account_id for posting in kept}
    after = {part.account_id for part in parts}
    kinds = await _kinds(work, before ^ after)
    return any(kind in CATEGORY_KINDS for kind, _ in kinds.values())


async def _sides(work: Work, parts: Sequence[Part]) -> _Sides:
    kinds = await _kinds(work, {part.account_id for part in parts})
    known = [part for part in parts if part.account_id in kinds]
    own = [p for p in known if kinds[p.account_id][0] in ACCOUNT_KINDS]
    categories = [p for p in known if kinds[p.account_id][0] in CATEGORY_KINDS]
    is_open = (
        len(categories) == 1
        and kinds[categories[0].account_id][1] == UNCATEGORISED_TYPE
    )
    return _Sides(own, categories, is_open)


async def _kinds(work: Work, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Kind and type of each account of the ledger among ``ids``."""
    found = await work.session.execute(
        select(col(Account.id), col(Account.kind), col(Account.type)).where(
            col(Account.ledger_id) == work.ledger_id, col(Account.id).in_(set(ids))
        )
    )
    return {account_id: (kind, type_) for account_id, kind, type_ in found.all()}


def _placed(rule: Rule, part: Part) -> tuple[Part, ...]:
    """The part on the uncategorised, sent where the rule says."""
    target = rule.actions.transfer_account_id
    # A form that asked for a category did not ask for what the rule says.
    slot = replace(part.slot, kinds=tuple(Kind))
    if target is not None:
        return (replace(part, account_id=target, slot=slot),)
    return tuple(
        replace(part, account_id=category_id, money=money, slot=slot)
        for category_id, money in divide(part.money, rule.actions.shares)
    )


async def _with_words(work: Work, entry: Entry, decision: Decision) -> Entry:
    if not decision.matched:
        return entry
    tags = await _names(work, decision.tag_ids)
    return replace(
        entry,
        payee=decision.payee.actions.payee if decision.payee else entry.payee,
        note=entry.note or (decision.note.actions.note if decision.note else ""),
        tags=(*(entry.tags or ()), *tags) if tags else entry.tags,
    )


async def _names(work: Work, tag_ids: Sequence[int]) -> Sequence[str]:
    if not tag_ids:
        return ()
    found = await work.session.scalars(
        select(col(Tag.name)).where(
            col(Tag.ledger_id) == work.ledger_id, col(Tag.id).in_(tag_ids)
        )
    )
    return found.all()
