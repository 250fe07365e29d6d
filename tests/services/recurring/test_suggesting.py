"""What came again and again in the books is suggested."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.core.errors import InvalidInput
from fintrack.core.recurrence import Pattern
from fintrack.services.commands import ask, perform
from fintrack.services.recurring import suggesting
from fintrack.services.recurring.suggesting import (
    Suggestion,
    dismiss_suggestion,
    mark_of,
    suggest_items,
)
from tests.books import Books, money
from tests.services.recurring.house import House, on_day

FIRSTS = [date(2026, month, 3) for month in (8, 9, 10, 11)]


async def visit(
    house: House, *days: date, payee: str = "Film club", amount: str = "12.99 EUR"
) -> None:
    for day in days:
        await house.books.spend(house.bank, house.rent, amount, day, payee)


async def suggest(books: Books) -> tuple[Suggestion, ...]:
    return await ask(books.actor, suggest_items)


async def test_bill_of_each_month_is_suggested(house: House) -> None:
    await visit(house, *FIRSTS)
    await visit(house, date(2026, 10, 3), date(2026, 10, 9), payee="Market")
    (found,) = await suggest(house.books)
    assert (found.name, found.times) == ("Film club", 4)
    assert found.amount == money("-12.99 EUR")
    assert (found.account_name, found.other_name) == ("Bank", "Rent")
    assert (found.rule.pattern, found.rule.day) == (Pattern.MONTH_DAY, 3)
    assert found.rule.starts_on == date(2026, 12, 3)


async def test_income_and_spending_of_one_payee_are_two(house: House) -> None:
    await visit(house, *FIRSTS, payee="Work")
    for day in FIRSTS:
        parts = pay(house.bank, money("900 EUR"), ((house.salary, money("900 EUR")),))
        await house.books.record(Entry(day, parts, payee="Work"))
    amounts = {one.amount for one in await suggest(house.books)}
    assert amounts == {money("-12.99 EUR"), money("900 EUR")}


async def test_accepted_suggestion_is_an_item_and_is_suggested_no_more(
    house: House,
) -> None:
    await visit(house, *FIRSTS)
    (found,) = await suggest(house.books)
    await house.add(found.rule, "-12.99 EUR", name="FILM CLUB")
    assert await suggest(house.books) == ()


async def test_dismissed_suggestion_stays_away_until_that_is_undone(
    house: House, stranger: Books
) -> None:
    await visit(house, *FIRSTS)
    (found,) = await suggest(house.books)
    await perform(stranger.actor, dismiss_suggestion, found.mark)
    assert await suggest(house.books) == (found,)
    done = await perform(house.books.actor, dismiss_suggestion, found.mark)
    await perform(house.books.actor, dismiss_suggestion, found.mark)
    assert await suggest(house.books) == ()
    await house.books.undo(done.change_id)
    assert await suggest(house.books) == (found,)


async def test_void_split_and_old_ones_teach_nothing(house: House) -> None:
    await visit(house, *[date(2022, month, 3) for month in (1, 2, 3, 4)])
    await visit(house, *FIRSTS[:2])
    await house.add(on_day(20))
    assert await suggest(house.books) == ()


async def test_only_the_newest_of_large_books_are_looked_at(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visit(house, *FIRSTS)
    monkeypatch.setattr(suggesting, "LOOKED_AT", 2)
    assert await suggest(house.books) == ()


@pytest.mark.parametrize("mark", ["", "x" * 301, "a\x00b"])
async def test_mark_that_no_suggestion_has_is_refused(house: House, mark: str) -> None:
    with pytest.raises(InvalidInput):
        await perform(house.books.actor, dismiss_suggestion, mark)


def test_mark_is_the_same_however_a_name_is_written() -> None:
    assert mark_of("Café LUMEN", money("-1 EUR")) == mark_of(
        "Cafe Lumen", money("-9 EUR")
    )
    assert mark_of("Café", money("1 EUR")) != mark_of("Café", money("-1 EUR"))
