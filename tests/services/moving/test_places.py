"""Places of a file find those that are here, by name, kind and parent."""

import json
from typing import Any

from fintrack.core.whole_books import read_books
from fintrack.services.commands import Work
from fintrack.services.moving.places import in_order, match_places
from fintrack.services.moving.reading import figures_of
from tests.books import Books
from tests.core.test_whole_books import file


def _category(id_: str, name: str, parent: str | None = None) -> dict[str, Any]:
    return {"id": id_, "name": name, "kind": "expense", "parent": parent}


async def test_category_is_found_below_the_same_parent_alone(books: Books) -> None:
    top = await books.category("Food")
    chart = [_category("b", "Food", "a"), _category("a", "Food"), _category("c", "Fun")]
    found = read_books(json.dumps(file(accounts=[], categories=chart, transactions=[])))
    async with books.home.reading() as session:
        work = Work(session, books.actor, books.home.clock())
        matched = await match_places(work, found, figures_of(found))
    assert matched.ids == {"a": top}
    assert [one.id for one in matched.new_categories] == ["c", "b"]


def test_third_level_and_what_is_not_there_stand_at_the_top() -> None:
    chart = [
        _category("a", "A"),
        _category("b", "B", "a"),
        _category("c", "C", "b"),
        _category("d", "D", "nowhere"),
    ]
    found = read_books(json.dumps(file(accounts=[], categories=chart, transactions=[])))
    parents = {one.id: parent for one, parent in in_order(found.categories)}
    assert parents == {"a": "", "b": "a", "c": "", "d": ""}
