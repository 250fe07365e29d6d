"""Whatever floods in, the trail has one row an hour for each place, with a count."""

from dataclasses import replace

import pytest

from fintrack.core.actor import Actor, Where
from fintrack.core.errors import Unavailable
from fintrack.services import database, turned_away
from fintrack.services.database import Database
from fintrack.services.turned_away import MOST_SUBJECTS, Turned, TurnedAway
from tests.books import Books
from tests.conftest import Clock

HERE = Where("203.0.113.7", "Firefox")
ROUTE = "POST /api/v1/accounts"
ROWS = (
    "SELECT kind, person_id, address, detail FROM security_event "
    "WHERE kind LIKE 'refused-%' ORDER BY id"
)


@pytest.fixture
def away() -> TurnedAway:
    return TurnedAway()


async def times(books: Books) -> list[str]:
    return [row.detail["times"] for row in await books.rows(ROWS)]


async def test_refusal_is_told_with_when_where_what_and_by_what(
    away: TurnedAway, books: Books
) -> None:
    away.note(Turned.ORIGIN, HERE, ROUTE)
    away.note(Turned.FLOOD, HERE, ROUTE, books.actor.person_id)
    await away.tell()
    foreign, flood = await books.rows(ROWS)
    assert (foreign.kind, foreign.person_id) == ("refused-origin", None)
    assert foreign.address == HERE.address
    assert foreign.detail == {"times": "1", "asked": ROUTE, "device": "Firefox"}
    assert (flood.kind, flood.person_id) == ("refused-flood", books.actor.person_id)


async def test_flood_of_an_hour_is_one_more_row(
    away: TurnedAway, books: Books, clock: Clock
) -> None:
    for _ in range(1000):
        away.note(Turned.FLOOD, HERE, ROUTE)
        await away.tell()
    assert await times(books) == ["1"]
    clock.advance(minutes=59)
    await away.tell()
    assert await times(books) == ["1"]
    clock.advance(minutes=1)
    await away.tell()
    assert await times(books) == ["1", "999"]
    clock.advance(hours=5)
    await away.tell()
    assert await times(books) == ["1", "999"]


async def test_addresses_of_one_customer_are_one_place(
    away: TurnedAway, books: Books
) -> None:
    for n in range(50):
        away.note(Turned.FLOOD, Where(f"2001:db8::{n:x}"), ROUTE)
    await away.tell()
    assert await times(books) == ["50"]


async def test_flood_from_everywhere_fills_neither_memory_nor_trail(
    away: TurnedAway, books: Books
) -> None:
    for n in range(3 * MOST_SUBJECTS):
        away.note(Turned.FLOOD, Where(f"10.0.{n // 250}.{n % 250}"), ROUTE)
    await away.tell()
    rows = await books.rows(ROWS)
    assert len(rows) == MOST_SUBJECTS + 1
    assert sum(int(row.detail["times"]) for row in rows) == 3 * MOST_SUBJECTS
    assert (rows[-1].address, rows[-1].detail) == (
        "",
        {"times": str(2 * MOST_SUBJECTS)},
    )


async def test_places_that_are_quiet_make_room(
    away: TurnedAway, books: Books, clock: Clock
) -> None:
    for n in range(MOST_SUBJECTS):
        away.note(Turned.FLOOD, Where(f"10.0.0.{n}"), ROUTE)
    await away.tell()
    clock.advance(hours=1)
    await away.tell()
    away.note(Turned.FLOOD, HERE, ROUTE)
    await away.tell()
    assert (await books.rows(ROWS))[-1].address == HERE.address


async def test_end_of_the_process_tells_what_is_left(
    away: TurnedAway, books: Books
) -> None:
    away.note(Turned.FLOOD, HERE, ROUTE)
    await away.tell()
    away.note(Turned.FLOOD, HERE, ROUTE)
    await away.tell(at_the_end=True)
    assert await times(books) == ["1", "1"]


async def test_what_could_not_be_written_is_told_later(
    away: TurnedAway, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    away.note(Turned.FLOOD, HERE, ROUTE)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "unit_of_work", _broken)
        with pytest.raises(Unavailable):
            await away.tell()
    await away.tell()
    assert await times(books) == ["1"]


def _broken(self: Database) -> None:
    assert self is database.current()
    raise Unavailable


async def test_long_names_are_cut(away: TurnedAway, books: Books) -> None:
    away.note(Turned.ORIGIN, Where("203.0.113.7", "x" * 999), "GET /" + "y" * 9999)
    await away.tell()
    (row,) = await books.rows(ROWS)
    assert (len(row.detail["device"]), len(row.detail["asked"])) == (200, 100)


async def test_what_cannot_be_written_holds_up_nothing_else(
    away: TurnedAway, books: Books, caplog: pytest.LogCaptureFixture
) -> None:
    for n, asked in enumerate((ROUTE, "GET /\0", ROUTE)):
        away.note(Turned.FLOOD, Where(f"203.0.113.{n}"), asked)
    await away.tell()
    addresses = [row.address for row in await books.rows(ROWS)]
    assert addresses == ["203.0.113.0", "203.0.113.2"]
    assert "words that the trail cannot keep" in caplog.text
    await away.tell(at_the_end=True)
    assert await times(books) == ["1", "1"]


REFUSALS = "SELECT ledger_id, address, detail FROM security_event ORDER BY id"


async def refused(books: Books) -> list[tuple[str, str, str]]:
    """Address, command and how many of each row."""
    return [
        (row.address, row.detail["command"], row.detail.get("times", ""))
        for row in await books.rows(REFUSALS)
    ]


def at(books: Books, address: str) -> Actor:
    return Actor(books.actor.person_id, where=Where(address, "x" * 999))


async def test_oldest_refusals_make_room_by_being_told(
    away: TurnedAway, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turned_away, "MOST_REFUSED", 2)
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"):
        away.refuse(at(books, address), "x.y", "not-found", about="x.y")
    assert await refused(books) == []
    await away.tell()
    assert await refused(books) == [
        ("192.0.2.1", "x.y", "2"),
        ("192.0.2.2", "x.y", ""),
        ("192.0.2.3", "x.y", ""),
        ("192.0.2.4", "x.y", ""),
    ]
    await away.tell(at_the_end=True)
    assert len(await refused(books)) == 4


async def test_who_made_room_in_vain_is_told_later(
    away: TurnedAway, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turned_away, "MOST_REFUSED", 1)
    for n in (1, 1, 2):
        away.refuse(at(books, f"192.0.2.{n}"), "x.y", "not-found", about="x.y")
    with monkeypatch.context() as patch:
        patch.setattr(Database, "unit_of_work", _broken)
        with pytest.raises(Unavailable):
            await away.tell()
    await away.tell()
    assert sorted(await refused(books)) == [
        ("192.0.2.1", "x.y", "2"),
        ("192.0.2.2", "x.y", ""),
    ]


async def test_refusals_fill_no_memory_while_nobody_can_write(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turned_away, "MOST_REFUSED", 2)
    away = TurnedAway()
    for n in range(1, 10):
        away.refuse(at(books, f"192.0.2.{n}"), "x.y", "not-found", about="x.y")
    await away.tell()
    assert await refused(books) == [(f"192.0.2.{n}", "x.y", "") for n in range(6, 10)]


async def test_one_person_fills_the_trail_from_no_number_of_places(
    away: TurnedAway, books: Books, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row of the further ones says no place, or it would be a wrong one."""
    monkeypatch.setattr(turned_away, "MOST_OF_A_PERSON", 2)
    for n in range(1, 50):
        away.refuse(at(books, f"192.0.2.{n}"), "x.y", "not-found", about="x.y")
        await away.tell()
    clock.advance(hours=1)
    await away.tell()
    first = [("192.0.2.1", "x.y", ""), ("192.0.2.2", "x.y", "")]
    assert await refused(books) == [*first, ("", "x.y", ""), ("", "x.y", "46")]


async def test_one_person_makes_no_room_in_however_many_books(
    away: TurnedAway, books: Books, stranger: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in too many books stands in nobody's, and what others did stays."""
    monkeypatch.setattr(turned_away, "MOST_OF_A_PERSON", 2)
    monkeypatch.setattr(turned_away, "MOST_REFUSED", 6)
    away.refuse(at(stranger, "192.0.2.9"), "x.y", "not-found", about="")
    for n in range(1, 50):
        actor = replace(at(books, "192.0.2.1"), ledger_id=n)
        away.refuse(actor, "x.y", "not-found", about="")
    await away.tell()
    rows = await books.rows(REFUSALS)
    told = [(row.ledger_id, row.detail.get("times", "")) for row in rows]
    assert told == [(None, ""), (1, ""), (2, ""), (3, ""), (4, ""), (None, "45")]
    away.refuse(at(stranger, "192.0.2.9"), "x.y", "not-found", about="")
    await away.tell()
    assert len(await books.rows(REFUSALS)) == 6


async def test_names_and_devices_of_refusals_are_cut(
    away: TurnedAway, books: Books
) -> None:
    for n in range(50):
        away.refuse(at(books, "192.0.2.1"), f"{n}" * 999, "not-found", about="")
        await away.tell()
    await away.tell(at_the_end=True)
    details = [row.detail for row in await books.rows(REFUSALS)]
    assert [len(detail["device"]) for detail in details] == [200, 200]
    assert (len(details[0]["command"]), details[1]["times"]) == (100, "49")
    first, *_, last = names = details[1]["commands"].split(", ")
    assert (details[1]["command"], last, len(names)) == (first, "…", 11)
