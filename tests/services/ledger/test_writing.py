"""Rows of a transaction as they are written."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.entries import Entry, Part, pay
from fintrack.core.errors import InvalidInput
from fintrack.core.money import MAX_MINOR, Money
from tests.books import Books, money

DAY = date(2026, 3, 5)


async def test_words_are_cleaned_and_folded_for_the_search(books: Books) -> None:
    account, food = await books.open("Cash"), await books.category("Food")
    parts = pay(account.id, money("-1 EUR"), ((food, money("1 EUR")),))
    entry = Entry(DAY, parts, payee=" Çağrı  Büfe ", description="Öğle", note=" x\ny ")
    done = await books.record(entry)
    (row,) = await books.rows(
        "SELECT payee, description, note, search_text FROM transaction WHERE id = :id",
        id=done.value.id,
    )
    assert tuple(row) == ("Çağrı Büfe", "Öğle", "x\ny", "cagri bufe ogle x y")


async def test_marks_that_would_turn_a_row_are_not_kept(books: Books) -> None:
    account, food = await books.open("Cash"), await books.category("Food")
    first, second = pay(account.id, money("-1 EUR"), ((food, money("1 EUR")),))
    parts = (first, replace(second, memo="\u2067memo"))
    entry = Entry(DAY, parts, "\u202eشرق", "des\u202dc", "\u2066no\u2069te\u200f")
    view = (await books.record(entry)).value
    assert (view.payee, view.description, view.note) == ("شرق", "desc", "note\u200f")
    assert [posting.memo for posting in view.postings] == ["", "memo"]


async def test_postings_repeat_ledger_and_day(books: Books) -> None:
    account, food = await books.open("Cash"), await books.category("Food")
    await books.spend(account.id, food, "1 EUR", DAY)
    found = await books.rows("SELECT DISTINCT ledger_id, on_date FROM posting")
    assert [tuple(row) for row in found] == [(books.actor.ledger_id, DAY)]


async def test_amount_at_the_bound_is_kept_and_one_beyond_is_refused(
    books: Books,
) -> None:
    account, food = await books.open("Cash"), await books.category("Food")
    for minor in (MAX_MINOR, MAX_MINOR + 1):
        big = Money(minor, "EUR")
        entry = Entry(DAY, (Part(account.id, -big), Part(food, big)))
        if minor == MAX_MINOR:
            await books.record(entry)
        else:
            with pytest.raises(InvalidInput, match="too large"):
                await books.record(entry)
    assert (await books.balance(account.id)).minor == -MAX_MINOR


async def test_what_moves_nowhere_is_refused(books: Books) -> None:
    account = await books.open("Cash")
    there = Part(account.id, money("-1 EUR")), Part(account.id, money("1 EUR"))
    with pytest.raises(InvalidInput, match="stays on its account"):
        await books.record(Entry(DAY, there))
    assert not await books.rows("SELECT FROM transaction")
