"""Each invariant of docs/invariants.md is named in a test."""

import re
from pathlib import Path

from fintrack.services.checks import PROOFS

TESTS = Path(__file__).parent
LIST = TESTS.parent / "docs" / "invariants.md"


def test_each_invariant_is_named_in_a_test() -> None:
    promised = set(re.findall(r"^\| (I\d+) \|", LIST.read_text(), re.MULTILINE))
    named = {
        number
        for path in TESTS.rglob("test_*.py")
        if path != Path(__file__)
        for number in re.findall(r"\bI\d+\b", path.read_text())
    }
    proved = {proof[0] for proof in PROOFS}
    assert proved == {f"I{number}" for number in (*range(1, 11), 28, 29, 32)}
    assert promised <= named
