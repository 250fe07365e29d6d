"""What a rule would change, before and after, while it is still being written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import NotFound
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.rule_checks import check_rule
from fintrack.core.rules import Rule
from fintrack.models.ledger import Account
from fintrack.models.tags import Tag
from fintrack.services.applying.candidates import FIRST, read_batches
from fintrack.services.applying.changes import Change, find_changes
from fintrack.services.applying.locked import (
    arrivals_of,
    find_first_day,
    find_held,
    is_locked_out,
    is_near,
)
from fintrack.services.applying.sieve import Sieve
from fintrack.services.commands import Work, question
from fintrack.services.ledger.listing import Position
from fintrack.services.rules.rule_rows import NewRule, check_places
from fintrack.services.rules.rulebook import load_rules
from fintrack.services.tags.rows import clean_tag

PAGE = 20
# A preview looks through so many transactions at a time; the next page goes on.
LOOKED_THROUGH = 20_000


@dataclass(frozen=True, slots=True)
class Sketch:
    """A rule to be tried out; ``rule_id`` is the one it takes the place of, or 0."""

    new: NewRule
    rule_id: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """What a transaction says; ``category`` names all its parts."""

    payee: str
    category: str
    note: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A transaction before and after; ``tags`` are added.

    One that ``is_locked`` stays as it is: its day is reconciled on the account to which
    the money would go, or before its opening balance, or a reconciled row of that
    account tells of the money.
    """

    transaction_id: int
    on_date: date
    money: Money
    before: Side
    after: Side
    tags: tuple[str, ...]
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class RulePreview:
    """A page of changes, newest first.

    ``count`` are the changes among the transactions that were looked through,
    ``locked`` those that would be left because of what is settled, ``chosen`` those
    that fit and whose category a person chose, and ``is_whole`` says that these were
    all that are left.
    """

    items: tuple[ChangeView, ...]
    next: str | None
    count: int
    is_whole: bool
    locked: int = 0
    chosen: int = 0


@question("rule.preview", ledger=LedgerRole.VIEWER)
async def preview_rule(
    work: Work, sketch: Sketch, *, after: str | None = None
) -> RulePreview:
    """What the rule would change; nothing is written, no tag is made.

    Raises:
        InvalidInput: the rule says nothing or what cannot be.
        NotFound: the rule whose place it takes, or an account, is not in this ledger.
    """
    tags = await _tag_ids(work, sketch.new.tags)
    book, rule = await _book_with(work, sketch, tuple(tags.values()))
    found: list[Change] = []
    looked, chosen, is_whole = 0, 0, True
    place = Position.parse(after) if after else FIRST
    async for batch in read_batches(work, Sieve.of(rule), place):
        part = await find_changes(work, book, rule, batch.payments)
        found, chosen = found + part.changes, chosen + part.chosen
        looked, place = looked + batch.size, batch.last
        if looked >= LOOKED_THROUGH:
            is_whole = False
            break
    names = await _names(work) if found else {}
    locked = await _find_locked(work, rule, found)
    said = {tag_id: name for name, tag_id in tags.items()}
    more = len(found) > PAGE
    following = found[PAGE - 1].of.position if more else None if is_whole else place
    return RulePreview(
        items=tuple(
            _stays(shown) if shown.transaction_id in locked else shown
            for shown in (_view(change, names, said) for change in found[:PAGE])
        ),
        next=following.token if following else None,
        count=len(found) - len(locked),
        is_whole=is_whole,
        locked=len(locked),
        chosen=chosen,
    )


async def _find_locked(
    work: Work, rule: Rule, changes: Sequence[Change]
) -> frozenset[int]:
    """Transactions that would be left because of what is settled."""
    first = await find_first_day(work, rule)
    out = {one.of.transaction_id for one in changes if is_locked_out(one, first)}
    free = [one for one in changes if one.of.transaction_id not in out]
    if any(is_near(one, first) for one in free):
        out |= await find_held(work, arrivals_of(free))
    return frozenset(out)


async def _book_with(
    work: Work, sketch: Sketch, tag_ids: tuple[int, ...]
) -> tuple[list[Rule], Rule]:
    """The rules as if the sketched one stood among them."""
    actions = replace(sketch.new.actions, tag_ids=tag_ids)
    check_rule(sketch.new.conditions, actions)
    await check_places(work, sketch.new)
    currency = await _currency(work, actions.transfer_account_id)
    rule = Rule(
        sketch.rule_id, sketch.new.conditions, actions, sketch.new.needs_all, currency
    )
    kept = await load_rules(work)
    if not sketch.rule_id:
        return [*(one.rule for one in kept if one.is_tried), rule], rule
    if sketch.rule_id not in {one.rule.id for one in kept}:
        raise NotFound
    book = [
        rule if one.rule.id == sketch.rule_id else one.rule
        for one in kept
        if one.is_tried or one.rule.id == sketch.rule_id
    ]
    return book, rule


async def _currency(work: Work, account_id: int | None) -> str:
    if account_id is None:
        return ""
    found = await work.session.execute(
        select(col(Account.currency)).where(
            col(Account.ledger_id) == work.ledger_id, col(Account.id) == account_id
        )
    )
    return found.scalar_one() or ""


async def _tag_ids(work: Work, names: Sequence[str]) -> dict[str, int]:
    """Each tag with its id; one that would be made has a number below zero."""
    wanted = {fold(clean): clean for clean in map(clean_tag, names)}
    found = await work.session.execute(
        select(col(Tag.name_folded), col(Tag.id)).where(
            col(Tag.ledger_id) == work.ledger_id, col(Tag.name_folded).in_(wanted)
        )
    )
    known = {row.name_folded: row.id for row in found}
    return {
        name: known.get(folded, -place)
        for place, (folded, name) in enumerate(wanted.items(), start=1)
    }


async def _names(work: Work) -> dict[int, str]:
    found = await work.session.execute(
        select(col(Account.id), col(Account.name)).where(
            col(Account.ledger_id) == work.ledger_id
        )
    )
    return {row.id: row.name for row in found}


def _view(
    change: Change, names: Mapping[int, str], tags: Mapping[int, str]
) -> ChangeView:
    payment = change.of
    before = payment.placed.name if payment.placed else ""
    after = " + ".join(names.get(account_id, "") for account_id, _ in change.places)
    return ChangeView(
        transaction_id=payment.transaction_id,
        on_date=payment.facts.on_date,
        money=payment.facts.money,
        before=Side(payment.facts.payee, before, payment.note),
        after=Side(change.payee, after or before, change.note),
        tags=tuple(tags[tag_id] for tag_id in change.tag_ids),
    )


def _stays(view: ChangeView) -> ChangeView:
    return replace(view, after=view.before, tags=(), is_locked=True)
