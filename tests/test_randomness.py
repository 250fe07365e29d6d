"""What nobody may guess is drawn from the system's own generator."""

import ast
from pathlib import Path

from tests.house import sources

ROOT = Path(__file__).parents[1]
# ``random`` is seeded and can be foreseen; ids of version 1 tell place and time.
FORESEEN = {"random", "numpy.random"}


def test_nothing_draws_from_a_generator_that_can_be_foreseen() -> None:
    assert [str(path) for path in sources(ROOT) if _draws_from(path) & FORESEEN] == []


def _draws_from(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found
