"""What is remembered of payees fills the next entry."""

from datetime import date, timedelta

from fintrack.core.entries import Entry, pay, transfer
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.payees import recall_payee, suggest_payees
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import Books, money

DAY = date(2026, 3, 5)


async def test_the_last_plain_visit_is_recalled(books: Books, stranger: Books) -> None:
    """
    2026-03-05  Kornblume   Cash  Food   6.80
    2026-03-06  KORNBLUME   Card  Treat  4.00
    """
    cash, card = await books.open("Cash"), await books.open("Card")
    food, treat = await books.category("Food"), await books.category("Treat")
    await books.spend(cash.id, food, "6.80 EUR", DAY, "Kornblume")
    await books.spend(card.id, treat, "4 EUR", DAY + timedelta(1), "KORNBLUME")
    found = await ask(books.actor, recall_payee, "  kornblume ")
    assert found is not None
    assert (found.account_id, found.category_id) == (card.id, treat)
    assert (found.payee, found.kind, found.visits) == ("KORNBLUME", "expense", 2)
    assert await ask(stranger.actor, recall_payee, "Kornblume") is None
    assert await ask(books.actor, recall_payee, "Korn") is None
    assert await ask(books.actor, recall_payee, " - ") is None


async def test_splits_transfers_and_void_ones_teach_nothing(books: Books) -> None:
    cash, bank = await books.open("Cash"), await books.open("Bank")
    food, fun = await books.category("Food"), await books.category("Fun")
    split = pay(
        cash.id,
        money("-10 EUR"),
        ((food, money("4 EUR")), (fun, money("6 EUR"))),
    )
    moved = transfer(cash.id, bank.id, money("5 EUR"), money("5 EUR"))
    await books.record(Entry(on_date=DAY, parts=split, payee="Market"))
    await books.record(Entry(on_date=DAY, parts=moved, payee="Market"))
    done = await books.spend(cash.id, food, "1 EUR", DAY, "Market")
    mark = TransactionMark(done.value.id, done.value.version)
    await perform(books.actor, void_transaction, mark)
    assert await ask(books.actor, recall_payee, "Market") is None


async def test_tags_that_two_visits_share_are_recalled(books: Books) -> None:
    """
    2026-03-05  Hotel  Cash  Food  #work #rome
    2026-03-06  Hotel  Cash  Food  #work
    """
    cash, food = await books.open("Cash"), await books.category("Food")
    parts = pay(cash.id, money("-5 EUR"), ((food, money("5 EUR")),))
    first = Entry(DAY, parts, payee="Hotel", tags=("work", "rome"))
    await books.record(first)
    found = await ask(books.actor, recall_payee, "Hotel")
    assert found is not None
    assert found.tags == ("rome", "work")
    second = Entry(DAY + timedelta(1), parts, payee="Hotel", tags=("work",))
    await books.record(second)
    found = await ask(books.actor, recall_payee, "Hotel")
    assert found is not None
    assert found.tags == ("work",)


async def test_payees_are_suggested_by_use_in_their_last_spelling(
    books: Books, stranger: Books
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    for days, payee in enumerate(("Café Ümlaut", "Kiosk", "Cafe Umlaut", "Cabin")):
        await books.spend(cash.id, food, "1 EUR", DAY + timedelta(days), payee)
    assert await ask(books.actor, suggest_payees) == ["Cafe Umlaut", "Cabin", "Kiosk"]
    assert await ask(books.actor, suggest_payees, "CÄF") == ["Cafe Umlaut"]
    assert await ask(books.actor, suggest_payees, "ca", limit=1) == ["Cafe Umlaut"]
    assert await ask(books.actor, suggest_payees, "umlaut") == []
    assert await ask(stranger.actor, suggest_payees) == []


async def test_a_payee_of_late_comes_before_one_of_long_ago(books: Books) -> None:
    """
    2025-01-05  Gym     twice, long ago
    2026-11-16  Bakery  once, the day before yesterday
    """
    cash, food = await books.open("Cash"), await books.category("Food")
    for day in (date(2025, 1, 5), date(2025, 1, 6)):
        await books.spend(cash.id, food, "1 EUR", day, "Gym")
    await books.spend(cash.id, food, "1 EUR", date(2026, 11, 16), "Bakery")
    assert await ask(books.actor, suggest_payees) == ["Bakery", "Gym"]
    for _ in range(9):
        await books.spend(cash.id, food, "1 EUR", date(2025, 1, 7), "Gym")
    assert await ask(books.actor, suggest_payees) == ["Gym", "Bakery"]
