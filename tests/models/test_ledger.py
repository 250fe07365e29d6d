"""The books keep themselves: what no service could break if it tried."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fintrack.services import change_sets
from tests.books import Books

DAY = date(2026, 3, 5)


async def _write(books: Books, statement: str, **values: object) -> None:
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(
            session, books.actor, "test", books.home.clock(), None, None
        )
        await session.execute(text(statement), values)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE posting SET amount_minor = amount_minor + 1 WHERE id = :p", "zero"),
        ("DELETE FROM posting WHERE id = :p", "zero"),
        ("UPDATE posting SET currency = 'USD' WHERE id = :p", "other currency|zero"),
        ("UPDATE posting SET account_id = :t WHERE id = :p", "posting_ledger_id_acc"),
        ("UPDATE posting SET on_date = '2026-05-05' WHERE id = :p", "on_date_fkey"),
        ("UPDATE posting SET amount_minor = 1000000000000001 WHERE id = :p", "check"),
        ("UPDATE account SET kind = 'expense', currency = NULL WHERE id = :a", "kind"),
        ("UPDATE account SET currency = 'USD' WHERE id = :a", "never changes"),
        ("UPDATE account SET parent_id = :t WHERE id = :a", "parent_id_fkey"),
        ("UPDATE posting SET id = id + 1000", "never changes"),
        (
            (
                "UPDATE posting SET transaction_id = "
                "(SELECT min(id) FROM transaction), on_date = "
                "(SELECT on_date FROM transaction ORDER BY id LIMIT 1), "
                "amount_minor = 0 WHERE id = :p"
            ),
            "never changes its transaction",
        ),
    ],
)
async def test_database_refuses(
    books: Books, stranger: Books, statement: str, reason: str
) -> None:
    """I1, I2, I3, I11, I17: no service could break them if it tried."""
    account = await books.open("Cash", "100 EUR")
    theirs = await stranger.open("Vault")
    spent = await books.spend(account.id, await books.category("Food"), "1 EUR", DAY)
    (posting,) = await books.rows(
        "SELECT id FROM posting WHERE transaction_id = :t AND account_id = :a",
        t=spent.value.id,
        a=account.id,
    )
    before = await books.snapshot()
    with pytest.raises(DBAPIError, match=reason):
        await _write(
            books,
            statement,
            **{
                name: value
                for name, value in {
                    "p": posting.id,
                    "a": account.id,
                    "t": theirs.id,
                }.items()
                if f":{name}" in statement
            },
        )
    assert await books.snapshot() == before


async def test_roll_up_follows_day_amount_and_void(books: Books) -> None:
    account = await books.open("Cash")
    food = await books.category("Food")
    spent = await books.spend(account.id, food, "7 EUR", DAY)
    await _write(
        books,
        "UPDATE transaction SET on_date = '2026-04-01' WHERE id = :t",
        t=spent.value.id,
    )
    assert [
        (str(row.month), int(row.amount_minor))
        for row in await books.rows(
            "SELECT month, amount_minor FROM balance_month WHERE account_id = :a",
            a=food,
        )
    ] == [("2026-04-01", 700)]
    await _write(
        books,
        "UPDATE posting SET voided_at = '2026-05-01Z' WHERE transaction_id = :t",
        t=spent.value.id,
    )
    assert not await books.rows(
        "SELECT FROM balance_month WHERE account_id = :a", a=food
    )
