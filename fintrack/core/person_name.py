"""The names of people: in any script, on one line, and to be seen."""

from typing import Final

from fintrack.core.errors import InvalidInput
from fintrack.core.words import is_showable, is_visible

MAX_NAME: Final = 100


def check_first_name(name: str) -> None:
    """Passes a good first name.

    Raises:
        InvalidInput: on the field ``first_name``.
    """
    if not name:
        raise InvalidInput("Please enter a name.", field="first_name")
    _check(name, "first_name")


def check_last_name(name: str) -> None:
    """Passes a good last name, or none.

    Raises:
        InvalidInput: on the field ``last_name``.
    """
    if name:
        _check(name, "last_name")


def _check(name: str, field: str) -> None:
    if len(name) > MAX_NAME:
        raise InvalidInput(
            "Please enter a name of at most {limit} characters.",
            field=field,
            limit=MAX_NAME,
        )
    if not is_showable(name) or not is_visible(name):
        raise InvalidInput("This name cannot be used.", field=field)
