from datetime import date

from fintrack.services.commands import perform
from fintrack.services.sample.adding import NewSample, add_sample
from tests.books import Books

UNTIL = date(2026, 11, 18)


async def _add(books: Books, language: str) -> None:
    await perform(books.actor, add_sample, NewSample(UNTIL, language))


async def test_words_are_those_of_the_language_and_can_be_searched(
    books: Books,
) -> None:
    await _add(books, "tr")
    (row,) = await books.rows(
        "SELECT DISTINCT payee, search_text FROM transaction WHERE payee = 'Kitapçı'"
    )
    assert row.search_text == "kitapci"


async def test_exchange_passes_through_the_exchange_account(books: Books) -> None:
    await _add(books, "en")
    (row,) = await books.rows(
        "SELECT array_agg(DISTINCT p.currency ORDER BY p.currency) AS currencies "
        "FROM posting p JOIN account a ON a.id = p.account_id AND a.type = 'exchange'"
    )
    assert row.currencies == ["EUR", "TRY", "USD"]


async def test_foreign_charge_stands_beside_the_card(books: Books) -> None:
    await _add(books, "en")
    rows = await books.rows(
        "SELECT DISTINCT a.name, p.original_minor, p.original_currency FROM posting p "
        "JOIN account a ON a.id = p.account_id WHERE p.original_minor IS NOT NULL"
    )
    assert [tuple(row) for row in rows] == [("Credit card", -20_00, "USD")]


async def test_whole_story_is_written_by_two_statements(books: Books) -> None:
    await _add(books, "en")
    rows = await books.rows(
        "SELECT table_name, count(DISTINCT statement) AS statements FROM change_row "
        "WHERE table_name IN ('transaction', 'posting') GROUP BY 1"
    )
    assert {tuple(row) for row in rows} == {("transaction", 1), ("posting", 1)}


async def test_next_transaction_has_a_number_of_its_own(books: Books) -> None:
    await _add(books, "en")
    bank, food = await books.open("Bank"), await books.category("Drinks")
    done = await books.spend(bank.id, food, "1 EUR", UNTIL)
    (row,) = await books.rows("SELECT max(id) AS last FROM transaction")
    assert done.value.id == row.last
