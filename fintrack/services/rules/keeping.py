"""Rules added, changed, put in order, switched off and removed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import NotFound, StaleVersion
from fintrack.core.rule_checks import check_rule
from fintrack.core.rules import Rule as Tried
from fintrack.models.rules import Rule, RuleCondition, RuleShare, RuleTag
from fintrack.services.commands import Work, command, question
from fintrack.services.rules.rule_rows import NewRule, next_position, write_rule
from fintrack.services.rules.rulebook import (
    KeptRule,
    check_rulebook,
    load_rulebook,
    load_rules,
)

_ORDER = text(
    "UPDATE rule r SET position = o.place, version = r.version + 1 "
    "FROM unnest(CAST(:ids AS bigint[])) WITH ORDINALITY AS o(id, place) "
    "WHERE r.ledger_id = :ledger_id AND r.id = o.id AND r.position <> o.place"
)


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What a rule says now, all of it, in the place of what its reader saw."""

    rule_id: int
    version: int
    new: NewRule


@dataclass(frozen=True, slots=True)
class RuleMark:
    """A rule as its reader saw it."""

    rule_id: int
    version: int


@dataclass(frozen=True, slots=True)
class RuleSwitch:
    """Whether a rule is tried."""

    rule_id: int
    version: int
    is_on: bool


@question("rule.list", ledger=LedgerRole.VIEWER)
async def list_rules(work: Work) -> list[KeptRule]:
    """All rules in the order in which they are tried, those that are off too."""
    return await load_rules(work)


@question("rule.find", ledger=LedgerRole.VIEWER)
async def find_rule(work: Work, rule_id: int) -> KeptRule:
    """One rule; one that was removed too, as the reason of what it did.

    Raises:
        NotFound: it does not exist in this ledger.
    """
    found = await load_rules(work, rule_id) if rule_id else []
    if not found:
        raise NotFound
    return found[0]


@command("rule.add", ledger=LedgerRole.EDITOR)
async def add_rule(work: Work, new: NewRule) -> KeptRule:
    """Adds a rule behind the others.

    Raises:
        InvalidInput: it says nothing or what cannot be, or it would loop.
        NotFound: an account or category that is not in this ledger.
        Conflict: there are 500 rules.
    """
    position = await next_position(work)
    row = Rule(
        ledger_id=work.ledger_id,
        position=position,
        needs_all=new.needs_all,
        is_on=True,
        created_at=work.now,
    )
    return await _write(work, row, new, await load_rulebook(work))


@command("rule.edit", ledger=LedgerRole.EDITOR)
async def edit_rule(work: Work, change: RuleChange) -> KeptRule:
    """Replaces what a rule says; what it did before stays as it is.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: it says nothing or what cannot be, or it would loop.
    """
    row = await _seen(work, change.rule_id, change.version)
    before = await load_rulebook(work)
    for table in (RuleCondition, RuleShare, RuleTag):
        await work.session.execute(
            delete(table).where(
                col(table.ledger_id) == work.ledger_id, col(table.rule_id) == row.id
            )
        )
    row.version += 1
    return await _write(work, row, change.new, before)


@command("rule.switch", ledger=LedgerRole.EDITOR)
async def switch_rule(work: Work, switch: RuleSwitch) -> KeptRule:
    """Lets a rule rest, or has it tried again.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: rules would loop, those that it kept from it too, or it does
            nothing any more because its tags were removed.
    """
    row = await _seen(work, switch.rule_id, switch.version)
    before = await load_rulebook(work)
    if switch.is_on:
        rule = (await find_rule(work, row.id)).rule
        check_rule(rule.conditions, rule.actions)
    row.is_on = switch.is_on
    row.version += 1
    await work.session.flush()
    await check_rulebook(work, before, row.id)
    return await find_rule(work, row.id)


@command("rule.remove", ledger=LedgerRole.EDITOR)
async def remove_rule(work: Work, mark: RuleMark) -> KeptRule:
    """Removes a rule; transactions keep it as the reason of their category.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: it kept others from a loop.
    """
    row = await _seen(work, mark.rule_id, mark.version)
    before = await load_rulebook(work)
    row.removed_at = work.now
    row.version += 1
    await work.session.flush()
    await check_rulebook(work, before)
    return await find_rule(work, row.id)


@command("rule.order", ledger=LedgerRole.EDITOR)
async def order_rules(work: Work, rule_ids: tuple[int, ...]) -> list[KeptRule]:
    """Puts the rules in this order; all of them are named, each once.

    Raises:
        StaleVersion: rules came or went since the list was read.
        InvalidInput: in this order they would loop.
    """
    present = [kept.rule.id for kept in await load_rules(work)]
    if set(rule_ids) - set(present):
        raise NotFound
    if sorted(rule_ids) != sorted(present):
        raise StaleVersion
    before = await load_rulebook(work)
    values = {"ledger_id": work.ledger_id, "ids": list(rule_ids)}
    await work.session.execute(_ORDER, values)
    await check_rulebook(work, before)
    return await load_rules(work)


async def _seen(work: Work, rule_id: int, version: int) -> Rule:
    row: Rule | None = await work.session.scalar(
        select(Rule).where(
            col(Rule.ledger_id) == work.ledger_id,
            col(Rule.id) == rule_id,
            col(Rule.removed_at).is_(None),
        )
    )
    if row is None:
        raise NotFound
    if row.version != version:
        raise StaleVersion
    return row


async def _write(
    work: Work, row: Rule, new: NewRule, before: Sequence[Tried]
) -> KeptRule:
    await write_rule(work, row, new)
    await check_rulebook(work, before, row.id, field="actions.payee")
    return await find_rule(work, row.id)
