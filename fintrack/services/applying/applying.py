"""A rule applied to all transactions that it fits: one step, taken back at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import Conflict, StaleVersion
from fintrack.core.folding import search_words
from fintrack.core.rules import Rule
from fintrack.services.applying.candidates import read_batches
from fintrack.services.applying.changes import Change, find_changes
from fintrack.services.applying.locked import (
    arrivals_of,
    find_first_day,
    find_held,
    is_locked_out,
    is_near,
)
from fintrack.services.applying.sieve import Sieve
from fintrack.services.commands import Work, command
from fintrack.services.ledger import rows
from fintrack.services.ledger.matching import settle_matches
from fintrack.services.ledger.told import Arrival
from fintrack.services.rules.keeping import RuleMark, find_rule
from fintrack.services.rules.rulebook import load_rulebook

_WORDS = text(
    "UPDATE transaction t SET payee = c.payee, note = c.note, "
    "search_text = c.search_text, version = t.version + 1, category_source = "
    "CASE WHEN c.is_placed THEN 'rule' ELSE t.category_source END, "
    "rule_id = CASE WHEN c.is_placed THEN :rule_id ELSE t.rule_id END "
    "FROM unnest(CAST(:ids AS bigint[]), CAST(:payees AS text[]), "
    "CAST(:notes AS text[]), CAST(:searches AS text[]), CAST(:placed AS boolean[])) "
    "AS c(id, payee, note, search_text, is_placed) "
    "WHERE t.ledger_id = :ledger_id AND t.id = c.id"
)
_MOVED = text(
    "UPDATE posting p SET account_id = c.account_id, amount_minor = c.minor "
    "FROM unnest(CAST(:ids AS bigint[]), CAST(:accounts AS bigint[]), "
    "CAST(:minors AS bigint[])) AS c(id, account_id, minor) "
    "WHERE p.ledger_id = :ledger_id AND p.id = c.id"
)
_ADDED = text(
    "INSERT INTO posting (ledger_id, transaction_id, on_date, account_id, currency, "
    "amount_minor, memo, position) SELECT :ledger_id, p.transaction_id, p.on_date, "
    "c.account_id, p.currency, c.minor, '', p.position + c.place "
    "FROM unnest(CAST(:ids AS bigint[]), CAST(:accounts AS bigint[]), "
    "CAST(:minors AS bigint[]), CAST(:places AS int[])) "
    "AS c(id, account_id, minor, place) "
    "JOIN posting p ON p.ledger_id = :ledger_id AND p.id = c.id"
)
_TAGGED = text(
    "INSERT INTO transaction_tag (ledger_id, transaction_id, on_date, tag_id) "
    "SELECT t.ledger_id, t.id, t.on_date, c.tag_id "
    "FROM unnest(CAST(:ids AS bigint[]), CAST(:tags AS bigint[])) AS c(id, tag_id) "
    "JOIN transaction t ON t.ledger_id = :ledger_id AND t.id = c.id "
    "ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Applied:
    """How many transactions a rule changed.

    ``locked`` were left: they would have brought money to an account into days that are
    reconciled there or before its opening balance, or that a reconciled row tells of.
    ``matched`` rows of the other account are void now: its bank had told the same.
    """

    rule_id: int
    changed: int
    locked: int = 0
    matched: int = 0


@command("rule.apply", ledger=LedgerRole.EDITOR)
async def apply_rule(work: Work, mark: RuleMark) -> Applied:
    """Does with all transactions what the rule says, where nothing else was chosen.

    Rules that come before it keep what is theirs. A category that a person chose stays,
    and no transfer comes to days that are reconciled or before an opening balance, or
    brings what a reconciled row of the other account tells of.

    Raises:
        NotFound: it does not exist in this ledger.
        StaleVersion: somebody changed it since its preview was read.
        Conflict: it is off, was removed, or an account that it names is closed.
    """
    kept = await find_rule(work, mark.rule_id)
    if kept.version != mark.version:
        raise StaleVersion
    if not kept.is_tried:
        raise Conflict("This rule is off.")
    book = await load_rulebook(work)
    rule = next(one for one in book if one.id == mark.rule_id)
    changed, locked = await _change_all(work, book, rule)
    matched = await settle_matches(work) if changed else 0
    await rows.check_chart(work)
    return Applied(rule.id, changed, locked, matched)


async def _change_all(work: Work, book: Sequence[Rule], rule: Rule) -> tuple[int, int]:
    """How many were changed, and how many left because of what is settled.

    Those near the settled days wait until all is known that the rule would bring.
    """
    first = await find_first_day(work, rule)
    changed = locked = 0
    near, arrivals = list[Change](), list[Arrival]()
    async for batch in read_batches(work, Sieve.of(rule)):
        found = (await find_changes(work, book, rule, batch.payments)).changes
        free = [one for one in found if not is_locked_out(one, first)]
        locked += len(found) - len(free)
        if first:
            arrivals += arrivals_of(free)
        near += (one for one in free if is_near(one, first))
        changed += await _write(
            work, rule, [one for one in free if not is_near(one, first)]
        )
    held = await find_held(work, arrivals) if near else frozenset[int]()
    free = [one for one in near if one.of.transaction_id not in held]
    changed += await _write(work, rule, free)
    return changed, locked + len(near) - len(free)


async def _write(work: Work, rule: Rule, changes: Sequence[Change]) -> int:
    """How many these are."""
    if not changes:
        return 0
    await _run(
        work,
        _WORDS,
        rule_id=rule.id,
        ids=[change.of.transaction_id for change in changes],
        payees=[change.payee for change in changes],
        notes=[change.note for change in changes],
        searches=[_searched(change) for change in changes],
        placed=[bool(change.places) for change in changes],
    )
    await _write_places(work, changes)
    tagged = [(c.of.transaction_id, tag) for c in changes for tag in c.tag_ids]
    if tagged:
        ids, tags = zip(*tagged, strict=True)
        await _run(work, _TAGGED, ids=list(ids), tags=list(tags))
    return len(changes)


async def _write_places(work: Work, changes: Sequence[Change]) -> None:
    """The first part takes the posting that is there, the others come behind it."""
    parts = [
        (change.of.placed.posting_id, account_id, money.minor, place)
        for change in changes
        if change.of.placed
        for place, (account_id, money) in enumerate(change.places)
    ]
    first = [part[:3] for part in parts if part[3] == 0]
    others = [part for part in parts if part[3] > 0]
    if first:
        ids, accounts, minors = map(list, zip(*first, strict=True))
        await _run(work, _MOVED, ids=ids, accounts=accounts, minors=minors)
    if others:
        ids, accounts, minors, places = map(list, zip(*others, strict=True))
        await _run(
            work, _ADDED, ids=ids, accounts=accounts, minors=minors, places=places
        )


async def _run(work: Work, statement: Any, **values: object) -> None:  # noqa: ANN401 - a statement of SQL
    await work.session.execute(statement, {"ledger_id": work.ledger_id, **values})


def _searched(change: Change) -> str:
    return search_words(change.payee, change.of.facts.description, change.note)
