"""The opening balance of an account is a transaction, and may come later."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.entries import Entry, Part, Slot
from fintrack.core.errors import Conflict, InvalidInput, NotFound, UndoRefused
from fintrack.core.money import Money
from fintrack.services.commands import Done, ask, perform
from fintrack.services.ledger.accounts import (
    AccountChange,
    AccountMark,
    AccountView,
    close_account,
    edit_account,
    find_account,
)
from fintrack.services.ledger.openings import Opening, find_opening
from fintrack.services.ledger.reading import find_transaction
from fintrack.services.ledger.transactions import TransactionChange, edit_transaction
from tests.books import START, Books, money

EARLIER = date(2025, 7, 1)


async def _opening(books: Books) -> int:
    (opening_id,) = await _openings(books)
    return opening_id


async def _openings(books: Books) -> list[int]:
    found = await books.rows(
        "SELECT p.transaction_id AS id FROM posting p JOIN account a "
        "ON a.id = p.account_id WHERE a.type = 'opening' ORDER BY p.transaction_id"
    )
    return [int(row.id) for row in found]


async def test_account_opens_on_the_day_of_its_opening_balance(books: Books) -> None:
    account, earlier = await books.open("Giro", "10 EUR"), date(2025, 7, 1)
    before = await books.snapshot()
    done = await books.move(await _opening(books), earlier)
    seen = await ask(books.actor, find_account, account.id)
    assert (seen.opened_on, seen.version) == (earlier, 2)
    await books.undo(done.change_id)
    assert (await ask(books.actor, find_account, account.id)).opened_on == START
    assert await books.snapshot() == before


async def test_account_opens_on_no_day_to_come(books: Books) -> None:
    account = await books.open("Giro", "10 EUR")
    with pytest.raises(InvalidInput) as refused:
        await books.move(await _opening(books), date(2026, 12, 24))
    assert refused.value.problems[0].field == "on_date"
    assert await ask(books.actor, find_account, account.id) == account


async def _give(
    books: Books, account: AccountView, opening: str, day: date | None = EARLIER
) -> Done[AccountView]:
    change = AccountChange(account.id, account.version, account.name)
    given = replace(change, opening=money(opening), opened_on=day)
    return await perform(books.actor, edit_account, given)


async def test_opening_balance_comes_later(books: Books) -> None:
    account, before = await books.open("Giro"), await books.snapshot()
    nothing = Opening(START, money("0 EUR"))
    assert await ask(books.actor, find_opening, account.id) == nothing
    done = await _give(books, account, "10 EUR")
    assert (done.value.balance, done.value.opened_on) == (money("10 EUR"), EARLIER)
    seen = await ask(books.actor, find_opening, account.id)
    assert (seen.money, seen.on_date) == (money("10 EUR"), EARLIER)
    found = await ask(books.actor, find_transaction, seen.transaction_id or 0)
    assert found.postings[0].cleared_at is not None
    assert await books.findings() == []
    await books.undo(done.change_id)
    assert await books.snapshot() == before


async def test_first_day_alone_is_corrected(books: Books) -> None:
    account = await books.open("Giro")
    change = AccountChange(account.id, 1, "Giro", opened_on=EARLIER)
    done = await perform(books.actor, edit_account, change)
    assert (done.value.opened_on, done.value.balance.minor) == (EARLIER, 0)


async def test_opening_balance_that_stands_is_edited_as_a_transaction(
    books: Books,
) -> None:
    account = await books.open("Giro", "5 EUR")
    with pytest.raises(Conflict, match="of 2026-01-01"):
        await _give(books, account, "10 EUR")
    assert await ask(books.actor, find_account, account.id) == account


async def test_undo_brings_no_second_opening_balance(books: Books) -> None:
    account = await books.open("Giro")
    first = await _give(books, account, "200 EUR")
    undone = await books.undo(first.change_id)
    now = await ask(books.actor, find_account, account.id)
    await _give(books, now, "300 EUR")
    before = await books.snapshot()
    with pytest.raises(UndoRefused, match="Giro has another opening balance"):
        await books.undo(undone.id)
    assert await books.snapshot() == before


async def test_undo_of_a_split_opening_balance_does_not_count_its_category(
    books: Books,
) -> None:
    """Both openings have a part on Food, which opens nothing."""
    giro, pot = await books.open("Giro", "10 EUR"), await books.open("Pot", "20 EUR")
    food = await books.category("Food")
    first, second = await _openings(books)
    await _split(books, first, {giro.id: "9 EUR", food: "1 EUR"})
    done = await _split(books, second, {pot.id: "18 EUR", food: "2 EUR"})
    await books.undo(done)
    assert await books.balance(pot.id) == money("20 EUR")
    await _split(books, second, {pot.id: "18 EUR", food: "2 EUR"}, version=3)
    more = {pot.id: "17 EUR", food: "3 EUR"}
    await books.undo(await _split(books, second, more, version=4))
    assert await books.balance(pot.id) == money("18 EUR")


async def _split(
    books: Books, opening_id: int, amounts: dict[int, str], version: int = 1
) -> int:
    """Says what of an opening balance was on which account; which change it was."""
    (equity,) = await books.rows("SELECT id FROM account WHERE type = 'opening'")
    said = [(account_id, money(amount)) for account_id, amount in amounts.items()]
    whole = Money(sum(part.minor for _, part in said), "EUR")
    parts = (*(Part(*one) for one in said), Part(equity.id, -whole))
    change = TransactionChange(opening_id, version, Entry(START, parts))
    return (await perform(books.actor, edit_transaction, change)).change_id


async def test_impossible_opening_is_refused(books: Books) -> None:
    account = await books.open("Giro")
    with pytest.raises(InvalidInput) as late:
        await _give(books, account, "10 EUR", date(2026, 12, 24))
    with pytest.raises(InvalidInput) as foreign:
        await _give(books, account, "10 USD")
    fields = [caught.value.problems[0].field for caught in (late, foreign)]
    assert fields == ["opened_on", "opening.currency"]
    closed = await perform(
        books.actor, close_account, AccountMark(account.id, 1), START
    )
    with pytest.raises(Conflict, match="closed"):
        await _give(books, closed.value, "10 EUR")


async def test_opening_of_what_is_no_account_is_not_found(
    books: Books, stranger: Books
) -> None:
    theirs = await stranger.open("Giro", "5 EUR")
    for missing in (theirs.id, await books.category("Food")):
        with pytest.raises(NotFound):
            await ask(books.actor, find_opening, missing)


async def test_opening_balance_stays_on_its_account(books: Books) -> None:
    account, other = await books.open("Giro", "10 EUR"), await books.open("Pot")
    (equity,) = await books.rows("SELECT id FROM account WHERE type = 'opening'")
    food, id_ = await books.category("Food"), await _opening(books)
    before = await books.snapshot()
    opening = Part(equity.id, money("-10 EUR"))
    for own in (
        (Part(other.id, money("10 EUR"), slot=Slot("here", ACCOUNT_KINDS)),),
        (
            Part(account.id, money("4 EUR")),
            Part(other.id, money("6 EUR"), slot=Slot("here", ACCOUNT_KINDS)),
        ),
    ):
        change = TransactionChange(id_, 1, Entry(EARLIER, (*own, opening)))
        with pytest.raises(InvalidInput, match="stays on its account") as refused:
            await perform(books.actor, edit_transaction, change)
        assert refused.value.problems[0].field == "here"
    assert await books.snapshot() == before
    split = (
        Part(account.id, money("9 EUR")),
        Part(food, money("1 EUR")),
        opening,
    )
    change = TransactionChange(id_, 1, Entry(EARLIER, split))
    await perform(books.actor, edit_transaction, change)
    assert await books.balance(account.id) == money("9 EUR")
