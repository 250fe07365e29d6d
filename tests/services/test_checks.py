"""``fintrack check`` finds what was broken behind the triggers."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.books import Books

pytestmark = pytest.mark.database
DAY = date(2026, 3, 5)


async def test_empty_installation_is_sound(books: Books) -> None:
    assert await books.findings() == []


async def test_check_finds_what_was_broken_behind_the_triggers(books: Books) -> None:
    account = await books.open("Cash", "100 EUR")
    await books.spend(account.id, await books.category("Food"), "1 EUR", DAY)
    assert await books.findings() == []
    async with books.home.unit_of_work() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(
            text("UPDATE posting SET amount_minor = 5, currency = 'USD' WHERE id = 1")
        )
        await session.execute(text("UPDATE transaction SET voided_at = now()"))
        await session.execute(text("DELETE FROM membership"))
        await session.execute(text("UPDATE account SET closed_on = '2026-09-09'"))
        await session.execute(text("DELETE FROM account WHERE type = 'exchange'"))
        await session.execute(
            text("UPDATE account SET type = 'exchange' WHERE type = 'opening'")
        )
        await session.execute(text("DELETE FROM posting WHERE id = 4"))
        await session.execute(
            text(
                "UPDATE account SET parent_id = (SELECT id FROM account "
                "WHERE kind = 'asset') WHERE kind = 'expense'"
            )
        )
    found = {finding.invariant for finding in await books.findings()}
    assert found == {f"I{number}" for number in range(1, 11)}
