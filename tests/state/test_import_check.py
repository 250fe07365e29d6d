"""The check of a statement beside what is in the books already."""

from datetime import date

import pytest

from fintrack.services.ledger.account_rows import AccountView
from fintrack.state.importing import ImportState
from tests.books import Books
from tests.state.import_desk import account, confirm, page, store, upload

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


async def test_category_of_a_file_is_said_and_one_that_is_not_there_too(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await books.category("Food")
    split = "D2/15/26\nT-9\nSFood\n$-4\nSTrips:Rome\n$-5\n^\n"
    data = "!Type:Bank\nD2/13/26\nT-5\nLFood\n^\nD2/14/26\nT-6\nLTrips:Rome\n^\n"
    await page.take_file(await upload(books, account.id, data + split))
    assert [row.given for row in page.rows] == [
        "Food, as the file says",
        "",
        "Food + No category, as the file says",
    ]
    assert page.notes == [
        "These categories are not among yours, so they are not taken: Trips:Rome."
    ]
