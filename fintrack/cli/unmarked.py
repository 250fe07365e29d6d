"""Finds texts in constants that no catalogue sees, because ``message_id`` is missing.

Two signs betray one: it is given to an error, ``Problem``, ``translate`` or the like
and nothing in it is marked (names may stand beside texts), or it reads as a sentence.
What the terminal says stays English.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from fintrack.cli.extraction import MARKS, PLURALS, called_name, error_names

PACKAGES = ("fintrack", "admin")
# Told to whoever started the program, in English like all of its log.
TERMINAL = ("fintrack/cli/", "fintrack/services/embedded/")
_SENTENCE = re.compile(r"[A-Z“{][^\n]* [^\n]*[.!?]")


def unmarked_texts(root: Path) -> list[str]:
    """One line for each constant of the sources below ``root`` that lacks its mark."""
    trees = {
        path.relative_to(root): ast.parse(path.read_text(encoding="utf-8"))
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.py"))
    }
    constants = {
        (_module(path), name): (path, node)
        for path, tree in trees.items()
        for name, node in _constants(tree)
    }
    given = {place for path, tree in trees.items() for place in _given(path, tree)}
    return [
        f"{path.as_posix()}:{node.lineno}: write {place[1]} with message_id"
        for place, (path, node) in constants.items()
        if (place in given and _is_bare(node)) or _holds_sentence(path, node)
    ]


def _module(path: Path) -> str:
    """``fintrack/core/money.py`` is ``fintrack.core.money``."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """The names of a module with their values."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets: list[ast.expr] = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        else:
            continue
        if node.value is not None:
            for target in targets:
                yield called_name(target), node.value


def _is_bare(node: ast.expr) -> bool:
    """Whether a value holds literals and no call that could mark one."""
    return any(_plain_texts(node)) and not any(
        isinstance(part, ast.Call) for part in ast.walk(node)
    )


def _holds_sentence(path: Path, node: ast.expr) -> bool:
    return not path.as_posix().startswith(TERMINAL) and any(
        map(_SENTENCE.fullmatch, _plain_texts(node))
    )


def _plain_texts(node: ast.expr) -> Iterator[str]:
    """The literals that a value holds; what a call holds is that call's affair."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and node.value:
            yield node.value
    elif isinstance(node, ast.Dict):
        for part in node.values:
            yield from _plain_texts(part)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for part in node.elts:
            yield from _plain_texts(part)
    elif isinstance(node, ast.IfExp):
        yield from _plain_texts(node.body)
        yield from _plain_texts(node.orelse)


def _given(path: Path, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The constants that a file gives to errors and translations: module and name."""
    errors = error_names(tree)
    imported = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        for part in _told(node, errors):
            if isinstance(part, ast.Name):
                yield imported.get(part.id, (_module(path), part.id))
            elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                yield ".".join(imported.get(part.value.id, ())), part.attr


def _told(node: ast.AST, errors: frozenset[str]) -> Iterator[ast.expr]:
    """What stands where a call wants a text."""
    if not isinstance(node, ast.Call):
        return
    name = called_name(node.func)
    if name in MARKS or name in errors:
        texts = node.args[:1]
    elif name in PLURALS and len(node.args) > 2:  # noqa: PLR2004 - two forms and a count
        texts = node.args[:2]
    else:
        texts = []
    for text in texts:
        yield from _choices(text)


def _choices(node: ast.expr) -> Iterator[ast.expr]:
    """``A if x else B``, ``TABLE[key]`` and ``TABLE.get(key, A)``, taken apart."""
    if isinstance(node, ast.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)
    elif isinstance(node, ast.Subscript):
        yield from _choices(node.value)
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            yield node.func.value
            yield from node.args[1:]
    else:
        yield node
