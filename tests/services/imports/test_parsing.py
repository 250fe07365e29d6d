"""A file is read in a thread, in batches, in its order, and left when nobody reads."""

import asyncio
import threading
from io import BytesIO
from typing import BinaryIO

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.rows import StatementRow
from fintrack.core.statements.sniffing import sniff
from fintrack.services.imports import parsing
from fintrack.services.imports.parsing import ParsedRow, Source, parse
from tests.services.imports.statements import CURRENT, as_csv


def _mapping(data: bytes) -> Mapping:
    return Mapping.from_json({**sniff(data).mapping.to_json(), "currency": "EUR"})


def _source(data: bytes, account_id: int = 1) -> Source:
    return Source(lambda: BytesIO(data), _mapping(data), account_id)


async def _all(source: Source) -> list[ParsedRow]:
    async with parse(source) as file:
        return [row async for batch in file.batches() for row in batch]


async def test_rows_come_in_batches_in_the_order_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parsing, "BATCH_ROWS", 2)
    async with parse(_source(CURRENT)) as file:
        batches = [batch async for batch in file.batches()]
    numbers = [parsed.row.number for batch in batches for parsed in batch]
    assert numbers == sorted(numbers)
    assert {len(batch) for batch in batches[:-1]} == {2}
    assert [proof.holds for proof in file.proofs] == [True]


async def test_long_rows_make_short_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "BATCH_CHARACTERS", 10)
    async with parse(_source(CURRENT)) as file:
        assert all([len(batch) <= 1 async for batch in file.batches()])


async def test_identical_rows_have_different_keys_each_time_the_same() -> None:
    coffee = ("2026-02-03", "Café", "-2.50")
    data = as_csv(coffee, coffee)
    first, again = await _all(_source(data)), await _all(_source(data))
    keys = [row.key for row in first]
    assert len(set(keys)) == 2
    assert keys == [row.key for row in again]


async def test_key_belongs_to_the_account() -> None:
    here, there = await _all(_source(CURRENT, 1)), await _all(_source(CURRENT, 2))
    assert not {row.key for row in here} & {row.key for row in there}


async def test_words_are_prepared_for_transactions_only() -> None:
    def payee(row: StatementRow) -> str:
        return row.payee

    data = as_csv(("2026-02-03", "Café", "-2.50"), ("", "", ""))
    async with parse(_source(data), payee) as file:
        found = [row.words async for batch in file.batches() for row in batch]
    assert found == ["Café", ""]


async def test_mapping_without_a_date_is_an_answer_not_a_hang() -> None:
    source = _source(CURRENT)
    named = source.mapping.to_json() | {"roles": [Role.IGNORE.value] * 4}
    with pytest.raises(InvalidInput):
        await _all(source._replace(mapping=Mapping.from_json(named)))


async def test_thread_ends_when_the_reader_leaves_early(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parsing, "BATCH_ROWS", 1)
    opened: list[BinaryIO] = []
    rows = [("2026-02-03", f"Shop {n}", "-2.50") for n in range(5_000)]
    data = as_csv(*rows)

    def open_file() -> BinaryIO:
        opened.append(BytesIO(data))
        return opened[-1]

    before = threading.active_count()
    async with parse(Source(open_file, _mapping(data), 1)) as file:
        async for _ in file.batches():
            break
    assert opened[0].closed
    assert threading.active_count() <= before + 1


async def test_many_files_at_once_do_not_hold_up_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parsing, "BATCH_ROWS", 2)
    data = as_csv(
        *((f"2026-02-{n % 28 + 1:02d}", f"Shop {n}", "-1") for n in range(40))
    )

    async def consume() -> int:
        async with parse(_source(data)) as file:
            found = 0
            async for batch in file.batches():
                found += await asyncio.to_thread(len, batch)
            return found

    many = asyncio.gather(*(consume() for _ in range(40)))
    counts = await asyncio.wait_for(many, timeout=30)
    assert len(set(counts)) == 1
