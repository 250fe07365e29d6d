"""House rules that no off-the-shelf linter checks; each gives what breaks it."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "handler"}
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40
MONEY_FLOORS = ("core", "models", "services")
TWINNED_FLOORS = ("core", "services")
TRANSACTION_CALLS = {"commit", "begin", "transaction"}
PRODUCT = ("fintrack", "admin")
PROOFS = ("tests", "bench")
SUPPRESSION = re.compile(
    r"# (?:noqa: [A-Z0-9, ]+|(?:type|pyright): ignore\[[\w, -]+\])(?P<reason>.*)"
)


def sources(root: Path, folders: Iterable[str] = PRODUCT) -> list[Path]:
    """Our Python files, relative to ``root``."""
    return sorted(
        path.relative_to(root)
        for folder in folders
        for path in (root / folder).rglob("*.py")
    )


def floor_of(path: Path) -> str:
    return path.parts[1] if len(path.parts) > 2 else ""


def is_forbidden_name(path: Path) -> bool:
    return not FORBIDDEN_NAMES.isdisjoint({*path.parent.parts, path.stem})


def is_too_long(source: str) -> bool:
    return len(source.splitlines()) > MAX_FILE_LINES


def long_functions(source: str) -> list[str]:
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > MAX_FUNCTION_LINES
    ]


def bare_suppressions(source: str) -> list[int]:
    """Lines that silence a checker and do not say why."""
    return [
        number
        for number, line in enumerate(source.splitlines(), start=1)
        if (found := SUPPRESSION.search(line)) and not found["reason"].strip(" -#")
    ]


def floats(source: str) -> list[int]:
    """Lines that name ``float`` or hold a constant of it."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]


def transaction_calls(source: str) -> list[int]:
    """Lines that open or end a database transaction."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in TRANSACTION_CALLS
    ]


def twin_of(path: Path) -> Path | None:
    """The test file that ``path`` must have, or None where it needs none."""
    if floor_of(path) not in TWINNED_FLOORS or path.name == "__init__.py":
        return None
    return Path("tests", *path.parts[1:]).with_name(f"test_{path.name}")
