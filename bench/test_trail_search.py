"""The staff's search of the trail; ``AUDIT_ROWS`` for fewer rows."""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from time import perf_counter

import psycopg

from bench.books import NOW
from bench.table import measure, print_table
from fintrack.services.database import Database
from fintrack.services.staff.searching import TrailFilter, find_rows
from fintrack.services.trail.sealing import compose

ROWS = int(os.environ.get("AUDIT_ROWS", "1000000"))
MAX_P95_MS = 100
PEOPLE, BUSY, RARE = 2_000, 1, 2_007
YEARS = timedelta(days=3 * 365)
PAGE = 50
# As often as in a house that lives: nearly all are changes of books.
BOOKS = ("transaction.record", "transaction.change", "category.add", "import.confirm")
EVENTS = ("sign-in", "sign-out", "proved", "refused", "profile-viewed")
SEALED = os.urandom(600)
HASH = bytes(32)


def _entries(rows: int) -> Iterator[tuple[object, ...]]:
    """One of a thousand rows is of somebody whom nothing else tells of."""
    dice = random.Random(7)  # noqa: S311 - figures to measure with, no secret
    step = YEARS / rows
    for number in range(1, rows + 1):
        is_event = number % 20 == 0
        # Half of everything is done by one person.
        person = BUSY if number % 2 else dice.randrange(2, PEOPLE)
        if number % (rows // 1_000) == 0:
            person = RARE
        what = dice.choice(EVENTS if is_event else BOOKS)
        about = {"about": dice.randrange(2, PEOPLE)} if what == "profile-viewed" else {}
        payload = compose({"what": what, "person": person, "ledger": 1, **about}, [])
        source = "security_event" if is_event else "change_set"
        at = NOW - YEARS + step * number
        yield number, source, number, at, payload + SEALED, HASH, HASH


def _fill(home: Database) -> float:
    """Seconds that LogDB takes for the rows, indexes included."""
    url = home.log.url
    place = {"host": url.query["host"], "port": url.query["port"]}
    began = perf_counter()
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
            for entry in _entries(ROWS):
                copy.write_row(entry)
        cursor.execute("ANALYZE audit_entry")
    return perf_counter() - began


def _searches() -> dict[str, tuple[TrailFilter, int | None, int | None]]:
    """By name: the filter, the person, and the row below which the page is."""
    old = NOW - YEARS + timedelta(days=30)
    day = TrailFilter(since=old, until=old + timedelta(days=1))
    half = TrailFilter(until=NOW - YEARS / 2)
    return {
        "the newest": (TrailFilter(), None, None),
        "far down": (TrailFilter(), None, ROWS // 3),
        "one day, long ago": (day, None, None),
        "the older half": (half, None, None),
        "a kind that is rare": (TrailFilter(kind="staff"), None, None),
        "a kind that is frequent": (TrailFilter(kind="books"), None, None),
        "a kind, the older half": (replace(half, kind="access"), None, None),
        "who did half of everything": (TrailFilter(), BUSY, None),
        "who is rare": (TrailFilter(), RARE, None),
        "who is rare, a kind": (TrailFilter(kind="refused"), RARE, None),
        "who is rare, one day": (day, RARE, None),
        "who was never there": (TrailFilter(), PEOPLE * 9, None),
    }


async def test_search_answers_in_a_tenth_of_a_second_whatever_narrows_it(
    home: Database,
) -> None:
    async with home.log.connect():
        filled = _fill(home)

    async def search(
        wanted: TrailFilter, person: int | None, below: int | None
    ) -> None:
        async with home.log_reading() as log:
            await find_rows(log, wanted, person, below, PAGE)

    took = {
        name: await measure(partial(search, *asked))
        for name, asked in _searches().items()
    }
    print_table(
        f"Searching {ROWS:,} rows of the trail, p95 (at most {MAX_P95_MS} ms)",
        [
            *((name, f"{times.p95:.1f} ms") for name, times in took.items()),
            ("filling it, indexes included", f"{filled:.0f} s"),
        ],
    )
    assert max(times.p95 for times in took.values()) <= MAX_P95_MS
