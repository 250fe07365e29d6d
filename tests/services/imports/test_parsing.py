"""A file is cut into batches in its order, and each row knows which one it is."""

from functools import partial
from io import BytesIO

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.sniffing import sniff
from fintrack.services.imports import parsing
from fintrack.services.imports.parsing import ParsedRow, Parsing, Source
from tests.services.imports.statements import CURRENT, as_csv


def _mapping(data: bytes) -> Mapping:
    return Mapping.from_json({**sniff(data).mapping.to_json(), "currency": "EUR"})


def _source(data: bytes, account_id: int = 1) -> Source:
    return Source(partial(BytesIO, data), _mapping(data), account_id)


def _all(source: Source) -> list[ParsedRow]:
    return [row for batch in Parsing(source, 2).batches() for row in batch]


def test_rows_come_in_batches_in_the_order_of_the_file() -> None:
    file = Parsing(_source(CURRENT), 2)
    batches = list(file.batches())
    numbers = [parsed.row.number for batch in batches for parsed in batch]
    assert numbers == sorted(numbers)
    assert {len(batch) for batch in batches[:-1]} == {2}
    assert [proof.holds for proof in file.balances.proofs()] == [True]


def test_long_rows_make_short_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "BATCH_CHARACTERS", 10)
    assert all(len(batch) <= 1 for batch in Parsing(_source(CURRENT), 99).batches())


def test_key_of_a_row_to_come_is_held_and_the_file_read_once_more_for_all() -> None:
    opened: list[bytes] = []

    def open_file() -> BytesIO:
        opened.append(CURRENT)
        return BytesIO(CURRENT)

    keys = [row.key for row in _all(_source(CURRENT))]
    file = Parsing(_source(CURRENT)._replace(open_file=open_file), 1)
    batches = file.batches()
    next(batches)
    assert [file.holds(key) for key in (*keys, f"{1:032x}")] == [True] * 4 + [False]
    assert [row.key for batch in batches for row in batch] == keys[1:]
    assert len(opened) == 2
    assert [proof.holds for proof in file.balances.proofs()] == [True]


def test_identical_rows_have_different_keys_each_time_the_same() -> None:
    coffee = ("2026-02-03", "Café", "-2.50")
    data = as_csv(coffee, coffee)
    keys = [row.key for row in _all(_source(data))]
    assert len(set(keys)) == 2
    assert keys == [row.key for row in _all(_source(data))]


def test_key_belongs_to_the_account() -> None:
    here, there = _all(_source(CURRENT, 1)), _all(_source(CURRENT, 2))
    assert not {row.key for row in here} & {row.key for row in there}


def test_mapping_without_a_date_is_refused() -> None:
    source = _source(CURRENT)
    named = source.mapping.to_json() | {"roles": [Role.IGNORE.value] * 4}
    with pytest.raises(InvalidInput):
        _all(source._replace(mapping=Mapping.from_json(named)))
