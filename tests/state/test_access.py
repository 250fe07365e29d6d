"""Marks say who may call a handler."""

from fintrack.core.actor import Role
from fintrack.state.access import EVERYBODY, NOBODY, PEOPLE, needs, public, roles_of


def handler() -> None:
    """Has no mark."""


def test_unmarked_handler_is_for_people_and_refused_in_the_staff_area() -> None:
    assert roles_of(handler, "fintrack.state.accounts") == PEOPLE
    assert roles_of(handler, "admin.state.users") == NOBODY


def test_marks_are_read_back() -> None:
    assert roles_of(public(lambda: None), "admin.x") == EVERYBODY
    marked = needs(Role.ADMIN, Role.SYSTEM)(lambda: None)
    assert roles_of(marked, "admin.x") == {Role.ADMIN}
