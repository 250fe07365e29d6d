"""Defaults that nobody can change are held once, and not once for each tab.

Reflex copies a default that is neither a number nor a text for every tab, and a tab has
all states from its first event on.
"""

from dataclasses import fields, is_dataclass
from enum import Enum

from reflex.state import BaseState
from reflex_base.vars.base import Field

PLAIN = (str, bytes, int, float, Enum, type(None))


def share_defaults(state: type[BaseState]) -> None:
    """Let all tabs have the same frozen defaults in ``state`` and all below it."""
    for each in state.get_fields().values():
        if each.default_factory is not None:
            _share(each)
    for below in state.get_substates():
        share_defaults(below)


def is_unchanging(value: object) -> bool:
    """Whether nobody can change it or anything inside it: no list, no dict."""
    if isinstance(value, PLAIN):
        return True
    if isinstance(value, tuple | frozenset):
        return all(is_unchanging(one) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return False
    params = getattr(value, "__dataclass_params__", None)
    return (
        params is not None
        and params.frozen
        and all(is_unchanging(getattr(value, one.name)) for one in fields(value))
    )


def _share(field: Field[object]) -> None:
    value = field.default_value()
    if is_unchanging(value):
        field.set_default(default_factory=lambda: value)
