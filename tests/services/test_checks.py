"""``fintrack check`` finds what was broken behind the triggers, and only that."""

from datetime import date
from typing import Final, NamedTuple

import pytest
from sqlalchemy import text

from tests.books import Books

DAY = date(2026, 3, 5)

ROLL_UP: Final = """
    INSERT INTO balance_month (ledger_id, account_id, currency, month, amount_minor,
        posting_count)
    SELECT ledger_id, account_id, currency,
        date_trunc('month', on_date::timestamp)::date, sum(amount_minor), count(*)
    FROM posting WHERE voided_at IS NULL GROUP BY 1, 2, 3, 4
"""


class Breach(NamedTuple):
    """SQL that breaks one promise; the roll-up follows it, or does not."""

    invariant: str
    sql: str
    rolls_up: bool = True


BREACHES: Final = (
    Breach(
        "I1",
        "UPDATE posting SET amount_minor = amount_minor + 1 WHERE amount_minor > 0 "
        "AND transaction_id = (SELECT max(id) FROM transaction)",
    ),
    Breach(
        "I2",
        "DELETE FROM posting WHERE transaction_id = (SELECT max(id) FROM transaction)",
    ),
    Breach(
        "I3",
        "UPDATE posting SET currency = 'USD' "
        "WHERE transaction_id = (SELECT max(id) FROM transaction)",
    ),
    Breach(
        "I4",
        "UPDATE balance_month SET posting_count = posting_count + 1",
        rolls_up=False,
    ),
    Breach(
        "I5",
        "UPDATE transaction SET voided_at = now() "
        "WHERE id = (SELECT max(id) FROM transaction)",
    ),
    Breach(
        "I6",
        "UPDATE posting SET account_id = (SELECT id FROM account "
        "WHERE type = 'exchange') WHERE amount_minor > 0 "
        "AND transaction_id = (SELECT max(id) FROM transaction)",
    ),
    Breach("I7", "DELETE FROM membership"),
    Breach("I8", "DELETE FROM account WHERE type = 'exchange'"),
    Breach(
        "I9",
        "UPDATE account SET parent_id = (SELECT id FROM account WHERE kind = 'asset') "
        "WHERE kind = 'expense' AND parent_id IS NULL",
    ),
    Breach("I10", "UPDATE account SET closed_on = '2026-09-09' WHERE kind = 'asset'"),
)


@pytest.fixture
async def spent(books: Books) -> Books:
    account = await books.open("Cash", "100 EUR")
    await books.spend(account.id, await books.category("Food"), "1 EUR", DAY)
    return books


async def test_empty_installation_is_sound(books: Books) -> None:
    assert await books.findings() == []


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: breach.invariant)
async def test_check_finds_the_breach_and_no_other(
    spent: Books, breach: Breach
) -> None:
    assert await spent.findings() == []
    async with spent.home.unit_of_work() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text(breach.sql))
        if breach.rolls_up:
            await session.execute(text("DELETE FROM balance_month"))
            await session.execute(text(ROLL_UP))
    found = {finding.invariant for finding in await spent.findings()}
    assert found == {breach.invariant}
