"""Files shaped as real banks export them are read without a question.

Each ``tests/data/banks/*.csv`` has its expectation beside it; ``SOURCES.md`` there says
where the layouts come from and which expectations the reader wrote itself. People and
accounts are invented, so are most amounts.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fintrack.core.currency import all_currencies
from fintrack.core.statements.balance import Balances
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.reader import read_statement
from fintrack.core.statements.rows import DoubtfulRow, Row, SkippedRow, StatementRow
from fintrack.core.statements.sniffing import sniff

BANKS = sorted((Path(__file__).parents[2] / "data" / "banks").glob("*.csv"))
EXPONENTS = {currency.code: currency.exponent for currency in all_currencies()}


def _statement(path: Path) -> tuple[dict[str, Any], Mapping, list[Row]]:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    mapping = sniff(path.read_bytes()).mapping
    account_currency = next(iter(expected["sums"]))
    named = json.loads(json.dumps(mapping.to_json()))
    named["currency"] = named["currency"] or account_currency
    rows = list(read_statement(path.read_bytes(), Mapping.from_json(named), EXPONENTS))
    return expected, mapping, rows


def _shown(row: StatementRow) -> dict[str, str | None]:
    balance = row.balance_minor
    return {
        "on_date": row.on_date.isoformat(),
        "amount": _amount(row.amount_minor, row.currency),
        "payee": row.payee,
        "description": row.description,
        "reference": row.reference,
        "balance": None if balance is None else _amount(balance, row.currency),
    }


def _amount(minor: int, currency: str) -> str:
    exponent = EXPONENTS[currency]
    return f"{Decimal(minor).scaleb(-exponent):.{exponent}f}"


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_bank_file_is_understood_without_a_question(path: Path) -> None:
    expected, mapping, rows = _statement(path)
    found = [row for row in rows if isinstance(row, StatementRow)]
    sums: dict[str, int] = {}
    for row in found:
        sums[row.currency] = sums.get(row.currency, 0) + row.amount_minor
    assert {
        "encoding": mapping.encoding,
        "date_order": mapping.date_order.value,
        "currency": mapping.currency,
        "rows": len(found),
        "doubtful": sum(isinstance(row, DoubtfulRow) for row in rows),
        "skipped": sum(isinstance(row, SkippedRow) and any(row.raw) for row in rows),
        "sums": {code: _amount(minor, code) for code, minor in sums.items()},
        "first": _shown(found[0]),
        "last": _shown(found[-1]),
    } == {key: value for key, value in expected.items() if key != "balance_holds"}
    assert not [row for row in found if row.problems]


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_bank_file_proves_itself_where_it_has_balances(path: Path) -> None:
    expected, _, rows = _statement(path)
    balances = Balances()
    for row in rows:
        balances.add(row)
    holds = all(proof.holds for proof in balances.proofs())
    assert holds == bool(expected["balance_holds"])


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_bank_file_needs_no_answer_from_a_person(path: Path) -> None:
    assert sniff(path.read_bytes()).notes == ()
