"""COPY carries every word, and a fault in it reads like any other fault."""

import pytest
from sqlalchemy.exc import DBAPIError

from fintrack.services import change_sets, faults
from fintrack.services.commands import Work, ask
from fintrack.services.imports import copying
from fintrack.services.imports.copying import copy_in
from fintrack.services.ledger.reading import find_transaction
from tests.books import Books
from tests.services.imports.conftest import Desk

pytestmark = pytest.mark.database


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


async def _copy(books: Books, lines: bytes) -> None:
    async with books.home.unit_of_work() as session:
        now = books.home.clock()
        change_id = await change_sets.open_change_set(
            session, books.actor, "test.copy", now, None, None
        )
        work = Work(session, books.actor, now, change_id)
        await copy_in(work, copying.COPY_POSTINGS, lines)


async def test_fault_in_a_copy_has_its_state(books: Books) -> None:
    with pytest.raises(DBAPIError) as caught:
        await _copy(books, b"1\t99\t2026-02-03\t1\tEUR\t1\t\t0\n")
    assert faults.sqlstate(caught.value) == "23503"
