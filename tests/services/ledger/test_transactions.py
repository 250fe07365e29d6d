"""Transactions are recorded, edited and voided; what does not add up is refused."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.entries import Entry, Part, pay, transfer
from fintrack.core.errors import Conflict, InvalidInput, NotFound, StaleVersion
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.reading import find_transaction
from fintrack.services.ledger.transactions import (
    TransactionChange,
    TransactionMark,
    edit_transaction,
    void_transaction,
)
from tests.books import START, Books, money

DAY = date(2026, 3, 5)


async def test_expense_is_account_down_and_category_up(books: Books) -> None:
    account = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    done = await books.spend(account.id, food, "12.50 EUR", DAY, "  Café  Lux ")
    assert done.value.payee == "Café Lux"
    assert [(p.account_name, p.money) for p in done.value.postings] == [
        ("Cash", money("-12.50 EUR")),
        ("Food", money("12.50 EUR")),
    ]
    assert await ask(books.actor, find_transaction, done.value.id) == done.value


async def test_split_has_a_posting_for_each_share(books: Books) -> None:
    account = await books.open("Cash", "100 EUR")
    food, fun = await books.category("Food"), await books.category("Fun")
    parts = pay(
        account.id, money("-30 EUR"), ((food, money("20 EUR")), (fun, money("10 EUR")))
    )
    view = (await books.record(Entry(DAY, parts))).value
    assert [p.money.text for p in view.postings] == ["-30.00", "20.00", "10.00"]


async def test_income_comes_from_its_category(books: Books) -> None:
    account = await books.open("Cash")
    salary = await books.category("Salary", "income")
    parts = pay(account.id, money("2000 EUR"), ((salary, money("2000 EUR")),))
    await books.record(Entry(DAY, parts))
    assert await books.balance(account.id) == money("2000.00 EUR")


async def test_transfer_between_currencies_passes_through_the_exchange(
    books: Books,
) -> None:
    euro, yen = await books.open("Euro", "100 EUR"), await books.open("Yen", "0 JPY")
    parts = transfer(euro.id, yen.id, money("10 EUR"), money("1650 JPY"))
    view = (await books.record(Entry(DAY, parts))).value
    assert [(p.account_name, p.money.text) for p in view.postings] == [
        ("Euro", "-10.00"),
        ("Yen", "1650"),
        ("Currency exchange", "10.00"),
        ("Currency exchange", "-1650"),
    ]
    assert await books.balance(yen.id) == money("1650 JPY")
    assert await books.findings() == []


async def test_original_amount_is_kept_beside_the_posting(books: Books) -> None:
    card = await books.open("Card")
    food = await books.category("Food")
    part = Part(card.id, money("-18.50 EUR"), original=money("-20 USD"))
    entry = Entry(DAY, (part, Part(food, money("18.50 EUR"))))
    view = (await books.record(entry)).value
    assert view.postings[0].original == money("-20.00 USD")
    assert await books.balance(card.id) == money("-18.50 EUR")


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("-10 EUR",), "two parts or more"),
        (("-10 EUR", "9 EUR"), "do not add up: -1.00 EUR is left"),
        (("-10 EUR", "5 EUR", "3 USD", "1 JPY"), "kept in EUR"),
    ],
)
async def test_what_does_not_add_up_is_refused(
    books: Books, parts: tuple[str, ...], message: str
) -> None:
    account = await books.open("Cash")
    food = await books.category("Food")
    before = await books.snapshot()
    entry = Entry(
        DAY,
        tuple(
            Part(account.id if n % 2 == 0 else food, money(words))
            for n, words in enumerate(parts)
        ),
    )
    if message == "kept in EUR":
        entry = replace(
            entry, parts=(*entry.parts[:2], Part(account.id, money("-5 USD")))
        )
    with pytest.raises(InvalidInput, match=message):
        await books.record(entry)
    assert await books.snapshot() == before


@pytest.mark.parametrize(
    "entry",
    [
        Entry(date(1899, 12, 31), ()),
        Entry(date(2200, 1, 1), ()),
        Entry(START, (), payee="x" * 501),
        Entry(START, (), note="a\x00b"),
        Entry(START, tuple(Part(1, money("0 EUR")) for _ in range(101))),
    ],
    ids=["too early", "too late", "long payee", "NUL", "many parts"],
)
async def test_impossible_entry_is_refused(books: Books, entry: Entry) -> None:
    with pytest.raises(InvalidInput):
        await books.record(entry)


async def test_edit_rewrites_day_words_and_postings(books: Books) -> None:
    account = await books.open("Cash", "100 EUR")
    food, fun = await books.category("Food"), await books.category("Fun")
    first = (await books.spend(account.id, food, "10 EUR", DAY)).value
    parts = pay(
        account.id, money("-30 EUR"), ((food, money("20 EUR")), (fun, money("10 EUR")))
    )
    later = Entry(date(2026, 4, 1), parts, payee="Fair")
    change = TransactionChange(first.id, first.version, later)
    split = (await perform(books.actor, edit_transaction, change)).value
    assert (split.on_date, split.payee, split.version) == (date(2026, 4, 1), "Fair", 2)
    assert len(split.postings) == 3

    single = Entry(DAY, pay(account.id, money("-5 EUR"), ((fun, money("5 EUR")),)))
    again = TransactionChange(first.id, 2, single)
    view = (await perform(books.actor, edit_transaction, again)).value
    assert [p.money.text for p in view.postings] == ["-5.00", "5.00"]
    assert await books.balance(account.id) == money("95.00 EUR")
    assert await books.findings() == []


async def test_second_tab_does_not_overwrite_the_first(books: Books) -> None:
    account = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    seen = (await books.spend(account.id, food, "10 EUR", DAY)).value
    mine = Entry(DAY, pay(account.id, money("-1 EUR"), ((food, money("1 EUR")),)))
    change = TransactionChange(seen.id, seen.version, mine)
    await perform(books.actor, edit_transaction, change)
    with pytest.raises(StaleVersion):
        await perform(books.actor, edit_transaction, change)
    with pytest.raises(StaleVersion):
        mark = TransactionMark(seen.id, seen.version)
        await perform(books.actor, void_transaction, mark)


async def test_void_stays_in_the_books_and_counts_nowhere(books: Books) -> None:
    account = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    seen = (await books.spend(account.id, food, "10 EUR", DAY)).value
    mark = TransactionMark(seen.id, seen.version)
    void = (await perform(books.actor, void_transaction, mark)).value
    assert void.voided_at == books.home.clock()
    assert await books.balance(account.id) == money("100.00 EUR")
    with pytest.raises(Conflict, match="void"):
        await perform(books.actor, void_transaction, replace(mark, version=2))
    assert await books.findings() == []


async def test_foreign_ids_are_refused_everywhere(
    books: Books, stranger: Books
) -> None:
    mine, theirs = await books.open("Mine"), await stranger.open("Theirs")
    food, other = await books.category("Food"), await stranger.category("Food")
    seen = (await stranger.spend(theirs.id, other, "1 EUR", DAY)).value
    before = await stranger.snapshot()
    for account_id, category_id in ((mine.id, other), (theirs.id, food)):
        with pytest.raises(NotFound):
            await books.spend(account_id, category_id, "1 EUR", DAY)
    entry = Entry(DAY, pay(mine.id, money("-1 EUR"), ((food, money("1 EUR")),)))
    with pytest.raises(NotFound):
        await perform(
            books.actor, edit_transaction, TransactionChange(seen.id, 1, entry)
        )
    with pytest.raises(NotFound):
        await perform(books.actor, void_transaction, TransactionMark(seen.id, 1))
    with pytest.raises(NotFound):
        await ask(books.actor, find_transaction, seen.id)
    assert await stranger.snapshot() == before


async def test_equity_account_takes_no_posting_by_hand(books: Books) -> None:
    account = await books.open("Cash")
    (equity,) = await books.rows("SELECT id FROM account WHERE type = 'opening'")
    with pytest.raises(NotFound):
        await books.spend(account.id, equity.id, "1 EUR", DAY)


async def test_on_a_closed_account_all_but_its_amounts_can_be_edited(
    books: Books,
) -> None:
    """
    2026-01-01  open   Cash  10.00
    2026-03-05  Café   Cash  Food  10.00
    2026-03-05  close  Cash
    """
    cash, other = await books.open("Cash", "10 EUR"), await books.open("Other")
    food, fun = await books.category("Food"), await books.category("Fun")
    spent = (await books.spend(cash.id, food, "10 EUR", DAY, "Café")).value
    await perform(books.actor, close_account, AccountMark(cash.id, 1), DAY)
    parts = pay(cash.id, money("-10 EUR"), ((fun, money("10 EUR")),))
    entry = Entry(DAY, parts, payee="Café Lux", note="With Ada")
    change = TransactionChange(spent.id, 1, entry)
    kept = (await perform(books.actor, edit_transaction, change)).value
    assert (kept.payee, kept.note) == ("Café Lux", "With Ada")
    assert kept.postings[1].account_id == fun
    for account, amount in ((cash.id, "9 EUR"), (other.id, "10 EUR")):
        moved = pay(account, -money(amount), ((fun, money(amount)),))
        late = TransactionChange(spent.id, 2, Entry(DAY, moved))
        with pytest.raises(Conflict) as refused:
            await perform(books.actor, edit_transaction, late)
        assert refused.value.text == (
            "Cash is closed. Open it again under Accounts first."
        )
    assert await books.findings() == []
