"""Finds the texts for people in our sources, for Babel (see babel.cfg).

Five ways to write one: ``t("…")`` and ``message_id("…")``, ``translate("…")`` and
``translate_plural("…", "…", n)`` (also as ``say`` and ``count`` of a reader), and the
errors: the ``message`` of an error class, with ``one`` where it has a form for one, and
the first argument of an error or ``Problem``. The texts of ``t`` and all those of pages
and components are for the browser.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePath
from typing import BinaryIO

from fintrack.core.errors import FinTrackError, Problem
from fintrack.core.text import BROWSER

MARKS = frozenset({"t", "message_id", "translate", "say"})
PLURALS = frozenset({"translate_plural", "count"})
BROWSER_FLOORS = frozenset({"pages", "components"})

Found = tuple[int, str, tuple[str, ...], list[str]]


class BuiltText(ValueError):
    """A text is put together at run time, so that no catalogue can hold it."""


def extract(
    fileobj: BinaryIO,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, object],
) -> Iterator[Found]:
    """Yield line, kind, texts and remarks of each message, as Babel wants them.

    Raises:
        BuiltText: A text is an f-string or a concatenation.
    """
    del keywords, comment_tags, options
    path = PurePath(fileobj.name)
    tree = ast.parse(fileobj.read())
    errors = error_names(tree)
    on_page = bool(BROWSER_FLOORS & set(path.parts))
    try:
        for node in ast.walk(tree):
            yield from _messages_of(node, errors, on_page=on_page)
    except BuiltText as error:
        message = f"{path}:{error}"
        raise BuiltText(message) from None


def error_names(tree: ast.Module) -> frozenset[str]:
    """The classes whose first argument is a text, with those of this file."""
    names = {Problem.__name__, *_tree_of(FinTrackError)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and names & {
            called_name(b) for b in node.bases
        }:
            names.add(node.name)
    return frozenset(names)


def _tree_of(error: type[FinTrackError]) -> set[str]:
    below = (_tree_of(child) for child in error.__subclasses__())
    return {error.__name__}.union(*below)


def _messages_of(
    node: ast.AST, errors: frozenset[str], *, on_page: bool
) -> Iterator[Found]:
    if isinstance(node, ast.ClassDef) and node.name in errors:
        yield from _class_messages(node)
    elif isinstance(node, ast.Call):
        name = called_name(node.func)
        remarks = [BROWSER] if on_page or name == "t" else []
        if name in PLURALS:
            both = tuple(text for part in node.args[:2] for text in _texts(part))
            if len(both) == 2:  # noqa: PLR2004 - a list counts something else
                yield node.lineno, "ngettext", both, remarks
        elif name in MARKS or name in errors:
            _check_literal(name, node)
            for text in (text for part in node.args[:1] for text in _texts(part)):
                yield node.lineno, "gettext", (text,), remarks


def _check_literal(name: str, node: ast.Call) -> None:
    """What the browser translates is sent to it: a name would hide that from us."""
    if name == "t" and isinstance(node.args[0], ast.Name):
        message = f"{node.lineno}: t takes a literal; a state says what has a name"
        raise BuiltText(message)


def _class_messages(node: ast.ClassDef) -> Iterator[Found]:
    messages = tuple(_class_texts(node, "message"))
    both = (*_class_texts(node, "one"), *messages)
    if len(both) > len(messages):
        yield node.lineno, "ngettext", both, []
    else:
        for text in messages:
            yield node.lineno, "gettext", (text,), []


def _class_texts(node: ast.ClassDef, name: str) -> Iterator[str]:
    for part in node.body:
        if isinstance(part, ast.Assign):
            targets: list[ast.expr] = part.targets
        elif isinstance(part, ast.AnnAssign):
            targets = [part.target]
        else:
            continue
        if part.value is not None and name in {called_name(t) for t in targets}:
            yield from _texts(part.value)


def _texts(node: ast.expr) -> Iterator[str]:
    """The literals that ``node`` may be; a name or a call is another's text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.JoinedStr | ast.BinOp):
        message = f"{node.lineno}: write the text as one literal with {{placeholders}}"
        raise BuiltText(message)


def called_name(node: ast.expr) -> str:
    """The last name of ``a.b.name``, or nothing."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
