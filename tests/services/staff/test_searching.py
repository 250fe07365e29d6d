"""Rows of the trail by who, what and when, in the order of their instants."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from fintrack.services.database import Database
from fintrack.services.staff.searching import NEWEST, TrailFilter, find_rows
from fintrack.services.trail.sealing import compose
from tests.conftest import Clock

ADA, EVE = 7, 77
_APPEND = text(
    "INSERT INTO audit_entry "
    "(position, source, source_id, at, payload, previous_hash, hash) "
    "SELECT coalesce(max(position), 0) + 1, :source, coalesce(max(position), 0) + 1, "
    ":at, :payload, '', '' FROM audit_entry"
)


async def append(
    home: Database,
    what: str,
    at: datetime,
    *,
    source: str = "change_set",
    **head: int,
) -> None:
    payload = compose({"what": what, **head}, [])
    await append_raw(home, payload, at, source)


async def append_raw(
    home: Database, payload: bytes, at: datetime, source: str = "change_set"
) -> None:
    async with home.log_unit_of_work() as log:
        values = {"source": source, "at": at, "payload": payload}
        await log.execute(_APPEND, values)


async def find(
    home: Database,
    person_id: int | None = None,
    below: int | None = None,
    most: int = 50,
    **wanted: Any,
) -> list[int]:
    async with home.log_reading() as log:
        rows: Sequence[Any] = await find_rows(
            log, TrailFilter(**wanted), person_id, below, most
        )
    return [row.position for row in rows]


async def test_what_was_shipped_late_stands_where_it_happened(
    home: Database, clock: Clock
) -> None:
    await append(home, "account.open", clock(), person=ADA)
    await append(home, "account.close", clock() - timedelta(hours=1), person=ADA)
    assert await find(home) == [1, 2]
    assert await find(home, ADA) == [1, 2]
    assert await find(home, until=clock()) == [2]


async def test_person_is_found_as_who_did_it_and_whom_it_was_done_to(
    home: Database, clock: Clock
) -> None:
    event = {"source": "security_event"}
    await append(home, "profile-viewed", clock(), **event, person=EVE, about=ADA)  # pyright: ignore[reportArgumentType] - a name beside ids
    await append(home, "account.open", clock(), person=ADA, ledger=EVE)
    await append(home, "account.open", clock(), person=EVE, ledger=ADA)
    assert await find(home, ADA) == [2, 1]
    assert await find(home, ADA, kind="staff") == [1]
    assert await find(home, ADA, kind="books") == [2]
    assert await find(home, 777) == []


async def test_change_set_of_a_staff_deed_is_left_out_of_every_search(
    home: Database, clock: Clock
) -> None:
    await append(home, "staff.suspend", clock(), person=ADA)
    await append(home, "person-suspended", clock(), source="security_event", person=ADA)
    assert await find(home) == await find(home, ADA) == [2]
    assert await find(home, kind="staff") == await find(home, ADA, kind="staff") == [2]


async def test_change_set_of_a_deed_that_an_event_tells_is_left_out(
    home: Database, clock: Clock
) -> None:
    await append(home, "person.change_password", clock(), person=ADA)
    await append(home, "password-changed", clock(), source="security_event", person=ADA)
    await append(home, "session.end_others", clock(), person=ADA)
    assert await find(home) == await find(home, ADA) == [2]
    assert await find(home, kind="access") == [2]


async def test_pages_join_without_a_gap_whatever_they_are_narrowed_by(
    home: Database, clock: Clock
) -> None:
    """All at one instant, so that only the position tells them apart."""
    for number in range(12):
        what = "account.open" if number % 2 else "transaction.record"
        await append(home, what, clock(), person=ADA)
    for person_id, kind in ((None, ""), (None, "books"), (ADA, ""), (ADA, "books")):
        seen: list[int] = []
        while part := await find(
            home, person_id, seen[-1] if seen else None, most=5, kind=kind
        ):
            seen += part
        assert seen == list(range(12, 0, -1))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x00\xff\\",
        b'{"what":"' + b"x" * 5000,
        b'{"what":"' + b"x" * 480 + b'","person":' + b"9" * 5000,
        b'{"what":"a","person":"x","about":{}}',
    ],
    ids=["empty", "no text", "endless name", "endless number", "no numbers"],
)
async def test_bad_bytes_are_taken_and_shown_where_nothing_narrows(
    home: Database, clock: Clock, payload: bytes
) -> None:
    await append_raw(home, payload, clock())
    await append(home, "account.open", clock(), person=ADA)
    assert await find(home) == [2, 1]
    assert await find(home, ADA) == await find(home, kind="books") == [2]


async def test_place_below_everything_is_the_newest(
    home: Database, clock: Clock
) -> None:
    await append(home, "account.open", clock(), person=ADA)
    assert await find(home, below=NEWEST) == [1]
