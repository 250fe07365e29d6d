"""Habits are in a file of the whole books, as at one moment, and in no other."""

import json
from datetime import date
from typing import Any

from fintrack.core.rules import Actions
from fintrack.services.commands import ask, perform
from fintrack.services.exporting.habits import read_contents, read_dated_batch
from fintrack.services.exporting.writing import write_json
from fintrack.services.ledger.categories import Merge, merge_category
from fintrack.services.ledger.listing import Filter
from fintrack.services.recurring.handling import DateMark, skip_date
from fintrack.services.recurring.items import list_items
from fintrack.services.recurring.settling import settle_all
from fintrack.services.rules.rule_rows import NewRule
from fintrack.services.tags.keeping import TagMark, remove_tag
from tests.books import Books
from tests.conftest import Clock
from tests.services import arranging
from tests.services.moving.habit_house import set_up

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
    ids = (await ask(books.actor, read_contents, EVERYTHING)).ids
    theirs = await ask(stranger.actor, read_contents, EVERYTHING)
    assert (list(theirs.ids), [*map(len, theirs.habits.values())]) == ([], [0, 0, 0])
    batch = await ask(stranger.actor, read_dated_batch, ids)
    assert (list(batch.views), dict(batch.dates)) == ([], {})
