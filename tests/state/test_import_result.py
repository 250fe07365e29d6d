"""What an import has done is told with what it ended."""

from fintrack.services.ledger.account_rows import AccountView
from fintrack.state.importing import ImportState
from tests.books import Books
from tests.services.arranging import keep, new_rule
from tests.state.import_desk import account, confirm, page, store, upload

__all__ = ["account", "page", "store"]


async def test_row_for_which_a_transfer_stands_is_told(
    page: ImportState, books: Books, account: AccountView
) -> None:
    visa = await books.open("Visa")
    received = "Date,Payee,Amount\n2026-02-04,RECEIVED,100.00\n"
    await page.take_file(await upload(books, visa.id, received))
    await confirm(page)
    await keep(books, new_rule("visa payment", transfer=visa.id))
    paid = "Date,Payee,Amount\n2026-02-03,VISA PAYMENT,-100.00\n"
    await page.take_file(await upload(books, account.id, paid))
    await confirm(page)
    told = "1 row of the other account is the same transfer and void now."
    assert (page.result.text, page.result.left_out_file) == (told, "")
