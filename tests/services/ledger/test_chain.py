"""The check finds a chain that was torn behind the verbs."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.services.reconciling.house import APRIL, MARCH, Desk

RAW = text("SET LOCAL session_replication_role = replica")
# Behind the trail, as nobody but an administrator of the database could.
AMOUNT = text("UPDATE posting SET amount_minor = amount_minor * 2")
OPENED = text(
    "UPDATE reconciliation SET opened_at = closed_at, opened_change_id = 1 "
    "WHERE previous_id IS NULL"
)


async def test_amount_changed_behind_the_verbs_is_found(desk: Desk) -> None:
    """I28: what stands adds up."""
    await desk.finish(MARCH, "100 EUR")
    async with desk.books.home.unit_of_work() as session:
        await session.execute(RAW)
        await session.execute(AMOUNT)
    found = {one.invariant for one in await desk.books.findings()}
    assert "I28" in found


async def test_reconciliation_on_an_opened_one_is_found(desk: Desk) -> None:
    """I29: what was opened holds nothing and carries nothing."""
    await desk.finish(MARCH, "100 EUR")
    await desk.finish(APRIL, "100 EUR")
    async with desk.books.home.unit_of_work() as session:
        await session.execute(RAW)
        await session.execute(OPENED)
    found = {one.invariant for one in await desk.books.findings()}
    assert found == {"I29"}


async def test_database_refuses_a_second_chain(desk: Desk) -> None:
    await desk.finish(MARCH, "100 EUR")
    copy = text(
        "INSERT INTO reconciliation (ledger_id, account_id, statement_on, "
        "balance_minor, closed_at, closed_by) SELECT ledger_id, account_id, "
        "cast(:day AS date), balance_minor, closed_at, closed_by FROM reconciliation"
    )
    with pytest.raises(IntegrityError, match="reconciliation_chain_idx"):
        async with desk.books.home.unit_of_work() as session:
            await session.execute(RAW)
            await session.execute(copy, {"day": date(2026, 3, 1)})
