"""Whoever makes a transfer is told which rows of other banks are void for it."""

from datetime import date

import httpx
import pytest

from fintrack.core.entries import Entry, transfer
from tests.api.asking import gives
from tests.api.places import euro
from tests.books import Books, money
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import as_csv
from tests.services.ledger.two_banks import RECEIVED, make_void, open_two

pytestmark = pytest.mark.usefixtures("store")
MONEY = money("100 EUR")


async def test_date_that_is_booked_counts_them(
    ada: httpx.AsyncClient, books: Books
) -> None:
    bank, visa = await open_two(books)
    await Desk(books).bring(visa.id, as_csv(RECEIVED))
    item = {
        "name": "Visa",
        "account_id": bank.id,
        "other_id": visa.id,
        "amount": euro("-100.00"),
        "pattern": "month-day",
        "day": 25,
        "starts_on": "2026-01-01",
    }
    made = gives(await ada.post("/api/v1/recurring", json=item), 201)["item"]
    here = f"/api/v1/recurring/{made['id']}/book"
    body = {"rule_on": "2026-11-25"}
    assert gives(await ada.post(here, json=body))["item"]["matched"] == 1


async def test_change_of_many_counts_them(ada: httpx.AsyncClient, books: Books) -> None:
    bank, visa = await open_two(books)
    await Desk(books).bring(visa.id, as_csv(RECEIVED))
    parts = transfer(bank.id, visa.id, MONEY, MONEY)
    far = (await books.record(Entry(date(2026, 11, 2), parts))).value
    mark = {"id": far.id, "version": far.version}
    body = {"transactions": [mark], "on_date": "2026-11-25"}
    done = gives(await ada.post("/api/v1/transactions/change", json=body))["item"]
    assert done == {"changed": 1, "left": [], "matched": 1}


async def test_undo_counts_them(ada: httpx.AsyncClient, books: Books) -> None:
    bank, visa = await open_two(books)
    parts = transfer(bank.id, visa.id, MONEY, MONEY)
    made = await books.record(Entry(date(2026, 11, 25), parts))
    gone = await make_void(books, made.value.id)
    await Desk(books).bring(visa.id, as_csv(RECEIVED))
    undo = f"/api/v1/changes/{gone.change_id}/undo"
    undone = gives(await ada.post(undo))
    assert undone["item"]["matched"] == 1
    redo = f"/api/v1/changes/{undone['change_id']}/undo"
    assert gives(await ada.post(redo))["item"]["matched"] == 0
