"""Category rows: names are cleaned, places checked."""

import pytest

from fintrack.core.errors import InvalidInput, NotFound
from fintrack.services.commands import Work
from fintrack.services.ledger import category_rows
from tests.books import Books


def test_name_loses_needless_blanks() -> None:
    assert category_rows.clean_name("  Eating \t out ") == "Eating out"


@pytest.mark.parametrize("name", ["", " \t", "x" * 61, "a\x07b"])
def test_unusable_name_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        category_rows.clean_name(name)


async def test_equity_and_accounts_are_no_categories(books: Books) -> None:
    account = await books.open("Cash")
    (equity,) = await books.rows("SELECT id FROM account WHERE type = 'opening'")
    async with books.home.reading() as session:
        work = Work(session, books.actor, books.home.clock())
        for other in (account.id, equity.id):
            with pytest.raises(NotFound):
                await category_rows.own_category(work, other)
