"""What is told of a file before the yes: its rows on days that have been settled."""

from datetime import date

import pytest

from fintrack.services.commands import perform
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.state.importing import ImportState
from tests.books import Books, money
from tests.state.import_desk import SKIP, account, page, store, upload

__all__ = ["account", "page", "store"]

pytestmark = pytest.mark.database


async def test_rows_that_come_late_to_a_reconciliation_are_told(
    page: ImportState, books: Books, account: AccountView
) -> None:
    statement = Statement(account.id, date(2026, 2, 3), money("100 EUR"))
    await perform(books.actor, finish_reconciliation, statement)
    data = "Date,Payee,Amount\n2026-02-03,Lidl,-2.50\n2026-02-04,Rewe,-1.00\n"
    await page.take_file(await upload(books, account.id, data))
    assert page.notes[-1] == (
        "1 row lies on or before Feb 3, 2026, up to which Everyday is reconciled. "
        "It joins the next statement."
    )
    await page.decide(page.rows[0].id, SKIP)
    assert not any("reconciled" in note for note in page.notes)


async def test_rows_from_before_the_opening_balance_are_told(
    page: ImportState, books: Books, account: AccountView
) -> None:
    data = "Date,Payee,Amount\n2025-02-03,Lidl,-2.50\n2026-02-04,Rewe,-1.00\n"
    await page.take_file(await upload(books, account.id, data))
    assert "was opened with" in page.notes[-1]
    assert page.notes[-1].startswith("1 row is from before Jan 1, 2026, when Everyday")
    await page.decide(page.rows[0].id, SKIP)
    assert not any("opened with" in note for note in page.notes)
    empty = await books.open("Empty")
    await page.choose_account(str(empty.id))
    assert not any("opened with" in note for note in page.notes)
