"""What one rule would change in a batch, as it stands among the others."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import text

from fintrack.core.money import Money
from fintrack.core.rules import Decision, Rule, decide, divide
from fintrack.services.applying.candidates import Candidate, Placed
from fintrack.services.commands import Work

_TAGS = text(
    "SELECT transaction_id, tag_id FROM transaction_tag WHERE ledger_id = :ledger_id "
    "AND transaction_id = ANY(CAST(:ids AS bigint[]))"
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a rule makes of a payment.

    ``places`` are the postings in the place of its one category, empty where that
    stays; ``tag_ids`` come on top of those that are there.
    """

    of: Candidate
    payee: str
    note: str
    places: tuple[tuple[int, Money], ...]
    tag_ids: tuple[int, ...]

    @property
    def is_none(self) -> bool:
        """Whether all stays as it is."""
        same = (self.payee, self.note) == (self.of.facts.payee, self.of.note)
        return same and not self.places and not self.tag_ids


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule does with a batch.

    ``chosen``: how many it fits whose category stays, because a person chose or split
    it.
    """

    changes: list[Change]
    chosen: int


async def find_changes(
    work: Work, book: Sequence[Rule], rule: Rule, payments: Iterable[Candidate]
) -> Found:
    """What ``rule`` decides in its place in the book, where that is not so already."""
    # In a thread: hundreds of rules on long texts must not hold up everybody else.
    matched = await asyncio.to_thread(_matching, book, rule, payments)
    tags = await _tags(work, [payment.transaction_id for payment, _ in matched], rule)
    changes = (
        _change(payment, decision, rule, tags[payment.transaction_id])
        for payment, decision in matched
    )
    return Found(
        [change for change in changes if not change.is_none],
        sum(_is_chosen(payment, decision, rule) for payment, decision in matched),
    )


def _matching(
    book: Sequence[Rule], rule: Rule, payments: Iterable[Candidate]
) -> list[tuple[Candidate, Decision]]:
    decided = [(payment, decide(book, payment.facts)) for payment in payments]
    return [pair for pair in decided if rule in pair[1].matched]


def _change(
    payment: Candidate, decision: Decision, rule: Rule, tagged: set[int]
) -> Change:
    actions = rule.actions
    renames = decision.payee is rule
    notes = decision.note is rule and not payment.note
    return Change(
        of=payment,
        payee=actions.payee if renames else payment.facts.payee,
        note=actions.note if notes else payment.note,
        places=_places(payment, rule) if decision.category is rule else (),
        tag_ids=tuple(one for one in actions.tag_ids if one not in tagged),
    )


def _places(payment: Candidate, rule: Rule) -> tuple[tuple[int, Money], ...]:
    placed = payment.placed
    if placed is None or not payment.is_open:
        return ()
    found = _wanted(placed, rule)
    return () if found == ((placed.account_id, placed.money),) else found


def _wanted(placed: Placed, rule: Rule) -> tuple[tuple[int, Money], ...]:
    target = rule.actions.transfer_account_id
    if target is not None:
        return ((target, placed.money),)
    return tuple(divide(placed.money, rule.actions.shares))


def _is_chosen(payment: Candidate, decision: Decision, rule: Rule) -> bool:
    """Whether only a person's own choice keeps the money where it is."""
    if decision.category is not rule or payment.is_open:
        return False
    placed = payment.placed
    if placed is None:
        return True
    return _wanted(placed, rule) != ((placed.account_id, placed.money),)


async def _tags(
    work: Work, transaction_ids: list[int], rule: Rule
) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    if rule.actions.tag_ids and transaction_ids:
        values = {"ledger_id": work.ledger_id, "ids": transaction_ids}
        for transaction_id, tag_id in (await work.session.execute(_TAGS, values)).all():
            found[transaction_id].add(tag_id)
    return found
