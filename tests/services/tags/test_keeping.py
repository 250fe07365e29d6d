"""Tags are renamed and removed, on transactions and in rules."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.core.errors import InvalidInput, NotFound, StaleVersion
from fintrack.services.commands import ask, perform
from fintrack.services.rules.keeping import (
    RuleSwitch,
    find_rule,
    remove_rule,
    switch_rule,
)
from fintrack.services.tags.keeping import (
    TagMark,
    TagName,
    TagView,
    find_tag,
    list_tag_names,
    list_tags,
    remove_tag,
    rename_tag,
)
from tests.books import Books, money
from tests.services.arranging import keep, mark, new_rule


async def tagged(books: Books, *groups: tuple[str, ...]) -> dict[str, TagView]:
    cash, food = await books.open("Cash"), await books.category("Food")
    parts = pay(cash.id, money("-5 EUR"), ((food, money("5 EUR")),))
    for tags in groups:
        await books.record(Entry(date(2026, 3, 5), parts, tags=tags))
    return {view.name: view for view in await ask(books.actor, list_tags)}


async def test_list_counts_transactions(books: Books) -> None:
    tags = await tagged(books, ("b", "a"), ("b",))
    names = [name for _, name in await ask(books.actor, list_tag_names)]
    assert names == ["a", "b"]
    assert [(name, view.count) for name, view in tags.items()] == [("a", 1), ("b", 2)]


async def test_list_tells_the_last_use_and_the_rules(books: Books) -> None:
    await tagged(books, ("a",))
    await keep(books, new_rule("shop", tags=("a", "new")))
    found = await ask(books.actor, list_tags)
    assert [(view.count, view.rules, view.last_on) for view in found] == [
        (1, 1, date(2026, 3, 5)),
        (0, 1, None),
    ]


async def test_rule_that_was_removed_is_not_counted(books: Books) -> None:
    await keep(books, new_rule("shop", tags=("a",)))
    gone = await keep(books, new_rule("bar", tags=("a",)))
    await perform(books.actor, remove_rule, mark(gone))
    (view,) = await ask(books.actor, list_tags)
    assert view.rules == 1


async def test_rename_refuses_a_taken_name_and_an_old_version(books: Books) -> None:
    tags = await tagged(books, ("a", "b"))
    with pytest.raises(InvalidInput, match="already"):
        await perform(books.actor, rename_tag, TagName(tags["a"].id, 1, " B"))
    done = await perform(books.actor, rename_tag, TagName(tags["a"].id, 1, "A"))
    assert (done.value.name, done.value.version) == ("A", 2)
    with pytest.raises(StaleVersion):
        await perform(books.actor, rename_tag, TagName(tags["a"].id, 1, "c"))


async def test_removed_tag_is_nowhere(books: Books) -> None:
    tags = await tagged(books, ("a", "b"))
    kept = await keep(books, new_rule("shop", tags=("a", "b")))
    await perform(books.actor, remove_tag, TagMark(tags["a"].id, 1))
    with pytest.raises(NotFound):
        await ask(books.actor, find_tag, tags["a"].id)
    assert (await ask(books.actor, find_rule, kept.rule.id)).tags == ("b",)


async def test_rule_that_did_nothing_but_set_a_removed_tag_is_off(books: Books) -> None:
    """Undo brings both back; without the tag it cannot be switched on."""
    tags = await tagged(books, ("a",))
    idle = await keep(books, new_rule("shop", tags=("a",)))
    other = await keep(books, new_rule("bar", tags=("a",), payee="Bar"))
    mark = TagMark(tags["a"].id, 1)
    done = await perform(books.actor, remove_tag, mark)
    assert done.value.rules_off == 1
    seen = await ask(books.actor, find_rule, idle.rule.id)
    assert (seen.is_on, seen.version) == (False, idle.version + 1)
    assert (await ask(books.actor, find_rule, other.rule.id)).is_on
    switch = RuleSwitch(idle.rule.id, seen.version, is_on=True)
    with pytest.raises(InvalidInput, match="what the rule does"):
        await perform(books.actor, switch_rule, switch)
    await books.undo(done.change_id)
    seen = await ask(books.actor, find_rule, idle.rule.id)
    assert (seen.is_on, seen.tags) == (True, ("a",))
