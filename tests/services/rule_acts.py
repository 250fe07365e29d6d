"""Rules, tags and the review as the registry's test does them, undoes and redoes."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, Protocol

from fintrack.core.chart import Kind
from fintrack.services.applying.applying import apply_rule
from fintrack.services.commands import Done, perform
from fintrack.services.review.assigning import Assignment, assign_category
from fintrack.services.rules import keeping as rules
from fintrack.services.tags import keeping as tags
from fintrack.services.tags.merging import TagMerge, TagsMerge, merge_tag, merge_tags
from tests.books import Books
from tests.services import arranging

DAY = date(2026, 3, 5)
Act = Callable[[], Awaitable[Done[Any]]]


class Places(Protocol):
    """An account and two categories."""

    @property
    def cash(self) -> int: ...

    @property
    def food(self) -> int: ...

    @property
    def drinks(self) -> int: ...


async def _kept(books: Books, at: Places) -> rules.RuleMark:
    """A rule that sends Shop to Drinks, with one transaction that waits for it."""
    new = arranging.new_rule("shop", at.drinks, tags=("t", "u"))
    await books.spend(at.cash, await arranging.open_places(books), "2 EUR", DAY, "Shop")
    return arranging.mark(await arranging.keep(books, new))


async def adding_rule(books: Books, at: Places) -> Act:
    new = arranging.new_rule("bar", at.food, at.drinks, tags=("t",))
    return lambda: arranging.keep_change(books, new)


async def changing_rule(books: Books, at: Places) -> Act:
    mark = await _kept(books, at)
    new = arranging.new_rule("bar", payee="Bar")
    change = rules.RuleChange(mark.rule_id, mark.version, new)
    return lambda: perform(books.actor, rules.edit_rule, change)


async def switching_rule(books: Books, at: Places) -> Act:
    mark = await _kept(books, at)
    switch = rules.RuleSwitch(mark.rule_id, mark.version, is_on=False)
    return lambda: perform(books.actor, rules.switch_rule, switch)


async def removing_rule(books: Books, at: Places) -> Act:
    mark = await _kept(books, at)
    return lambda: perform(books.actor, rules.remove_rule, mark)


async def ordering_rules(books: Books, at: Places) -> Act:
    ids = [(await _kept(books, at)).rule_id for _ in range(2)]
    wanted = tuple(reversed(ids))
    return lambda: perform(books.actor, rules.order_rules, wanted)


async def applying_rule(books: Books, at: Places) -> Act:
    await books.spend(at.cash, await arranging.open_places(books), "2 EUR", DAY, "Shop")
    mark = arranging.mark(
        await arranging.keep(
            books, arranging.new_rule("shop", at.food, at.drinks, tags=("t",))
        )
    )
    return lambda: perform(books.actor, apply_rule, mark)


async def assigning(books: Books, at: Places) -> Act:
    await books.spend(at.cash, await arranging.open_places(books), "2 EUR", DAY, "Shop")
    given = Assignment("shop", Kind.EXPENSE, at.food)
    return lambda: perform(books.actor, assign_category, given)


async def _tags(books: Books, at: Places) -> list[int]:
    await _kept(books, at)
    return [row.id for row in await books.rows("SELECT id FROM tag ORDER BY id")]


async def renaming_tag(books: Books, at: Places) -> Act:
    name = tags.TagName((await _tags(books, at))[0], 1, "New")
    return lambda: perform(books.actor, tags.rename_tag, name)


async def merging_tags(books: Books, at: Places) -> Act:
    first, second = await _tags(books, at)
    merge = TagMerge(first, 1, second)
    return lambda: perform(books.actor, merge_tag, merge)


async def merging_several_tags(books: Books, at: Places) -> Act:
    first, second = await _tags(books, at)
    merge = TagsMerge((tags.TagMark(first, 1),), second)
    return lambda: perform(books.actor, merge_tags, merge)


async def removing_tag(books: Books, at: Places) -> Act:
    mark = tags.TagMark((await _tags(books, at))[0], 1)
    return lambda: perform(books.actor, tags.remove_tag, mark)


RULE_ACTS = {
    "review.assign": assigning,
    "rule.add": adding_rule,
    "rule.apply": applying_rule,
    "rule.edit": changing_rule,
    "rule.order": ordering_rules,
    "rule.remove": removing_rule,
    "rule.switch": switching_rule,
    "tag.merge": merging_tags,
    "tag.merge_many": merging_several_tags,
    "tag.remove": removing_tag,
    "tag.rename": renaming_tag,
}
