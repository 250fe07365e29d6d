"""Files shaped as banks and programs write them give what stands beside them.

``tests/data/statements/SOURCES.md`` says where the shapes come from.
"""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fintrack.core.currency import all_currencies
from fintrack.core.errors import InvalidInput, UnsupportedType
from fintrack.core.statements.balance import Balances
from fintrack.core.statements.files import read_file, sniff_file
from fintrack.core.statements.rows import DoubtfulRow, SkippedRow, StatementRow

FOLDER = Path(__file__).parents[2] / "data" / "statements"
FILES = sorted(p for p in FOLDER.iterdir() if p.suffix not in (".golden", ".md"))
EXPONENTS = {currency.code: currency.exponent for currency in all_currencies()}


def _amount(minor: int | None, currency: str) -> str | None:
    return None if minor is None else f"{Decimal(minor).scaleb(-EXPONENTS[currency])}"


def _shown(row: object) -> list[Any]:
    if isinstance(row, DoubtfulRow):
        return [row.number, "doubtful", *[problem.message for problem in row.problems]]
    if isinstance(row, SkippedRow):
        return [row.number, "skipped", row.reason.message]
    assert isinstance(row, StatementRow)
    assert not row.problems
    money = _amount(row.amount_minor, row.currency)
    texts = [row.payee, row.description, row.reference, row.bank_id]
    return [row.number, row.on_date.isoformat(), money, row.currency, *texts]


def _part(data: bytes, name: str) -> dict[str, Any]:
    mapping = sniff_file(data, name).mapping
    mapping = replace(mapping, currency=mapping.currency or "EUR")
    balances, rows = Balances(), []
    for row in read_file(data, mapping, EXPONENTS):
        balances.add(row)
        rows += [_shown(row)] if hasattr(row, "number") else []
    ends = [
        [p.currency, *[_amount(n, p.currency) for n in (p[3], p[4], p[5])], p.holds]
        for p in balances.proofs()
    ]
    return {"currency": mapping.currency, "rows": rows, "balances": ends}


def golden(data: bytes) -> dict[str, Any]:
    """All that is understood of a file, as it is kept beside it."""
    sniffed = sniff_file(data)
    return {
        "format": sniffed.mapping.format.value,
        "encoding": sniffed.mapping.encoding,
        "date_order": sniffed.mapping.date_order.value,
        "decimal": sniffed.mapping.number_style.decimal,
        "notes": [note.message for note in sniffed.notes],
        "chosen": sniffed.mapping.part,
        "parts": {part.name: _part(data, part.name) for part in sniffed.parts},
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_gives_what_stands_beside_it(path: Path) -> None:
    beside = path.with_suffix(".golden").read_text(encoding="utf-8")
    assert golden(path.read_bytes()) == json.loads(beside)


def test_each_format_has_three_files() -> None:
    kinds = [sniff_file(path.read_bytes()).mapping.format for path in FILES]
    assert {kinds.count(kind) for kind in kinds} == {3}
    assert len(set(kinds)) == 6


def test_account_that_the_file_does_not_hold_is_refused() -> None:
    data = (FOLDER / "sparkasse_two_accounts.ofx").read_bytes()
    with pytest.raises(InvalidInput, match="does not hold “4711”"):
        sniff_file(data, "4711")


def test_csv_is_read_as_before() -> None:
    data = b"Date,Payee,Amount\n2026-02-03,Baker,-2.50\n"
    mapping = replace(sniff_file(data).mapping, currency="EUR")
    (row,) = read_file(data, mapping, EXPONENTS)
    assert _shown(row)[:4] == [2, "2026-02-03", "-2.50", "EUR"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><body>Please sign in</body></html>", "neither OFX nor CAMT.053"),
        (b'{"accounts": []}', "not written by FinTrack"),
    ],
)
def test_files_of_other_kinds_are_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UnsupportedType, match=words):
        sniff_file(data)
