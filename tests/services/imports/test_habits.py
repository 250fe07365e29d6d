"""Habits of an import go with it; those of one's own stay."""

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.services.commands import ask, perform
from fintrack.services.imports.habits import remove_habits
from fintrack.services.moving.bringing import bring_books
from fintrack.services.recurring.items import list_items
from fintrack.services.rules.keeping import find_rule, list_rules
from fintrack.services.templates.keeping import list_templates
from tests.books import Books
from tests.conftest import Clock
from tests.services import arranging
from tests.services.imports.conftest import store
from tests.services.moving.habit_house import set_up
from tests.services.moving.house import keep, write

__all__ = ["store"]
pytestmark = pytest.mark.usefixtures("store")


async def test_habits_go_and_ones_own_stay(
    books: Books, stranger: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    own = await arranging.keep(stranger, arranging.new_rule("own", payee="Own"))
    moved = await keep(await write(books))
    done = await perform(stranger.actor, bring_books, moved)
    brought = (await ask(stranger.actor, list_rules))[1:]
    async with arranging.at_work(stranger) as work:
        await remove_habits(work, done.value.import_id)
    left = [one.rule.id for one in await ask(stranger.actor, list_rules)]
    assert left == [own.rule.id]
    assert (await ask(stranger.actor, find_rule, brought[0].rule.id)).is_removed
    assert await ask(stranger.actor, list_items) == []
    assert await ask(stranger.actor, list_templates) == []
    for question in (list_rules, list_items, list_templates):
        assert await ask(books.actor, question) != []


async def test_rule_that_keeps_ones_own_from_a_circle_cannot_go(
    books: Books, stranger: Books
) -> None:
    await arranging.keep(books, arranging.new_rule("moon", payee="stars"))
    moved = await keep(await write(books))
    done = await perform(stranger.actor, bring_books, moved)
    for words, payee in (("moon", "sun"), ("sun", "moon")):
        await arranging.keep(stranger, arranging.new_rule(words, payee=payee))
    async with arranging.at_work(stranger) as work:
        with pytest.raises(InvalidInput, match="in a circle"):
            await remove_habits(work, done.value.import_id)
