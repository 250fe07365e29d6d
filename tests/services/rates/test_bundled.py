"""The rates in the program: read right, loaded once, whole."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from fintrack.services.rates import bundled
from fintrack.services.rates.bundled import (
    HISTORY,
    SNAPSHOT,
    load_bundled,
    read_history,
    read_snapshot,
)
from tests.books import Books


def test_history_is_that_of_the_central_bank() -> None:
    """1999-01-04: 1 EUR was 1.1789 USD, 133.73 JPY."""
    seen = list(read_history(HISTORY.read_bytes()))
    first = datetime(1999, 1, 4, 15, tzinfo=UTC)
    told = {one.code: one.per_usd for one in seen if one.at == first}
    assert told["EUR"] * Decimal("1.1789") - 1 < Decimal("1e-11")
    assert abs(told["JPY"] / told["EUR"] - Decimal("133.73")) < Decimal("1e-9")
    assert len({one.code for one in seen}) == 41
    assert len({one.at for one in seen}) > 7000


def test_snapshot_has_its_day_and_no_unknown_code() -> None:
    seen = list(read_snapshot(SNAPSHOT.read_bytes()))
    assert len(seen) > 150
    assert {one.at.date() for one in seen} == {date(2026, 9, 29)}
    assert "USD" not in {one.code for one in seen}


async def test_it_is_loaded_once_and_found(books: Books) -> None:
    loaded = await load_bundled()
    assert loaded > 200_000
    assert await load_bundled() == 0
    query = "SELECT count(*) AS n, sum(multiplier) AS seen FROM rate_run"
    (kept,) = await books.rows(query)
    assert kept.n == loaded
    told = list(read_history(HISTORY.read_bytes()))
    assert kept.seen == len(told) + len(list(read_snapshot(SNAPSHOT.read_bytes())))


async def test_newer_data_adds_what_is_new_and_keeps_the_rest(
    books: Books, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text('{"date": "2026-01-01", "usd": {"eur": 0.9, "chf": 0.8}}')
    new.write_text('{"date": "2026-01-02", "usd": {"eur": 0.91, "usd": 1, "nope": 2}}')
    for path in (old, new):
        monkeypatch.setattr(bundled, "SNAPSHOT", path)
        monkeypatch.setattr(bundled, "read_history", lambda _: ())
        await load_bundled()
    rows = await books.rows("SELECT code, per_usd FROM rate_run ORDER BY valid_from, 1")
    assert [(row.code, row.per_usd) for row in rows] == [
        ("CHF", Decimal("0.8")),
        ("EUR", Decimal("0.9")),
        ("EUR", Decimal("0.91")),
    ]
