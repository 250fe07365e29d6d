"""Rules fill what an entry leaves open; an edit keeps why, unless it chooses anew."""

from dataclasses import replace
from datetime import date

from fintrack.core.entries import Entry, pay, transfer
from fintrack.services.commands import perform
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.ledger.transactions import TransactionChange, edit_transaction
from tests.books import Books, money
from tests.services.arranging import keep, new_rule, open_places

DAY = date(2026, 3, 5)


def entry(account_id: int, category_id: int, amount: str = "10.01") -> Entry:
    spent = money(f"{amount} EUR")
    parts = pay(account_id, -spent, ((category_id, spent),))
    return Entry(DAY, parts, payee="Corner shop")


def said(view: TransactionView) -> tuple[str, int | None, list[str]]:
    names = [p.account_name for p in view.postings[1:]]
    return view.category_source, view.rule_id, names


async def test_open_category_is_the_rules_and_a_chosen_one_is_not(books: Books) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    fun, open_ = await books.category("Fun"), await open_places(books)
    kept = await keep(books, new_rule("shop", food, tags=("t",), note="n"))
    left = (await books.record(entry(cash.id, open_))).value
    assert said(left) == ("rule", kept.rule.id, ["Food"])
    chosen = (await books.record(entry(cash.id, fun))).value
    assert said(chosen) == ("you", None, ["Fun"])
    assert (chosen.tags, chosen.note) == (("t",), "n")


async def test_split_loses_no_unit(books: Books) -> None:
    cash, open_ = await books.open("Cash"), await open_places(books)
    places = [await books.category(name) for name in ("A", "B", "C")]
    await keep(books, new_rule("shop", *places))
    view = (await books.record(entry(cash.id, open_))).value
    assert [p.money.text for p in view.postings] == ["-10.01", "3.41", "3.30", "3.30"]
    assert await books.findings() == []


async def test_transfer_of_a_rule_balances(books: Books) -> None:
    cash, bank = await books.open("Cash"), await books.open("Bank")
    open_ = await open_places(books)
    kept = await keep(books, new_rule("shop", transfer=bank.id))
    view = (await books.record(entry(cash.id, open_))).value
    assert said(view) == ("rule", kept.rule.id, ["Bank"])
    assert (await books.balance(bank.id)).text == "10.01"


async def test_transfer_of_a_person_is_left_alone(books: Books) -> None:
    cash, bank = await books.open("Cash"), await books.open("Bank")
    await keep(books, new_rule("shop", payee="Other", tags=("t",)))
    parts = transfer(cash.id, bank.id, money("5 EUR"), money("5 EUR"))
    view = (await books.record(Entry(DAY, parts, payee="Shop"))).value
    assert (view.payee, view.tags) == ("Shop", ())


async def test_edit_keeps_why_until_it_chooses_anew(books: Books) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    fun, open_ = await books.category("Fun"), await open_places(books)
    kept = await keep(books, new_rule("shop", food))
    first = (await books.record(entry(cash.id, open_))).value
    same = replace(entry(cash.id, food, "11"), note="more")
    done = await perform(
        books.actor, edit_transaction, TransactionChange(first.id, 1, same)
    )
    assert said(done.value) == ("rule", kept.rule.id, ["Food"])
    other = TransactionChange(first.id, 2, entry(cash.id, fun))
    done = await perform(books.actor, edit_transaction, other)
    assert said(done.value) == ("you", None, ["Fun"])
    await books.undo(done.change_id)
    found = await books.rows("SELECT category_source, rule_id FROM transaction")
    assert ("rule", kept.rule.id) in [tuple(row) for row in found]
