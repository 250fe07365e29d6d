"""Payments are read in batches, each once, whatever stands beside them."""

import pytest

from fintrack.core.entries import Entry, transfer
from fintrack.services.applying import candidates
from fintrack.services.applying.candidates import Candidate, read_batches
from fintrack.services.applying.sieve import Sieve
from fintrack.services.commands import Work, ask, perform, question
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import Books, money
from tests.services.applying.shelf import DAY, fill_shelf


@question("test.candidates")
async def read_candidates(work: Work) -> list[list[Candidate]]:
    return [batch.payments async for batch in read_batches(work, Sieve())]


async def test_each_payment_comes_once_and_the_newest_first(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "BATCH", 2)
    shelf = await fill_shelf(books)
    ids = [await shelf.spend(f"Shop {n}", day=n // 2) for n in range(5)]
    batches = await ask(books.actor, read_candidates)
    found = [one.transaction_id for batch in batches for one in batch]
    assert found == ids[::-1]
    assert [len(batch) for batch in batches] == [2, 2, 1]


async def test_what_no_rule_may_touch_is_left_out_or_closed(books: Books) -> None:
    shelf = await fill_shelf(books)
    bank = await books.open("Bank", "50 EUR")
    parts = transfer(bank.id, shelf.cash, money("5 EUR"), money("5 EUR"))
    await books.record(Entry(DAY, parts))
    gone = await shelf.spend("Gone")
    await perform(books.actor, void_transaction, TransactionMark(gone, 1))
    chosen = await shelf.spend("Chosen", shelf.food)
    left = await shelf.spend("Open")
    (batch,) = await ask(books.actor, read_candidates)
    assert [(one.transaction_id, one.is_open) for one in batch] == [
        (left, True),
        (chosen, False),
    ]
