"""The check of a statement beside what is in the books already."""

from datetime import date

import pytest

from fintrack.services.commands import perform
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.state.importing import ImportState
from tests.books import Books, money
from tests.state.import_desk import SKIP, account, confirm, page, store, upload

__all__ = ["account", "page", "store"]

pytestmark = pytest.mark.database


async def test_file_of_what_was_entered_already_marks_it_as_cleared(
    page: ImportState, books: Books, account: AccountView
) -> None:
    food = await books.category("Food")
    await books.spend(account.id, food, "2.50 EUR", date(2026, 2, 3), "Lidl")
    data = "Date,Payee,Amount\n2026-02-03,Lidl,-2.50\n"
    await page.take_file(await upload(books, account.id, data))
    assert page.check.add_label == "Mark 1 transaction as cleared"
    assert [(one.number, one.label) for one in page.check.counts][1] == (
        "1",
        "to mark as cleared",
    )
    await confirm(page)
    assert page.result.text == (
        "1 row of the file was left out. 1 that was there is marked as cleared."
    )
    await page.take_file(await upload(books, account.id, data))
    assert not page.check.can_add

    await page.take_back(page.past[0].id)
    assert not page.past[0].is_standing
    await page.take_file(await upload(books, account.id, data))
    assert page.check.can_add


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
