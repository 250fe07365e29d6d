"""A mapping is shown, corrected and remembered as JSON."""

import json
from dataclasses import replace
from typing import Any

import pytest

from fintrack.core.amount_text import COMMA, POINT
from fintrack.core.errors import InvalidInput
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.dates import DateOrder
from fintrack.core.statements.mapping import Mapping

MAPPING = Mapping(
    encoding="cp1252",
    separator=";",
    quote='"',
    skip_rows=5,
    header=("Buchungstag", "Text", "Betrag"),
    roles=(Role.DATE, Role.DESCRIPTION, Role.AMOUNT),
    date_order=DateOrder.DMY,
    number_style=COMMA,
    currency="EUR",
)


def test_mapping_comes_back_from_json_equal() -> None:
    assert Mapping.from_json(json.loads(json.dumps(MAPPING.to_json()))) == MAPPING


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("encoding", "utf-7"), ("encoding", None), ("separator", ""),
        ("separator", "ab"), ("quote", "x"), ("skip_rows", -1), ("skip_rows", True),
        ("skip_rows", "1"), ("roles", ["owner"]), ("roles", "date"), ("header", [1]),
        ("date_order", "ydm"), ("number_style", "roman"), ("currency", "euro"),
        ("currency", 5), ("surprise", 1),
    ],
)  # fmt: skip
def test_forged_json_is_refused(field: str, value: object) -> None:
    data: dict[str, Any] = MAPPING.to_json() | {field: value}
    with pytest.raises(InvalidInput):
        Mapping.from_json(data)


def test_fingerprint_is_of_the_columns_not_of_the_preamble() -> None:
    shouting = replace(MAPPING, header=("BUCHUNGSTAG", "text", "Betrag "), skip_rows=9)
    other = replace(MAPPING, header=("Datum", "Text", "Betrag"))
    assert shouting.fingerprint == MAPPING.fingerprint
    assert other.fingerprint != MAPPING.fingerprint


def test_remembered_meaning_is_taken_and_the_new_cut_kept() -> None:
    corrected = replace(MAPPING, number_style=POINT, flip_sign=True, skip_rows=5)
    fresh = replace(MAPPING, skip_rows=7, encoding="utf-8-sig")
    recalled = fresh.recall(corrected)
    assert recalled == replace(corrected, skip_rows=7, encoding="utf-8-sig")


def test_meaning_of_other_columns_is_not_taken() -> None:
    other = replace(MAPPING, header=("a", "b", "c"), flip_sign=True)
    assert MAPPING.recall(other) == MAPPING


def test_missing_and_doubled_columns_are_named() -> None:
    roles = (Role.DESCRIPTION, Role.BALANCE, Role.BALANCE)
    found = [role for role, _ in replace(MAPPING, roles=roles).problems()]
    assert found == ["date", "amount", "balance"]
    assert MAPPING.problems() == []
