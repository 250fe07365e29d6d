"""What a file is written from."""

from datetime import date

import pytest

from fintrack.services.commands import ask, perform
from fintrack.services.exporting import batches
from fintrack.services.exporting.batches import (
    read_batch,
    read_chart,
    read_ids,
)
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.listing import Filter
from tests.books import Books


def _day(day: int) -> date:
    return date(2026, 3, day)


@pytest.mark.parametrize("of_account", [True, False])
async def test_ids_come_newest_first_however_many_are_fetched_at_a_time(
    books: Books, monkeypatch: pytest.MonkeyPatch, *, of_account: bool
) -> None:
    monkeypatch.setattr(batches, "IDS", 3)
    cash, food = await books.open("Cash"), await books.category("Food")
    days = [3, 1, 7, 5, 6, 2, 4]
    spent = [await books.spend(cash.id, food, "1 EUR", _day(day)) for day in days]
    wanted = Filter(account_ids=(cash.id,) if of_account else ())
    ids = await ask(books.actor, read_ids, wanted)
    expected = sorted(zip(days, spent, strict=True), key=lambda pair: -pair[0])
    assert list(ids) == [one.value.id for _, one in expected]
    assert ids.itemsize == 8


async def test_batch_has_the_order_asked_for_and_leaves_out_what_is_gone(
    books: Books, stranger: Books
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    first, second = [
        (await books.spend(cash.id, food, "1 EUR", _day(day))).value.id
        for day in (1, 2)
    ]
    found = await ask(books.actor, read_batch, [first, 10**9, second])
    assert [view.id for view in found] == [first, second]
    assert await ask(stranger.actor, read_batch, [first, second]) == []


async def test_chart_has_what_is_closed_or_unseen_and_nothing_of_others(
    books: Books, stranger: Books
) -> None:
    await stranger.open("Theirs")
    old = await books.open("Old")
    mark = AccountMark(old.id, old.version)
    await perform(books.actor, close_account, mark, date(2026, 3, 1))
    found = await ask(books.actor, read_chart)
    assert [one.type for one in found if one.kind == "equity"] == [
        "opening",
        "exchange",
    ]
    assert [one.name for one in found if one.kind == "asset"] == ["Old"]
