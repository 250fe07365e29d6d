"""Bank and Visa, whose files tell one payment of 100 euros."""

from datetime import date

from fintrack.core.entries import Entry, Part
from fintrack.services.commands import Done, ask, perform
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.reading import TransactionView, find_transaction
from fintrack.services.ledger.transactions import (
    TransactionChange,
    TransactionMark,
    edit_transaction,
    void_transaction,
)
from tests.books import Books, money
from tests.services.arranging import keep, new_rule
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import as_csv

PAID = ("2026-11-25", "VISA PAYMENT", "-100.00")
RECEIVED = ("2026-11-26", "PAYMENT RECEIVED", "100.00")


async def open_two(books: Books) -> tuple[AccountView, AccountView]:
    return await books.open("Bank"), await books.open("Visa")


async def told_by(books: Books, account_id: int) -> int:
    """The one transaction that came with the file of an account."""
    (row,) = await books.rows(
        "SELECT t.id FROM transaction t JOIN import_batch b ON b.id = t.import_id "
        "WHERE b.account_id = :id",
        id=account_id,
    )
    return int(row.id)


async def is_void(books: Books, transaction_id: int) -> bool:
    found = await ask(books.actor, find_transaction, transaction_id)
    return found.voided_at is not None


async def count_void(books: Books) -> int:
    (row,) = await books.rows(
        "SELECT count(*) AS size FROM transaction WHERE voided_at IS NOT NULL"
    )
    return int(row.size)


async def make_transfer(
    books: Books, transaction_id: int, *account_ids: int
) -> Done[TransactionView]:
    """The money of a row leaves the first account for the second."""
    source, target = account_ids
    return await edit(books, transaction_id, (source, "-100"), (target, "100"))


async def edit(
    books: Books, transaction_id: int, *parts: tuple[int, str], on: date | None = None
) -> Done[TransactionView]:
    """Account or category and amount of each part, in euros."""
    seen = await ask(books.actor, find_transaction, transaction_id)
    made = tuple(Part(place, money(f"{minor} EUR")) for place, minor in parts)
    entry = Entry(on or seen.on_date, made, payee=seen.payee, note=seen.note)
    change = TransactionChange(seen.id, seen.version, entry)
    return await perform(books.actor, edit_transaction, change)


async def make_void(books: Books, transaction_id: int) -> Done[TransactionView]:
    seen = await ask(books.actor, find_transaction, transaction_id)
    mark = TransactionMark(seen.id, seen.version)
    return await perform(books.actor, void_transaction, mark)


async def bring_both(desk: Desk, books: Books) -> tuple[AccountView, AccountView]:
    """The file of Visa first, then that of Bank, whose row a rule makes a transfer."""
    bank, visa = await open_two(books)
    await desk.bring(visa.id, as_csv(RECEIVED))
    await keep(books, new_rule("visa payment", transfer=visa.id))
    assert (await desk.bring(bank.id, as_csv(PAID))).value.rows_matched == 1
    return bank, visa
