"""Habits are in a file of the whole books, as at one moment, and in no other."""

import json
from datetime import date
from typing import Any

import pytest

from fintrack.core.entries import Entry, Part
from fintrack.core.rules import Actions
from fintrack.services.commands import ask, perform
from fintrack.services.exporting.habits import read_contents
from fintrack.services.exporting.writing import write_json
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.ledger.categories import Merge, merge_category
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.transactions import TransactionChange, edit_transaction
from fintrack.services.recurring.handling import DateMark, skip_date
from fintrack.services.recurring.items import list_items
from fintrack.services.recurring.settling import settle_all
from fintrack.services.rules.rule_rows import NewRule
from fintrack.services.tags.keeping import TagMark, remove_tag
from tests.books import Books
from tests.conftest import Clock
from tests.services import arranging
from tests.services.imports.conftest import store
from tests.services.moving.habit_house import bring, set_up

__all__ = ["store"]

EVERYTHING = Filter(with_void=True)


async def _file(books: Books, wanted: Filter = EVERYTHING) -> dict[str, Any]:
    parts = [part async for part in write_json(books.actor, wanted)]
    found: dict[str, Any] = json.loads("".join(parts))
    return found


async def test_rule_is_written_with_what_it_asks_and_does(
    books: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    file = await _file(books)
    names = {one["name"]: one["id"] for one in file["accounts"] + file["categories"]}
    assert file["rules"][0] == {
        "on": True,
        "needs_all": False,
        "conditions": [
            {"field": "payee", "test": "contains", "words": "Shop"},
            {"field": "account", "test": "is", "account": names["Bank"]},
            {"field": "amount", "test": "between", "least": "5.00", "most": "10.50"},
        ],
        "shares": [
            {"category": names["Food"], "percent": 60},
            {"category": names["Fun"], "percent": 40},
        ],
        "transfer": None,
        "payee": "",
        "note": "seen",
        "tags": ["trip"],
    }


async def test_item_is_written_with_the_dates_that_stand_in_no_transaction(
    books: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    file = await _file(books)
    found = {one["name"]: one for one in file["recurring"]}
    assert found["Rent"]["dates"] == []
    assert found["Phone"]["dates"][:2] == [
        {"on": "2026-11-23", "due": "2026-11-23", "outcome": "skipped"},
        {"on": "2026-11-30", "due": "2026-11-30", "outcome": "proposed"},
    ]
    dollars = found["Dollars"]
    assert (dollars["received"], dollars["received_currency"]) == ("11.00", "USD")
    assert (dollars["counts_from"], found["Club"]["ends_on"]) == (
        "2026-11-18",
        "2026-11-30",
    )
    booked = [one for one in file["transactions"] if "recurring" in one]
    assert {"item": found["Rent"]["id"], "on": "2026-12-01", "due": "2026-12-01"} in [
        one["recurring"] for one in booked
    ]


async def test_narrowed_file_has_no_habits(books: Books, clock: Clock) -> None:
    await set_up(books, clock)
    file = await _file(books, Filter(words="Rent"))
    assert set(file) == {"format", "transactions", "accounts", "categories"}
    assert len(file["transactions"]) > 0
    assert not any("recurring" in one for one in file["transactions"])


async def test_dates_dealt_with_while_the_file_is_written_come_once(
    books: Books, clock: Clock
) -> None:
    """Booked by the job meanwhile, or skipped by hand: open in the file, as before."""
    await set_up(books, clock)
    whole = await _file(books)
    parts = write_json(books.actor, EVERYTHING)
    text = await anext(parts) + await anext(parts)
    clock.advance(days=40)
    await settle_all()
    (rent,) = [one for one in await ask(books.actor, list_items) if one.name == "Rent"]
    await perform(books.actor, skip_date, DateMark(rent.id, date(2027, 3, 1)))
    text += "".join([part async for part in parts])
    assert json.loads(text) == whole


async def test_booking_stands_for_its_date_where_the_item_goes_meanwhile(
    books: Books, stranger: Books, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The item is in the file, as at its beginning: its date is not open there."""
    monkeypatch.setattr("fintrack.services.exporting.batches.BATCH", 1)
    await set_up(books, clock)
    done = await bring(stranger, json.dumps(await _file(books)))
    page = await ask(stranger.actor, list_transactions, Filter(words="Rent"))
    (rent,) = page.items
    postings = tuple(Part(one.account_id, one.money) for one in rent.postings)
    entry = Entry(rent.on_date, postings, "Landlord")
    change = TransactionChange(rent.id, rent.version, entry)
    await perform(stranger.actor, edit_transaction, change)
    parts = write_json(stranger.actor, EVERYTHING)
    text = await anext(parts) + await anext(parts)
    await perform(stranger.actor, take_back_import, TakeBack(done.import_id))
    file = json.loads(text + "".join([part async for part in parts]))
    found = {one["payee"]: one for one in file["transactions"]}
    assert found["Landlord"]["recurring"]["on"] == "2027-01-01"


async def test_rule_without_its_tags_is_left_out(books: Books) -> None:
    tagging = NewRule((arranging.payee_has("x"),), Actions(), tags=("t",))
    await arranging.keep(books, tagging)
    assert len((await _file(books))["rules"]) == 1
    (tag,) = await books.rows("SELECT id FROM tag")
    await perform(books.actor, remove_tag, TagMark(tag.id, 1))
    assert (await _file(books))["rules"] == []


async def test_parts_of_categories_that_were_merged_are_one(books: Books) -> None:
    food, fun = await books.category("Food"), await books.category("Fun")
    await arranging.keep(books, arranging.new_rule("bar", food, fun))
    await perform(books.actor, merge_category, Merge(food, 1, fun))
    (rule,) = (await _file(books))["rules"]
    assert rule["shares"] == [{"category": str(fun), "percent": 100}]


async def test_nothing_of_others_is_in_the_file(
    books: Books, stranger: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    theirs = await ask(stranger.actor, read_contents, EVERYTHING)
    assert (list(theirs.ids), [*map(len, theirs.habits.values())]) == ([], [0, 0, 0])
    assert theirs.dates == {}
