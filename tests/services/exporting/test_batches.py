"""What a file is written from, and that it was taken is kept."""

from datetime import date

import pytest

from fintrack.services.commands import ask, perform
from fintrack.services.exporting import batches
from fintrack.services.exporting.batches import note_export, read_batch, read_chart
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.listing import Filter
from tests.books import Books

pytestmark = pytest.mark.database


async def test_batches_hold_each_transaction_once(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    for day in range(1, 8):
        await books.spend(cash.id, food, "1 EUR", date(2026, 3, day))
    monkeypatch.setattr(batches, "BATCH", 3)
    sizes, days, after = [], [], None
    while True:
        page = await ask(books.actor, read_batch, Filter(), after)
        sizes.append(len(page.items))
        days += [view.on_date.day for view in page.items]
        after = page.next
        if after is None:
            break
    assert (sizes, days) == ([3, 3, 1], [7, 6, 5, 4, 3, 2, 1])


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


async def test_taking_a_file_leaves_an_event(books: Books) -> None:
    await perform(books.actor, note_export, "csv")
    query = "SELECT kind, ledger_id, person_id, detail FROM security_event"
    ((kind, ledger_id, person_id, detail),) = await books.rows(query)
    assert (kind, detail) == ("transactions-exported", {"format": "csv"})
    assert (ledger_id, person_id) == (books.actor.ledger_id, books.actor.person_id)
