"""Whole books come into empty ones as they were, or not at all."""

import json
from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.chart import AccountType
from fintrack.core.entries import Entry, Part, transfer
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.services import blobs
from fintrack.services.commands import ask, perform
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.ledger.accounts import (
    MAX_NAME,
    AccountMark,
    NewAccount,
    close_account,
    find_account,
    list_accounts,
    open_account,
)
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.ledger.transactions import TransactionChange, edit_transaction
from fintrack.services.moving import reading
from fintrack.services.moving.bringing import bring_books
from fintrack.services.moving.receiving import survey_file
from tests.books import Books, money
from tests.services.moving.house import DAY, balances, furnish, keep, write


async def _told(books: Books) -> list[object]:
    """Everything that a list shows of each transaction, without ids and instants."""
    page = await ask(books.actor, list_transactions, Filter(with_void=True))
    return [_plain(view) for view in page.items]


def _plain(view: TransactionView) -> object:
    postings = tuple(
        replace(
            one,
            account_id=0,
            cleared_at=None,
            memo=f"{one.memo} {'cleared' if one.cleared_at else ''}",
        )
        for one in view.postings
    )
    voided = None if view.voided_at is None else "void"
    return (
        *(view.on_date, view.payee, view.description, view.note),
        *(sorted(view.tags), voided, postings),
    )


async def test_moved_books_say_what_the_first_ones_said(
    books: Books, stranger: Books
) -> None:
    await furnish(books)
    text = await write(books)
    file = await keep(text, "books.json")
    done = await perform(stranger.actor, bring_books, file)
    assert (done.value.accounts, done.value.tags, done.value.transactions) == (4, 2, 6)
    assert await balances(stranger) == await balances(books)
    assert await _told(stranger) == await _told(books)
    assert await stranger.findings() == []
    closed = "SELECT name FROM account WHERE closed_on IS NOT NULL ORDER BY id"
    assert [row.name for row in await books.rows(closed)] == ["Old", "Old"]
    # What is written from the copy says the same again.
    again, first = json.loads(await write(stranger)), json.loads(text)
    assert len(again["transactions"]) == len(first["transactions"])


async def test_move_is_undone_redone_and_taken_back(
    books: Books, stranger: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 2)
    await furnish(books)
    file = await keep(await write(books), "books.json")
    before = await books.snapshot()
    done = await perform(stranger.actor, bring_books, file, key="move")
    after = await books.snapshot()
    undone = await stranger.undo(done.change_id)
    assert await books.snapshot() == before
    await stranger.undo(undone.id)
    assert await books.snapshot() == after
    assert await perform(stranger.actor, bring_books, file, key="move") == done
    await perform(
        stranger.actor,
        take_back_import,
        TakeBack(done.value.import_id, all_edited=True),
    )
    assert await _told(stranger) == []


async def test_places_of_the_same_name_are_taken_and_others_kept_apart(
    books: Books, stranger: Books
) -> None:
    await furnish(books)
    await stranger.open("Bank")
    await stranger.open("Pot", "0 USD")
    await stranger.category("Food")
    file = await keep(await write(books))
    done = await perform(stranger.actor, bring_books, file)
    assert done.value.accounts == 3
    assert [name for name, _, _ in await balances(stranger)] == [
        "Bank",
        "Dollars",
        "Pot",
        "Pot (EUR)",
    ]
    foods = await books.rows("SELECT count(*) AS n FROM account WHERE name = 'Food'")
    assert foods[0].n == 2


async def test_books_with_transactions_take_no_others(books: Books) -> None:
    await furnish(books)
    before = await books.snapshot()
    with pytest.raises(Conflict, match="already"):
        await perform(books.actor, bring_books, await keep(await write(books)))
    assert await books.snapshot() == before


async def test_file_that_cannot_be_leaves_nothing(
    books: Books, stranger: Books
) -> None:
    await furnish(books)
    file = json.loads(await write(books))
    file["transactions"][-1]["postings"][0]["amount"] = "99.00"
    before = await books.snapshot()
    with pytest.raises(InvalidInput, match="sum to zero"):
        await perform(stranger.actor, bring_books, await keep(json.dumps(file)))
    assert await books.snapshot() == before


async def test_coins_and_what_ended_meanwhile_move_along(
    books: Books, stranger: Books
) -> None:
    """An account may outlive its money: the lev ended on the last day of January."""
    await books.open("Ledger", "0.12345678 SOL")
    await books.open("Tether", "-5.5 USDT")
    old = (await write(books)).replace("USDT", "BGN").replace("-5.50000000", "-5.50")
    await perform(stranger.actor, bring_books, await keep(old, "books.json"))
    assert sorted(text for _, _, text in await balances(stranger)) == [
        "-5.50",
        "0.12345678",
    ]
    assert await stranger.findings() == []


async def test_what_moved_nowhere_elsewhere_comes_along_and_its_words_change(
    books: Books, stranger: Books
) -> None:
    """Only what is entered here must move; other books may hold such a row."""
    await furnish(books)
    file = json.loads(await write(books))
    (one,) = [found for found in file["transactions"] if found["payee"] == "Shop"]
    one["postings"][1]["account"] = one["postings"][0]["account"]
    moved = await keep(json.dumps(file), "books.json")
    await perform(stranger.actor, bring_books, moved)
    page = await ask(stranger.actor, list_transactions, Filter())
    (view,) = [found for found in page.items if found.payee == "Shop"]
    assert len({posting.account_id for posting in view.postings}) == 1
    parts = tuple(Part(p.account_id, p.money) for p in view.postings)
    change = TransactionChange(view.id, 1, Entry(view.on_date, parts, "Store"))
    edited = await perform(stranger.actor, edit_transaction, change)
    assert edited.value.payee == "Store"


async def test_closed_account_and_the_open_one_of_its_name_keep_it(
    books: Books, stranger: Books
) -> None:
    old = await books.open("Twin")
    await perform(books.actor, close_account, AccountMark(old.id, 1), DAY)
    await books.open("Twin", "42 EUR")
    file = await keep(await write(books))
    await stranger.open("Twin")
    await perform(stranger.actor, bring_books, file)
    found = await ask(stranger.actor, list_accounts, closed=True)
    assert [(one.name, one.balance.text, one.closed_on) for one in found] == [
        ("Twin", "42.00", None),
        ("Twin", "0.00", DAY),
    ]


async def test_account_closes_no_earlier_than_its_last_transaction(
    books: Books, stranger: Books
) -> None:
    till, pot = await books.open("Till", "5 EUR"), await books.open("Pot")
    moved = transfer(till.id, pot.id, money("5 EUR"), money("5 EUR"))
    await books.record(Entry(DAY, moved))
    file = json.loads(await write(books))
    for one in file["accounts"]:
        one["closed_on"] = "2026-02-01"
    text = json.dumps(file)
    seen = await survey_file(stranger.actor, blobs.whole(text.encode()))
    assert [(one.name, one.closes_on) for one in seen.accounts] == [
        ("Till", DAY),
        ("Pot", None),
    ]
    await perform(stranger.actor, bring_books, await keep(text))
    found = await ask(stranger.actor, list_accounts, closed=True)
    assert [(one.name, one.closed_on) for one in found] == [
        ("Pot", None),
        ("Till", DAY),
    ]


async def test_account_that_was_here_opens_with_the_balance_that_comes(
    books: Books, stranger: Books
) -> None:
    await books.open("Bank", "100 EUR")
    bank = await stranger.open("Bank")
    file, earlier = json.loads(await write(books)), date(2025, 7, 1)
    (opening,) = file["transactions"]
    opening["date"] = earlier.isoformat()
    before = await books.snapshot()
    moved = await keep(json.dumps(file))
    done = await perform(stranger.actor, bring_books, moved)
    seen = await ask(stranger.actor, find_account, bank.id)
    assert (seen.opened_on, seen.balance) == (earlier, money("100 EUR"))
    await stranger.undo(done.change_id)
    assert await books.snapshot() == before


async def test_name_that_is_taken_is_told_apart_within_its_bound(
    books: Books, stranger: Books
) -> None:
    """A loan here and an account of the file may have one name; people see one list."""
    name = "n" * MAX_NAME
    await books.open(name)
    new = NewAccount(name, AccountType.LOAN, money("0 EUR"), DAY)
    await perform(stranger.actor, open_account, new)
    file = await keep(await write(books))
    await perform(stranger.actor, bring_books, file)
    names = [one for one, _, _ in await balances(stranger)]
    assert sorted(names) == [f"{name[:-6]} (EUR)", name]
