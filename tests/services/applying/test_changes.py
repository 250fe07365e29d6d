"""What one rule changes, as it stands among the others."""

from fintrack.services.applying.applying import apply_rule
from fintrack.services.applying.previewing import Sketch, preview_rule
from fintrack.services.commands import ask, perform
from fintrack.services.rules.rule_rows import NewRule
from tests.books import Books
from tests.services.applying.shelf import fill_shelf
from tests.services.arranging import keep, mark, new_rule


async def count(books: Books, new: NewRule) -> int:
    return (await ask(books.actor, preview_rule, Sketch(new))).count


async def test_rule_that_comes_before_keeps_what_is_its_own(books: Books) -> None:
    shelf = await fill_shelf(books)
    await shelf.spend("Corner shop")
    await keep(books, new_rule("corner", shelf.food))
    assert await count(books, new_rule("shop", shelf.fun)) == 0
    assert await count(books, new_rule("shop", shelf.fun, tags=("t",))) == 1


async def test_nothing_changes_where_all_is_so_already(books: Books) -> None:
    shelf = await fill_shelf(books)
    await shelf.spend("Corner shop")
    new = new_rule("shop", shelf.food, tags=("t",), note="n", payee="Shop")
    kept = await keep(books, new)
    await perform(books.actor, apply_rule, mark(kept))
    again = await ask(books.actor, preview_rule, Sketch(new, kept.rule.id))
    assert again.count == 0


async def test_note_of_a_person_stays(books: Books) -> None:
    shelf = await fill_shelf(books)
    await shelf.spend("Corner shop", shelf.food)
    assert await count(books, new_rule("shop", note="n")) == 1
    kept = await keep(books, new_rule("shop", note="first"))
    await perform(books.actor, apply_rule, mark(kept))
    assert await count(books, new_rule("shop", note="second")) == 0
