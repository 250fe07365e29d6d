"""Verifying the audit chain, and what shipping costs; ``AUDIT_ROWS`` for fewer."""

import os
from collections.abc import Iterator
from datetime import date
from time import perf_counter

import psycopg
from sqlalchemy import text

from bench.books import NOW
from bench.table import print_table
from fintrack.core.actor import SYSTEM
from fintrack.core.audit_chain import Shipment, Tip, link
from fintrack.services.commands import ask
from fintrack.services.database import Database
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.sealing import compose
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import verify_trail
from tests.books import Books

ROWS = int(os.environ.get("AUDIT_ROWS", "1000000"))
MAX_SECONDS_PER_MILLION = 10
SHIPPED = 10_000
SPENT = 500
ONE_BY_ONE = 46_000
# What a change set of one transaction with two postings weighs, sealed.
SEALED = os.urandom(600)


def _chain(rows: int) -> Iterator[tuple[Tip, Shipment, Tip]]:
    tip = Tip()
    payload = compose({"what": "transaction.record", "person": 1, "ledger": 1}, [])
    for number in range(1, rows + 1):
        shipment = Shipment("change_set", number, NOW, payload + SEALED)
        before, tip = tip, link(tip, shipment)
        yield before, shipment, tip


def _fill(home: Database, rows: int) -> None:
    url = home.log.url
    place = {"host": url.query["host"], "port": url.query["port"]}
    with (
        psycopg.connect(user=url.username, dbname=url.database, **place) as connection,  # pyright: ignore[reportArgumentType] - one host, one port
        connection.cursor() as cursor,
    ):
        names = "position, source, source_id, at, payload, previous_hash, hash"
        with cursor.copy(
            f"COPY audit_entry ({names}) FROM STDIN (FORMAT BINARY)"
        ) as copy:
            copy.set_types(
                ["int8", "text", "int8", "timestamptz", "bytea", "bytea", "bytea"]
            )
            for before, one, tip in _chain(rows):
                copy.write_row(
                    (
                        tip.position, one.source, one.source_id, one.at, one.payload,
                        before.hash, tip.hash,
                    )
                )  # fmt: skip
        cursor.execute("ANALYZE audit_entry")


async def test_a_million_rows_are_verified_in_time(home: Database) -> None:
    began = perf_counter()
    for _ in _chain(ROWS):
        pass
    bare = perf_counter() - began
    # The log of a test is made with its first connection.
    async with home.log.connect():
        _fill(home, ROWS)
    await sign_head()
    began = perf_counter()
    verdict = await ask(SYSTEM, verify_trail)
    took = perf_counter() - began
    print_table(
        f"Verifying {ROWS:,} rows",
        [
            ("verify (at most 10 s for 1,000,000)", f"{took:.2f} s"),
            ("rows a second", f"{ROWS / took:,.0f}"),
            ("times hashing the same rows in memory", f"{took / bare:.1f}"),
        ],
    )
    assert verdict.rows == ROWS
    assert took <= MAX_SECONDS_PER_MILLION * ROWS / 1_000_000


async def test_shipping_is_told_beside_the_yardstick(books: Books) -> None:
    """One by one 46,000 bare rows a second can be hashed and written."""
    shape = "INSERT INTO security_event (at, kind, person_id, address, detail) SELECT "
    fill = text(
        shape + "now(), 'sign-in', :person, '192.0.2.1', "
        "jsonb_build_object('device', 'Firefox') FROM generate_series(1, :rows)"
    )
    async with books.home.unit_of_work() as session:
        values = {"person": books.actor.person_id, "rows": SHIPPED}
        await session.execute(fill, values)
    began = perf_counter()
    shipped = await ship_trail()
    events = perf_counter() - began

    account = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    for _ in range(SPENT):
        await books.spend(account.id, food, "0.01 EUR", date(2026, 3, 5))
    began = perf_counter()
    changes = await ship_trail()
    took = perf_counter() - began
    print_table(
        "Shipping the trail: read, sealed, chained, appended, marked",
        [
            ("events a second", f"{shipped / events:,.0f}"),
            ("change sets of a transaction a second", f"{changes / took:,.0f}"),
            ("events to the yardstick", f"{shipped / events / ONE_BY_ONE:.2f}"),
        ],
    )
    assert shipped == SHIPPED + 1
    assert changes == SPENT + 2
