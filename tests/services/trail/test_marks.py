"""Marks of MainDB and rows of the chain, side by side."""

from collections.abc import Mapping

import pytest

from fintrack.core.errors import NotAllowed
from fintrack.services import security_events
from fintrack.services.trail import marks
from fintrack.services.trail.shipping import ship_trail
from tests.books import Books
from tests.services.trail.log_rows import Log


async def _odd(books: Books) -> Mapping[str, object]:
    async with books.home.reading() as main, books.home.log_reading() as chain:
        found = await marks.find_odd_one(main, chain)
    return dict(found.values) if found else {}


async def test_each_mark_has_its_row(
    books: Books, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "FETCHED", 2)
    for n in range(5):
        await security_events.note_refusal(books.actor, f"x{n}", NotAllowed())
    await ship_trail()
    assert await _odd(books) == {}

    third = (await log.sources())[3]
    log.tamper(f"DELETE FROM audit_entry WHERE source_id = {third[1]}")  # noqa: S608 - a number
    assert (await _odd(books))["id"] == str(third[1])


async def test_row_beside_the_marks_is_told(books: Books, log: Log) -> None:
    await ship_trail()
    log.tamper(
        "UPDATE audit_entry SET source_id = source_id + 1000",
    )
    found = await _odd(books)
    assert found["source"] == "change_set"
