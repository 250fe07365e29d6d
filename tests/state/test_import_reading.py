"""How a file is read is corrected on the import page."""

from fintrack.services.ledger.account_rows import AccountView
from fintrack.state.importing import ImportState
from tests.books import Books
from tests.state.import_desk import N26, account, bank, confirm, page, store, upload

__all__ = ["account", "page", "store"]


async def test_reading_is_corrected_and_remembered(
    page: ImportState, books: Books, account: AccountView
) -> None:
    text = "Date;Payee;Amount\n03.04.2026;Baker;-5,00\n"
    await page.take_file(await upload(books, account.id, text))
    page.set_correcting(True)
    await page.correct({"dates": "mdy", "sign": "flip"})
    assert not page.is_correcting
    assert (page.rows[0].day, page.rows[0].amount.sign) == ("Mar 4", "+")
    assert not page.is_remembered
    await confirm(page)
    await page.take_file(await upload(books, account.id, text))
    assert page.is_remembered
    assert page.reading.dates_value == "mdy"


async def test_other_header_row_finds_the_columns_again(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    await page.correct({"header_row": "0"})
    assert page.reading.columns[0].name == "Column 1"
    await page.correct({"header_row": "1"})
    assert page.reading.columns[0].name == "Booking Date"
    assert page.check.add_label == "Import 4 transactions"


async def test_mapping_without_a_date_says_what_is_missing(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    await page.correct({"column_0": "ignore", "column_1": "ignore"})
    assert page.rows == []
    assert page.notes
    assert not page.check.can_add
    await page.correct({"column_0": "date"})
    assert page.check.add_label == "Import 4 transactions"


async def test_value_that_the_form_does_not_offer_is_refused(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    page.set_correcting(True)
    await page.correct({"encoding": "klingon"})
    assert "encoding" in page.errors
    assert page.is_correcting
