"""Rules as the tests of services say them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fintrack.core.chart import Kind
from fintrack.core.rules import Actions, Comparison, Condition, Field, Share
from fintrack.services import change_sets
from fintrack.services.commands import Done, Work, perform
from fintrack.services.ledger.uncategorised import uncategorised_account
from fintrack.services.rules.keeping import RuleMark, add_rule
from fintrack.services.rules.rule_rows import NewRule
from fintrack.services.rules.rulebook import KeptRule
from tests.books import Books


def payee_has(words: str) -> Condition:
    return Condition(Field.PAYEE, Comparison.CONTAINS, words)


def new_rule(
    words: str,
    *category_ids: int,
    tags: tuple[str, ...] = (),
    payee: str = "",
    note: str = "",
    transfer: int | None = None,
) -> NewRule:
    """What contains ``words`` goes to the categories in equal parts."""
    size = len(category_ids)
    percents = [100 // size] * size if size else []
    if percents:
        percents[0] += 100 - sum(percents)
    shares = zip(category_ids, percents, strict=True)
    actions = Actions(tuple(Share(*share) for share in shares), transfer, payee, note)
    return NewRule((payee_has(words),), actions, tags=tags)


async def keep(books: Books, new: NewRule) -> KeptRule:
    return (await keep_change(books, new)).value


async def keep_change(books: Books, new: NewRule) -> Done[KeptRule]:
    return await perform(books.actor, add_rule, new)


def mark(kept: KeptRule) -> RuleMark:
    return RuleMark(kept.rule.id, kept.version)


@asynccontextmanager
async def at_work(books: Books) -> AsyncIterator[Work]:
    """A unit of work in the ledger, for what is no command of its own."""
    async with books.home.unit_of_work() as session:
        now = books.home.clock()
        change_id = await change_sets.open_change_set(
            session, books.actor, "test.open", now, None, None
        )
        yield Work(session, books.actor, now, change_id)


async def open_places(books: Books, kind: str = "expense") -> int:
    """The ledger's place for what has no category, made if it is not there."""
    async with at_work(books) as work:
        return await uncategorised_account(work, Kind(kind))
