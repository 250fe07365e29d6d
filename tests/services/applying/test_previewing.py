"""A rule is seen before it is kept: its rows before and after, page by page."""

import pytest

from fintrack.core.errors import InvalidInput, NotFound
from fintrack.services.applying import previewing
from fintrack.services.applying.previewing import RulePreview, Sketch, preview_rule
from fintrack.services.commands import ask
from fintrack.services.rules.rule_rows import NewRule
from tests.books import Books
from tests.services.applying.shelf import fill_shelf
from tests.services.arranging import keep, new_rule


async def preview(books: Books, new: NewRule, after: str | None = None) -> RulePreview:
    return await ask(books.actor, preview_rule, Sketch(new), after=after)


async def test_row_is_shown_before_and_after_and_nothing_is_written(
    books: Books,
) -> None:
    shelf = await fill_shelf(books)
    await shelf.spend("Corner shop")
    before = await books.snapshot()
    new = new_rule("shop", shelf.food, shelf.fun, tags=("new",), payee="Shop")
    (row,) = (await preview(books, new)).items
    assert (row.before.payee, row.before.category) == ("Corner shop", "Other spending")
    assert (row.after.payee, row.after.category) == ("Shop", "Food + Fun")
    assert row.tags == ("new",)
    assert await books.snapshot() == before


async def test_pages_follow_each_other_without_gap_or_repetition(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "PAGE", 2)
    shelf = await fill_shelf(books)
    ids = [await shelf.spend(f"Shop {n}", day=n // 2) for n in range(5)]
    new = new_rule("shop", shelf.food)
    page = await preview(books, new)
    assert (page.count, page.is_whole) == (5, True)
    found = [row.transaction_id for row in page.items]
    while page.next:
        page = await preview(books, new, page.next)
        found += [row.transaction_id for row in page.items]
    assert found == ids[::-1]


async def test_long_books_are_looked_through_in_parts(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "LOOKED_THROUGH", 1)
    monkeypatch.setattr("fintrack.services.applying.candidates.BATCH", 1)
    shelf = await fill_shelf(books)
    old = await shelf.spend("Shop")
    await shelf.spend("Shop", shelf.food, day=1)
    new = new_rule("shop", shelf.food)
    page = await preview(books, new)
    assert (page.items, page.is_whole, page.next is None) == ((), False, False)
    page = await preview(books, new, page.next)
    assert [row.transaction_id for row in page.items] == [old]


async def test_rule_says_how_many_keep_the_category_that_a_person_chose(
    books: Books,
) -> None:
    shelf = await fill_shelf(books)
    for category in (shelf.fun, shelf.food, 0):
        await shelf.spend("Shop", category)
    page = await preview(books, new_rule("shop", shelf.food))
    assert (page.count, page.chosen) == (1, 1)
    page = await preview(books, new_rule("shop", note="n"))
    assert (page.count, page.chosen) == (3, 0)


async def test_what_cannot_be_is_refused(books: Books, stranger: Books) -> None:
    with pytest.raises(InvalidInput):
        await preview(books, new_rule(" ", payee="x"))
    theirs = await stranger.category("Theirs")
    with pytest.raises(NotFound):
        await preview(books, new_rule("a", theirs))
    other = await keep(stranger, new_rule("a", payee="x"))
    with pytest.raises(NotFound):
        sketch = Sketch(new_rule("a", payee="x"), other.rule.id)
        await ask(books.actor, preview_rule, sketch)
