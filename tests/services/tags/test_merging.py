"""Tags become one, on transactions and in rules, in one step."""

import pytest

from fintrack.core.errors import InvalidInput, NotFound, StaleVersion
from fintrack.services.commands import ask, perform
from fintrack.services.rules.keeping import find_rule
from fintrack.services.tags.keeping import TagMark, TagName, rename_tag
from fintrack.services.tags.merging import (
    MAX_MERGED,
    TagMerge,
    TagsMerge,
    merge_tag,
    merge_tags,
)
from tests.books import Books
from tests.services.arranging import keep, new_rule
from tests.services.tags.test_keeping import tagged


async def test_merge_leaves_one_tag_where_both_were(books: Books) -> None:
    tags = await tagged(books, ("a", "b"), ("a",))
    kept = await keep(books, new_rule("shop", tags=("a", "b")))
    merge = TagMerge(tags["a"].id, 1, tags["b"].id)
    before = await books.snapshot()
    done = await perform(books.actor, merge_tag, merge)
    assert done.value.count == 2
    rule = await ask(books.actor, find_rule, kept.rule.id)
    assert rule.tags == ("b",)
    await books.undo(done.change_id)
    assert await books.snapshot() == before


async def test_merge_into_itself_is_refused(books: Books) -> None:
    tags = await tagged(books, ("a",))
    with pytest.raises(InvalidInput):
        await perform(books.actor, merge_tag, TagMerge(tags["a"].id, 1, tags["a"].id))


async def test_merge_leaves_one_tag_where_several_were(books: Books) -> None:
    tags = await tagged(books, ("a", "b", "c"), ("a",), ("c", "d"))
    kept = await keep(books, new_rule("shop", tags=("a", "b")))
    marks = (TagMark(tags["a"].id, 1), TagMark(tags["c"].id, 1))
    before = await books.snapshot()
    done = await perform(books.actor, merge_tags, TagsMerge(marks, tags["b"].id))
    assert (done.value.name, done.value.count) == ("b", 3)
    assert [r.name for r in await books.rows("SELECT name FROM tag ORDER BY 1")] == [
        "b",
        "d",
    ]
    rule = await ask(books.actor, find_rule, kept.rule.id)
    assert rule.tags == ("b",)
    undone = await books.undo(done.change_id)
    assert await books.snapshot() == before
    await books.undo(undone.id)
    assert len(await books.rows("SELECT FROM tag")) == 2


async def test_merge_of_none_of_too_many_and_into_itself_is_refused(
    books: Books,
) -> None:
    tags = await tagged(books, ("a", "b"))
    mark, into = TagMark(tags["a"].id, 1), tags["b"].id
    for marks in ((), (mark,) * (MAX_MERGED + 1)):
        with pytest.raises(InvalidInput, match="1 to 100"):
            await perform(books.actor, merge_tags, TagsMerge(marks, into))
    with pytest.raises(InvalidInput, match="another"):
        await perform(books.actor, merge_tags, TagsMerge((mark,), mark.tag_id))


async def test_one_that_was_changed_or_is_not_there_stops_all(
    books: Books, stranger: Books
) -> None:
    tags = await tagged(books, ("a", "b", "c"))
    await perform(books.actor, rename_tag, TagName(tags["b"].id, 1, "new"))
    before = await books.snapshot()
    marks = (TagMark(tags["a"].id, 1), TagMark(tags["b"].id, 1))
    with pytest.raises(StaleVersion):
        await perform(books.actor, merge_tags, TagsMerge(marks, tags["c"].id))
    assert await books.snapshot() == before
    with pytest.raises(NotFound):
        await perform(stranger.actor, merge_tags, TagsMerge(marks, tags["c"].id))
