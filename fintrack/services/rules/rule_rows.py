"""Rows of rules: what a person may say of one, checked and written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlmodel import col

from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, Kind
from fintrack.core.errors import Conflict, InvalidInput, NotFound, PlanLimit
from fintrack.core.rule_checks import MAX_RULES, check_rule
from fintrack.core.rules import Actions, Condition
from fintrack.core.words import one_line, without_turns
from fintrack.models.ledger import Account
from fintrack.models.rules import Rule, RuleCondition, RuleShare, RuleTag
from fintrack.services import plans
from fintrack.services.commands import Work
from fintrack.services.tags.rows import ensure_tags


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule to add at the end; ``tags`` are names, its actions hold no tag ids."""

    conditions: tuple[Condition, ...]
    actions: Actions
    needs_all: bool = True
    tags: tuple[str, ...] = ()


async def next_position(work: Work, wanted: int = 1) -> int:
    """The place behind the other rules, where there is room for so many more.

    Raises:
        Conflict: there would be more than 500 rules.
    """
    count, last = (
        await work.session.execute(
            select(func.count(), func.coalesce(func.max(col(Rule.position)), 0)).where(
                col(Rule.ledger_id) == work.ledger_id, col(Rule.removed_at).is_(None)
            )
        )
    ).one()
    if count + wanted > MAX_RULES:
        raise Conflict("There are {limit} rules already.", limit=MAX_RULES)
    return int(last) + 1


async def write_rule(
    work: Work, row: Rule, new: NewRule, *, closed_too: bool = False
) -> None:
    """Writes what a rule says; whether it loops with others is for the caller to ask.

    Raises:
        InvalidInput: it says nothing or what cannot be.
        NotFound, Conflict, PlanLimit: as ``check_places``.
    """
    tag_ids = await ensure_tags(work, new.tags)
    check_rule(new.conditions, replace(new.actions, tag_ids=tag_ids))
    await check_places(work, new, closed_too=closed_too)
    row.needs_all = new.needs_all
    row.set_payee = one_line(new.actions.payee)
    row.set_note = without_turns(new.actions.note).strip()
    row.transfer_account_id = new.actions.transfer_account_id
    work.session.add(row)
    await work.session.flush()
    work.session.add_all(_parts(row, new, tag_ids))
    await work.session.flush()


async def check_places(work: Work, new: NewRule, *, closed_too: bool = False) -> None:
    """Refuses what is not of this ledger, of another kind, or closed as a target.

    ``closed_too`` lets a rule rest on what is closed, as one kept before does.

    Raises:
        NotFound: an account or category that is not in this ledger.
        InvalidInput: one that stands where the other belongs.
        Conflict: money would go where it is closed.
        PlanLimit: it would go where the plan lets one only read.
    """
    target = new.actions.transfer_account_id
    watched = {c.account_id for c in new.conditions if c.account_id is not None}
    shares = {share.category_id for share in new.actions.shares}
    wanted = watched | shares | ({target} if target is not None else set())
    found = await work.session.scalars(
        select(Account).where(
            col(Account.ledger_id) == work.ledger_id, col(Account.id).in_(wanted)
        )
    )
    known = {account.id: account for account in found}
    if wanted - set(known):
        raise NotFound
    for account_id, account in known.items():
        is_category = Kind(account.kind) in CATEGORY_KINDS
        if account_id in shares and not is_category:
            raise InvalidInput("This is not a category.", field="actions.shares")
        if account_id not in shares and Kind(account.kind) not in ACCOUNT_KINDS:
            raise InvalidInput("This is not an account.", field="actions")
        is_target = account_id not in watched
        if is_target and account.closed_on is not None and not closed_too:
            raise Conflict("{name} is closed.", name=account.name)
    surplus = await plans.find_surplus(work.session, work.ledger_id, "accounts")
    if target in surplus:
        raise PlanLimit(plans.READ_ONLY, name=known[target].name)


def _parts(
    row: Rule, new: NewRule, tag_ids: Sequence[int]
) -> list[RuleCondition | RuleShare | RuleTag]:
    of = {"ledger_id": row.ledger_id, "rule_id": row.id}
    return [
        *(
            RuleCondition(
                **of,
                position=place,
                field=one.field,
                test=one.test,
                words=one_line(one.words),
                account_id=one.account_id,
                least=one.least,
                most=one.most,
            )
            for place, one in enumerate(new.conditions)
        ),
        *(
            RuleShare(
                **of,
                position=place,
                category_id=share.category_id,
                percent=share.percent,
            )
            for place, share in enumerate(new.actions.shares)
        ),
        *(RuleTag(**of, tag_id=tag_id) for tag_id in tag_ids),
    ]
