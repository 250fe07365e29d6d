"""The list: filtered and paged by keyset, the same in both directions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fintrack.core.entries import Entry, Part
from fintrack.core.errors import InvalidInput
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.listing import Filter, Position, list_transactions
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import Books, money

DAY = date(2026, 3, 5)


async def _payees(books: Books, wanted: Filter) -> list[str]:
    page = await ask(books.actor, list_transactions, wanted)
    return [item.payee for item in page.items]


async def _shops(books: Books) -> tuple[int, int, int, int]:
    """
    2026-03-05  Café Ümlaut      Cash  Food    4.20
    2026-03-06  Kiosk            Cash  Fun    10.00
    2026-03-07  Café Ümlaut II   Bank  Food  250.00
    """
    cash, bank = await books.open("Cash"), await books.open("Bank")
    food, fun = await books.category("Food"), await books.category("Fun")
    await books.spend(cash.id, food, "4.20 EUR", DAY, "Café Ümlaut")
    await books.spend(cash.id, fun, "10 EUR", DAY + timedelta(1), "Kiosk")
    await books.spend(bank.id, food, "250 EUR", DAY + timedelta(2), "Café Ümlaut II")
    return cash.id, bank.id, food, fun


async def test_each_filter_narrows(books: Books, stranger: Books) -> None:
    cash, bank, food, _ = await _shops(books)
    await _shops(stranger)
    everything = ["Café Ümlaut II", "Kiosk", "Café Ümlaut"]
    assert await _payees(books, Filter()) == everything
    assert await _payees(books, Filter(account_ids=(cash,))) == everything[1:]
    assert await _payees(books, Filter(account_ids=(cash, bank))) == everything
    assert await _payees(books, Filter(account_ids=(food,))) == everything[::2]
    assert await _payees(books, Filter(words="caf UM")) == everything[::2]
    assert await _payees(books, Filter(words="umlaut ii")) == everything[:1]
    assert await _payees(books, Filter(since=DAY + timedelta(1))) == everything[:2]
    assert await _payees(books, Filter(until=DAY)) == everything[2:]
    assert await _payees(books, Filter(least=Decimal(10))) == everything[:2]
    assert await _payees(books, Filter(most=Decimal("4.20"))) == everything[2:]
    nobody = Filter(words="nowhere", least=Decimal(1))
    assert await _payees(books, nobody) == []


async def test_words_of_a_query_language_are_words(books: Books) -> None:
    await _shops(books)
    for words in ("' | !", "a:b & c", "<-> *", "%", "\\"):
        await _payees(books, Filter(words=words))
    assert await _payees(books, Filter(words=" :*' ")) == []


async def test_void_is_shown_only_when_asked(books: Books) -> None:
    await _shops(books)
    page = await ask(books.actor, list_transactions, Filter())
    seen = page.items[0]
    await perform(books.actor, void_transaction, TransactionMark(seen.id, 1))
    assert len(await _payees(books, Filter())) == 2
    assert len(await _payees(books, Filter(with_void=True))) == 3


async def test_pages_meet_without_gap_or_overlap_in_both_directions(
    books: Books,
) -> None:
    account, food = await books.open("Cash"), await books.category("Food")
    for n in range(11):
        await books.spend(account.id, food, "1 EUR", DAY + timedelta(n // 3), f"p{n}")
    whole = await _payees(books, Filter())
    down: list[list[str]] = []
    place: str | None = None
    while True:
        page = await ask(books.actor, list_transactions, Filter(), after=place, limit=4)
        down.append([item.payee for item in page.items])
        if page.next is None:
            break
        place = page.next
    assert [payee for part in down for payee in part] == whole
    assert [len(part) for part in down] == [4, 4, 3]

    up = [down[-1]]
    while page.previous is not None:
        page = await ask(
            books.actor, list_transactions, Filter(), before=page.previous, limit=4
        )
        up.insert(0, [item.payee for item in page.items])
    assert up == down
    assert page.previous is None


@pytest.mark.parametrize("token", ["x", "20260230-1", "2026-01-01", "", "1-"])
def test_unknown_place_is_refused(token: str) -> None:
    with pytest.raises(InvalidInput):
        Position.parse(token)


async def test_page_has_its_bounds(books: Books) -> None:
    for limit in (0, 101):
        with pytest.raises(InvalidInput):
            await ask(books.actor, list_transactions, Filter(), limit=limit)


async def test_account_lists_a_transaction_once_and_pages_like_the_rest(
    books: Books,
) -> None:
    """A payment that was written in two postings on the same account."""
    cash, food = await books.open("Cash"), await books.category("Food")
    half, whole = money("2 EUR"), money("4 EUR")
    twice = (Part(cash.id, -half), Part(cash.id, -half), Part(food, whole))
    for n in range(5):
        await books.record(
            Entry(on_date=DAY + timedelta(n // 2), parts=twice, payee=f"p{n}")
        )
    wanted = Filter(account_ids=(cash.id,), since=DAY, words="p")
    assert await _payees(books, wanted) == ["p4", "p3", "p2", "p1", "p0"]
    first = await ask(books.actor, list_transactions, wanted, limit=2)
    below = await ask(books.actor, list_transactions, wanted, after=first.next, limit=2)
    assert [item.payee for item in below.items] == ["p2", "p1"]
    above = await ask(
        books.actor, list_transactions, wanted, before=below.previous, limit=2
    )
    assert above.items == first.items
