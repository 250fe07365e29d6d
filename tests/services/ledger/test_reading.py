"""Transactions are read with their postings in the order of entry."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.core.errors import NotFound
from fintrack.services.commands import ask
from fintrack.services.ledger.reading import find_transaction
from tests.books import Books, money

DAY = date(2026, 3, 5)


async def test_parts_keep_the_order_they_were_entered_in(books: Books) -> None:
    account = await books.open("Cash")
    ids = [await books.category(name) for name in ("Zoo", "Art", "Museum")]
    shares = tuple((category, money("1 EUR")) for category in ids)
    entry = Entry(DAY, pay(account.id, money("-3 EUR"), shares), note="trip")
    done = await books.record(entry)
    seen = await ask(books.actor, find_transaction, done.value.id)
    assert [p.account_name for p in seen.postings] == ["Cash", "Zoo", "Art", "Museum"]
    assert [p.kind for p in seen.postings] == ["asset", *["expense"] * 3]
    assert (seen.note, seen.category_source, seen.voided_at) == ("trip", "you", None)


async def test_missing_transaction_is_not_found(books: Books) -> None:
    with pytest.raises(NotFound):
        await ask(books.actor, find_transaction, 1)
