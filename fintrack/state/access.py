"""Marks that say who may call a handler; they stand under ``@rx.event``.

A handler without a mark is for whoever is signed in; one of the staff area must have a
mark.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from fintrack.core.actor import Role

ATTRIBUTE = "__fintrack_access__"
STAFF_PACKAGE = "admin"
EVERYBODY = frozenset(Role)
PEOPLE = EVERYBODY - {Role.ANONYMOUS, Role.SYSTEM}
NOBODY: frozenset[Role] = frozenset()

Handler = TypeVar("Handler", bound=Callable[..., Any])


def public(handler: Handler) -> Handler:
    """For everybody, signed in or not."""
    setattr(handler, ATTRIBUTE, EVERYBODY)
    return handler


def needs(*roles: Role) -> Callable[[Handler], Handler]:
    """For people with one of these roles."""

    def mark(handler: Handler) -> Handler:
        setattr(handler, ATTRIBUTE, frozenset(roles) & PEOPLE)
        return handler

    return mark


def is_hidden(module: str) -> bool:
    """Whether strangers must not learn that the states of ``module`` exist."""
    return module.partition(".")[0] == STAFF_PACKAGE


def roles_of(handler: Callable[..., Any], module: str) -> frozenset[Role]:
    """Who may call the handler of a state that ``module`` defines."""
    unmarked = NOBODY if is_hidden(module) else PEOPLE
    roles: frozenset[Role] = getattr(handler, ATTRIBUTE, unmarked)
    return roles
