"""The rules of a ledger, read from their rows."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text

from fintrack.core.rule_checks import check_loops
from fintrack.core.rules import Actions, Comparison, Condition, Field, Rule, Share
from fintrack.services import plans
from fintrack.services.commands import Work

_RULES = text(
    "SELECT r.id, r.position, r.needs_all, r.is_on, r.set_payee, r.set_note, "
    "r.transfer_account_id, a.currency, a.closed_on IS NOT NULL AS is_closed, "
    "r.removed_at IS NOT NULL AS is_removed, r.version "
    "FROM rule r LEFT JOIN account a ON a.ledger_id = r.ledger_id "
    "AND a.id = r.transfer_account_id WHERE r.ledger_id = :ledger_id "
    "AND CASE WHEN :rule_id = 0 THEN r.removed_at IS NULL ELSE r.id = :rule_id END "
    "ORDER BY r.position, r.id"
)
_CONDITIONS = text(
    "SELECT rule_id, field, test, words, account_id, least, most FROM rule_condition "
    "WHERE ledger_id = :ledger_id AND rule_id = ANY(CAST(:ids AS bigint[])) "
    "ORDER BY rule_id, position"
)
_SHARES = text(
    "SELECT s.rule_id, s.category_id, s.percent, a.closed_on IS NOT NULL AS is_closed "
    "FROM rule_share s JOIN account a ON a.ledger_id = s.ledger_id "
    "AND a.id = s.category_id WHERE s.ledger_id = :ledger_id "
    "AND s.rule_id = ANY(CAST(:ids AS bigint[])) ORDER BY s.rule_id, s.position"
)
_TAGS = text(
    "SELECT x.rule_id, x.tag_id, g.name FROM rule_tag x "
    "JOIN tag g ON g.ledger_id = x.ledger_id AND g.id = x.tag_id "
    "WHERE x.ledger_id = :ledger_id AND x.rule_id = ANY(CAST(:ids AS bigint[])) "
    "ORDER BY x.rule_id, g.name_folded"
)


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule with what stands around it.

    ``is_resting``: the account or a category it sends money to is closed, or the
    account is beyond the plan, so it is not tried; ``tags`` are the names behind its
    tag ids.
    """

    rule: Rule
    is_on: bool
    is_resting: bool
    is_removed: bool
    tags: tuple[str, ...]
    version: int

    @property
    def is_tried(self) -> bool:
        """Whether it does anything at present."""
        return self.is_on and not self.is_resting and not self.is_removed


async def load_rulebook(work: Work) -> tuple[Rule, ...]:
    """The rules that are tried, in the order of the person."""
    return tuple(kept.rule for kept in await load_rules(work) if kept.is_tried)


async def check_rulebook(
    work: Work, before: Sequence[Rule], changed: int = 0, *, field: str = ""
) -> None:
    """``check_loops`` for the rules that are tried now, beside the event loop.

    Raises:
        InvalidInput: names the payee, under ``field``.
    """
    book = await load_rulebook(work)
    await asyncio.to_thread(check_loops, book, before, changed, field=field)


async def load_rules(work: Work, rule_id: int = 0) -> list[KeptRule]:
    """All rules that were not removed in their order, or the one with this id."""
    values = {"ledger_id": work.ledger_id, "rule_id": rule_id}
    rules = (await work.session.execute(_RULES, values)).all()
    if not rules:
        return []
    of = {"ledger_id": work.ledger_id, "ids": [row.id for row in rules]}
    conditions = _by_rule(await work.session.execute(_CONDITIONS, of))
    shares = _by_rule(await work.session.execute(_SHARES, of))
    tags = _by_rule(await work.session.execute(_TAGS, of))
    surplus = await plans.find_surplus(work.session, work.ledger_id, "accounts")
    return [
        _to_kept(
            row,
            conditions[row.id],
            shares[row.id],
            tags[row.id],
            is_blocked=row.is_closed or row.transfer_account_id in surplus,
        )
        for row in rules
    ]


def _by_rule(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.rule_id].append(row)
    return found


def _to_kept(
    row: Row[Any],
    conditions: Sequence[Row[Any]],
    shares: Sequence[Row[Any]],
    tags: Sequence[Row[Any]],
    *,
    is_blocked: bool,
) -> KeptRule:
    rule = Rule(
        id=row.id,
        conditions=tuple(
            Condition(
                Field(one.field),
                Comparison(one.test),
                one.words,
                one.account_id,
                one.least,
                one.most,
            )
            for one in conditions
        ),
        actions=Actions(
            shares=tuple(Share(one.category_id, one.percent) for one in shares),
            transfer_account_id=row.transfer_account_id,
            payee=row.set_payee,
            note=row.set_note,
            tag_ids=tuple(one.tag_id for one in tags),
        ),
        needs_all=row.needs_all,
        transfer_currency=row.currency or "",
    )
    return KeptRule(
        rule=rule,
        is_on=row.is_on,
        is_resting=is_blocked or any(one.is_closed for one in shares),
        is_removed=row.is_removed,
        tags=tuple(one.name for one in tags),
        version=row.version,
    )
