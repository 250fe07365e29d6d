"""docs/asvs.csv: every requirement has a test, an honest gap, or a reason why not."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COLUMNS = "chapter_id chapter_name section_id section_name req_id req_description L"
with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
    READER = csv.DictReader(file)
    HEADER = list(READER.fieldnames or ())
    ROWS = {row["req_id"]: row for row in READER}
MET, GAP, NOT_APPLICABLE = "met", "not met yet", "not applicable"
# How many requirements each section of ASVS 5.0 has at levels 1 and 2.
COUNTS = {
    "V3.4": 6,
    "V3.5": 5,
    "V4.4": 4,
    "V5.1": 1,
    "V5.2": 3,
    "V5.3": 2,
    "V5.4": 3,
    "V6.1": 3,
    "V6.2": 12,
    "V6.3": 4,
    "V6.4": 4,
    "V6.5": 5,
    "V6.6": 3,
    "V6.8": 4,
    "V7.1": 3,
    "V7.2": 4,
    "V7.3": 2,
    "V7.4": 5,
    "V7.5": 2,
    "V7.6": 2,
    "V8.1": 2,
    "V8.2": 3,
    "V8.3": 1,
    "V8.4": 1,
    "V11.1": 2,
    "V11.2": 3,
    "V11.3": 3,
    "V11.4": 4,
    "V11.5": 1,
    "V11.6": 1,
    "V16.1": 1,
    "V16.2": 5,
    "V16.3": 4,
    "V16.4": 3,
    "V16.5": 3,
}
# Of level 3, which is not promised as a whole.
BEYOND = {"V7.5.3"}
REQUIRED = [f"{section}.{n + 1}" for section, k in COUNTS.items() for n in range(k)]


def test_columns_are_those_of_the_standard_and_our_own() -> None:
    assert [*COLUMNS.split(), "status", "how", "tests"] == HEADER
    levels = {number: row["L"] for number, row in ROWS.items()}
    assert {number for number, level in levels.items() if level == "3"} == BEYOND
    assert set(levels.values()) == {"1", "2", "3"}


def test_no_requirement_of_these_chapters_is_missing() -> None:
    assert [one for one in REQUIRED if one not in ROWS] == []


@pytest.mark.parametrize("number", ROWS)
def test_row_has_a_test_a_gap_or_a_reason(number: str) -> None:
    row = ROWS[number]
    status, how = row["status"], row["how"]
    assert status in (MET, GAP, NOT_APPLICABLE)
    assert how.endswith(".")
    if status == MET:
        assert row["tests"]
        assert not how.startswith((GAP, NOT_APPLICABLE))
    else:
        assert re.fullmatch(rf"{status}: \w.{{15,}}", how)
    missing = [name for name in row["tests"].split() if not is_there(name)]
    assert missing == []


def test_test_that_does_not_exist_is_caught() -> None:
    own = "tests/test_asvs.py"
    assert is_there(f"{own}::test_columns_are_those_of_the_standard_and_our_own")
    assert not is_there(f"{own}::test_columns")
    assert not is_there("tests/test_nothing.py::test_nothing")
    assert not is_there(own)


def is_there(node: str) -> bool:
    """Whether ``file::function`` names a test; a helper is none."""
    path, _, name = node.partition("::")
    return name.startswith("test_") and name in _functions(path)


@cache
def _functions(path: str) -> frozenset[str]:
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    found = ast.parse(file.read_text(encoding="utf-8")).body
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in found if isinstance(node, kinds))
