"""The rates in the program: read right, loaded once, whole."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fintrack.core.currency import all_currencies
from fintrack.core.rate_checks import check_observations
from fintrack.services.rates import bundled
from fintrack.services.rates.bundled import HISTORY, SNAPSHOT, load_bundled
from fintrack.services.rates.feeds.central_bank import read_table
from fintrack.services.rates.feeds.currency_api import read_snapshot
from tests.books import Books


async def test_it_is_loaded_once_and_found(books: Books) -> None:
    loaded = await load_bundled()
    assert loaded > 200_000
    assert await load_bundled() == 0
    query = "SELECT count(*) AS n, sum(multiplier) AS seen FROM rate_run"
    (kept,) = await books.rows(query)
    assert kept.n == loaded
    said = [*read_table(HISTORY.read_bytes()), *read_snapshot(SNAPSHOT.read_bytes())]
    codes = {one.code for one in all_currencies()}
    told = check_observations(said, codes, books.home.clock())
    assert (kept.seen, told.refused) == (len(told.good), [])


async def test_newer_data_adds_what_is_new_and_keeps_the_rest(
    books: Books, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text('{"date": "2026-01-01", "usd": {"eur": 0.9, "chf": 0.8}}')
    new.write_text('{"date": "2026-01-02", "usd": {"eur": 0.91, "usd": 1, "nope": 2}}')
    for path in (old, new):
        monkeypatch.setattr(bundled, "SNAPSHOT", path)
        monkeypatch.setattr(bundled, "read_table", lambda _: ())
        await load_bundled()
    rows = await books.rows("SELECT code, per_usd FROM rate_run ORDER BY valid_from, 1")
    assert [(row.code, row.per_usd) for row in rows] == [
        ("CHF", Decimal("0.8")),
        ("EUR", Decimal("0.9")),
        ("EUR", Decimal("0.91")),
    ]
    (row,) = await books.rows(
        "SELECT complete_on FROM rate_source WHERE name LIKE 'c%'"
    )
    assert row.complete_on == date(2026, 1, 1)
