"""COPY carries every word, and a fault in it reads like any other fault."""

from fintrack.services.commands import ask
from fintrack.services.ledger.reading import find_transaction
from tests.books import Books
from tests.services.imports.conftest import Desk


async def test_words_arrive_as_the_bank_wrote_them(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    payee = r"A\tB \N \. 100% Çağrı’s “Döner”"
    data = f'Date,Payee,Amount\n2026-02-03,"{payee}",-2.50\n'
    await desk.bring(account.id, data)
    (row,) = await books.rows("SELECT id FROM transaction WHERE import_id IS NOT NULL")
    found = await ask(books.actor, find_transaction, row.id)
    assert found.payee == payee
    assert [part.money.minor for part in found.postings] == [-250, 250]
    assert found.version == 1
