"""The review inbox: one choice a payee, and a calm zero."""

from datetime import date

import pytest

from fintrack.state import review_count
from fintrack.state.review import ReviewState
from fintrack.state.review_count import ReviewCount
from tests.books import Books
from tests.services.arranging import open_places
from tests.state.desk import Desk, sit_down

DAY = date(2026, 11, 2)


@pytest.fixture
async def desk(books: Books) -> Desk:
    return await sit_down(books)


async def test_choice_settles_a_payee_offers_a_rule_and_is_taken_back(
    desk: Desk, books: Books
) -> None:
    page, count = await desk.state(ReviewState), await desk.state(ReviewCount)
    cash, food = await books.open("Cash"), await books.category("Food")
    open_ = await open_places(books)
    for payee in ("Corner shop", "CORNER SHOP", "Corner shop", "Bar"):
        await books.spend(cash.id, open_, "5 EUR", DAY, payee)
    await page.load()
    first, second = page.groups
    assert (page.left, first.name, second.name) == ("4 left", "Corner shop", "Bar")
    assert [(one.number, one.name) for one in first.choices] == [("1", "Food")]
    await page.choose(first.place, first.kind, str(food))
    assert (page.left, count.left) == ("1 left", "1 left")
    assert page.notice.text.endswith("3 transactions are Food now.")
    assert page.offer == "Always put Corner shop in Food?"
    assert page.offer_href == f"/rules?payee=Corner+shop&category={food}"
    await page.undo(page.notice.change)
    assert (page.left, page.offer) == ("4 left", "")


async def test_second_press_of_a_choice_says_nothing(desk: Desk, books: Books) -> None:
    page = await desk.state(ReviewState)
    cash, food = await books.open("Cash"), await books.category("Food")
    await books.spend(cash.id, await open_places(books), "5 EUR", DAY, "Bar")
    await page.load()
    (group,) = page.groups
    for _ in range(3):
        await page.choose(group.place, group.kind, str(food))
        assert page.notice.text == "Bar: 1 transaction is Food now."
        assert page.offer == "Always put Bar in Food?"
    other = await books.category("Drinks")
    await page.choose(group.place, group.kind, str(other))
    assert page.notice.tone == "bad"


async def test_nothing_left_shows_no_number(desk: Desk, books: Books) -> None:
    page, count = await desk.state(ReviewState), await desk.state(ReviewCount)
    await page.load()
    await count.load()
    assert (page.groups, count.left) == ([], "")
    cash = await books.open("Cash")
    await books.spend(cash.id, await open_places(books), "5 EUR", DAY)
    await count.load()
    assert count.left == "1 left"


async def test_choice_of_nothing_is_refused_in_words(desk: Desk, books: Books) -> None:
    page = await desk.state(ReviewState)
    food = await books.category("Food")
    for place, kind, category in (
        ("x", "expense", str(food)),
        ("x", "asset", str(food)),
        ("x", "expense", ""),
    ):
        await page.choose(place, kind, category)
        assert page.notice.tone == "bad"


async def test_rail_has_room_for_a_short_number(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_count, "MOST", 1)
    count, cash = await desk.state(ReviewCount), await books.open("Cash")
    for said in ("1 left", "1+"):
        await books.spend(cash.id, await open_places(books), "5 EUR", DAY)
        await count.load()
        assert count.left == said
