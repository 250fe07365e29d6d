"""The relay: exactly once, in the order of shipping, whatever dies in between."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fintrack.core.actor import SYSTEM
from fintrack.core.audit_chain import BEFORE_THE_FIRST
from fintrack.core.errors import Conflict
from fintrack.services import change_sets, database, migrations, security_events
from fintrack.services.commands import ask
from fintrack.services.database import Database
from fintrack.services.trail import gathering, relay, shipping
from fintrack.services.trail.health import find_health
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import verify_trail
from tests.books import Books
from tests.conftest import Clock, TestServer
from tests.services.trail.log_rows import Log

ADDED = 3


async def _add_events(books: Books, count: int = ADDED) -> None:
    async with books.home.unit_of_work() as session:
        for _ in range(count):
            await security_events.add_event(
                session,
                "refused",
                books.home.clock(),
                books.actor,
                detail={"command": "x", "code": "not-allowed"},
            )


async def _waiting(books: Books) -> int:
    (row,) = await books.rows(
        "SELECT (SELECT count(*) FROM change_set WHERE shipped_at IS NULL) + "
        "(SELECT count(*) FROM security_event WHERE shipped_at IS NULL) AS n"
    )
    return int(row.n)


@contextmanager
def _dying(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """The relay dies as it comes to ``name``."""

    async def die(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(shipping, name, die)
        with pytest.raises(ZeroDivisionError):
            yield


async def test_what_was_done_is_in_the_chain_with_its_images(
    books: Books, log: Log
) -> None:
    account = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    await books.spend(account.id, food, "12.50 EUR", date(2026, 3, 5), "Café")
    await _add_events(books, 1)
    shipped = await ship_trail()

    rows = await log.rows()
    assert shipped == len(rows) == 5
    assert await _waiting(books) == 0
    opened = {one.head["what"]: one for one in await log.opened()}
    spent = opened["transaction.record"]
    assert spent.head["person"] == books.actor.person_id
    assert spent.head["ledger"] == books.actor.ledger_id
    assert {image["table"] for image in spent.images} == {"transaction", "posting"}
    assert "Café" in str(spent.images)
    assert opened["refused"].images[0]["detail"]["code"] == "not-allowed"
    assert all("Café".encode() not in bytes(row.payload) for row in rows)


async def test_each_row_carries_the_hash_of_the_one_before(
    books: Books, log: Log
) -> None:
    """I22: positions run without a gap."""
    await _add_events(books)
    await ship_trail()
    rows = await log.rows()
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    before = [BEFORE_THE_FIRST, *(row.hash for row in rows[:-1])]
    assert [row.previous_hash for row in rows] == before


async def test_nothing_waiting_ships_nothing(books: Books, log: Log) -> None:
    await ship_trail()
    assert await ship_trail() == 0
    assert len(await log.rows()) == 1
    assert await _waiting(books) == 0


@pytest.mark.parametrize("step", ["_append", "_mark"])
async def test_relay_that_dies_ships_each_thing_once(
    books: Books, log: Log, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """I21: before LogDB has it, and after."""
    await _add_events(books)
    with _dying(monkeypatch, step):
        await ship_trail()
    waiting = await _waiting(books)
    assert waiting == ADDED + 1
    assert len(await log.rows()) == (0 if step == "_append" else waiting)

    await _add_events(books)
    await ship_trail()
    sources = await log.sources()
    assert len(sources) == len(set(sources)) == 2 * ADDED + 1
    assert await _waiting(books) == 0


async def test_images_of_a_relay_that_died_can_be_read(
    books: Books, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is there for good before anything needs it."""
    await books.open("Purse")
    with _dying(monkeypatch, "_mark"):
        await ship_trail()
    assert "Purse" in str(await log.opened())


async def test_two_relays_at_once_ship_once(books: Books, log: Log) -> None:
    await _add_events(books, 20)
    await asyncio.gather(*(ship_trail() for _ in range(4)))
    await ship_trail()
    sources = await log.sources()
    assert len(sources) == len(set(sources)) == 21


async def test_order_is_that_of_shipping_and_not_of_ids(books: Books, log: Log) -> None:
    """An id is given before its change set is committed."""
    home = books.home
    async with home.unit_of_work() as early:
        low = await change_sets.open_change_set(
            early, books.actor, "early", home.clock(), None, None
        )
        await books.open("Late")
        await ship_trail()
    await ship_trail()
    ids = [number for source, number in await log.sources() if source == "change_set"]
    assert ids[-1] == low
    assert max(ids) > low


async def test_batches_are_small_and_all_is_shipped(
    books: Books, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abcde":
        await books.open(name, "5 EUR")
    monkeypatch.setattr(gathering, "BATCH_IMAGES", 1)
    monkeypatch.setattr(gathering, "PART_LINES", 2)
    monkeypatch.setattr(gathering, "MANY_LINES", 2)
    monkeypatch.setattr(gathering, "FETCHED", 1)
    assert await ship_trail() == 6
    opened = await log.opened()
    (row,) = await books.rows("SELECT count(*) AS n FROM change_row")
    assert sum(len(one.images) for one in opened) == row.n
    assert max(len(one.head["parts"]) for one in opened) > 1


async def test_log_database_away_delays_and_loses_nothing(
    books: Books, log: Log, server: TestServer
) -> None:
    """I21: it comes back, and all is there."""
    await _add_events(books)
    name = books.home.log.url.database
    server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await books.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name",
        name=name,
    )
    with pytest.raises(DBAPIError):
        await ship_trail()
    await _add_events(books)
    (row,) = await books.rows("SELECT error, failed_at FROM trail_relay")
    assert row.error
    assert row.failed_at

    server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert await ship_trail() == 2 * ADDED + 1
    assert len(await log.rows()) == 2 * ADDED + 1
    (row,) = await books.rows("SELECT error FROM trail_relay")
    assert row.error == ""


async def test_foreign_chain_is_not_built_upon(books: Books, log: Log) -> None:
    await _add_events(books)
    await ship_trail()
    log.tamper(f"DELETE FROM audit_entry WHERE position > {ADDED}")  # noqa: S608 - a number
    await _add_events(books)
    with pytest.raises(Conflict, match="not the one that was shipped"):
        await ship_trail()
    assert await _waiting(books) == ADDED
    assert len(await log.rows()) == ADDED


async def test_other_change_of_the_same_number_stops_the_relay(
    books: Books, clock: Clock
) -> None:
    """MainDB alone was restored: marking would lose what is new."""
    await _add_events(books, 1)
    await ship_trail()
    async with books.home.unit_of_work() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text("DELETE FROM security_event"))
        await session.execute(
            text("ALTER SEQUENCE security_event_id_seq RESTART WITH 1")
        )
    clock.advance(minutes=1)
    await _add_events(books, 1)
    with pytest.raises(Conflict, match="restored"):
        await ship_trail()
    assert await _waiting(books) == 1


async def test_relay_writes_as_a_role_that_can_only_add(
    books: Books, home: Database
) -> None:
    """I23: neither the tables nor the role let anything be changed."""
    await ship_trail()
    (row,) = await books.rows("SELECT writes_apart FROM trail_relay")
    assert row.writes_apart
    for statement in (
        "UPDATE audit_entry SET source_id = 1",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DELETE FROM audit_head",
    ):
        with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
            async with home.log_unit_of_work() as session:
                await session.execute(text(statement))


async def test_owner_of_the_tables_changes_nothing_either(home: Database) -> None:
    """I23: a trigger refuses."""
    for statement in ("UPDATE audit_entry SET source_id = 1", "DELETE FROM audit_head"):
        with pytest.raises(DBAPIError, match="is refused"):
            async with home.log_unit_of_work() as session:
                await session.execute(text("RESET ROLE"))
                await session.execute(text(statement))


async def test_server_where_no_role_can_be_made_is_told(
    books: Books, server: TestServer
) -> None:
    """The triggers still keep the rows; the health says that the role is missing."""
    server.execute("CREATE ROLE plain NOLOGIN")
    server.execute("CREATE DATABASE plain_log OWNER plain TEMPLATE template0")
    server.execute("ALTER ROLE fintrack IN DATABASE plain_log SET role = 'plain'")
    migrations.migrate(migrations.LOG, server.url("plain_log"))
    main = books.home.main.url.render_as_string(hide_password=False)
    home = database.connect(main, server.url("plain_log"), books.home.clock)
    database.install(home)
    await ship_trail()
    assert not (await ask(SYSTEM, find_health)).writes_apart
    assert (await ask(SYSTEM, verify_trail)).rows == 1
    with pytest.raises(DBAPIError, match="is refused"):
        async with home.log_unit_of_work() as session:
            await session.execute(text("DELETE FROM audit_entry"))
    await home.dispose()
    server.drop("plain_log")
    server.execute("DROP ROLE plain")


async def test_mark_is_as_far_as_the_chain(books: Books, log: Log) -> None:
    await _add_events(books)
    await ship_trail()
    async with books.home.reading() as session:
        known = await relay.known_tip(session)
    last = (await log.rows())[-1]
    assert (known.position, known.hash) == (last.position, last.hash)
