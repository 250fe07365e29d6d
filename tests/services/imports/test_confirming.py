"""A yes to a file: its rows are in the books, each once, or none at all."""

import json
from pathlib import Path

import pytest

from fintrack.core.money import Money
from fintrack.services.commands import perform
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from tests.books import Books, money
from tests.services.imports.conftest import Desk

pytestmark = pytest.mark.database
BANKS = sorted((Path(__file__).parents[2] / "data" / "banks").glob("*.csv"))
BOOKS = ("transaction", "posting", "balance_month")


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
async def test_bank_file_is_imported_once_and_taken_back(
    path: Path, desk: Desk, books: Books
) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    currency, total = next(iter(expected["sums"].items()))
    account = await books.open("Bank", f"0 {currency}")
    before = await books.snapshot()

    first = await desk.bring(account.id, path.read_bytes())
    assert await books.balance(account.id) == money(f"{total} {currency}")
    after = await books.snapshot()
    second = await desk.bring(account.id, path.read_bytes())
    assert second.value.rows_added == 0
    assert (await books.snapshot())["posting"] == after["posting"]
    assert await books.findings() == []

    await perform(books.actor, take_back_import, TakeBack(first.value.id))
    left = await books.snapshot()
    assert [left[table] for table in BOOKS] == [before[table] for table in BOOKS]
    assert await books.balance(account.id) == Money(0, currency)
    assert await books.findings() == []
