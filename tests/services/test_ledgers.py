"""A new ledger has its owner and its two equity accounts."""

from tests.books import Books


async def test_ledger_is_complete_from_its_first_moment(books: Books) -> None:
    (ledger,) = await books.rows("SELECT owner_id, name, base_currency FROM ledger")
    assert ledger.owner_id == books.actor.person_id
    assert (ledger.name, ledger.base_currency) == ("Home", "EUR")
    (member,) = await books.rows("SELECT person_id, role FROM membership")
    assert (member.person_id, member.role) == (books.actor.person_id, 3)
    kinds = await books.rows("SELECT kind, type FROM account ORDER BY type")
    assert [(row.kind, row.type) for row in kinds] == [
        ("equity", "exchange"),
        ("equity", "opening"),
    ]
    assert await books.findings() == []
