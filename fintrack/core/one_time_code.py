"""The code that a mail brings: how it is made, how it is shown and how it is read.

Six digits go with a flow that nobody else has, and their tries are counted. A code for
a new password has 60 random bits, so that nobody need count who tries it.
"""

import secrets
from datetime import timedelta
from enum import StrEnum

from fintrack.core.errors import InvalidInput

DIGITS = 6
# Without I, O, 0 and 1, which look like each other.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 12
GROUP = 4


class Purpose(StrEnum):
    """What a code is for."""

    REGISTER = "register"
    RESET = "reset"
    EMAIL = "email"

    @property
    def valid(self) -> timedelta:
        """How long a code of this kind lives."""
        return timedelta(minutes=5 if self is Purpose.REGISTER else 10)

    @property
    def is_long(self) -> bool:
        """Whether it is more than anybody guesses, and so bound to no flow."""
        return self is Purpose.RESET


def new_code(purpose: Purpose) -> str:
    """Each code as likely as any other; as ``read_code`` gives it."""
    if purpose.is_long:
        return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def show_code(code: str) -> str:
    """The code as a mail shows it: a long one in groups."""
    if len(code) == DIGITS:
        return code
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def read_code(purpose: Purpose, given: str) -> str:
    """What somebody typed or pasted; spaces, hyphens and small letters are no matter.

    Raises:
        InvalidInput: this is no such code, so nothing was tried.
    """
    code = "".join(given.split()).replace("-", "")
    if purpose.is_long:
        return _read_long(code.upper())
    if not (len(code) == DIGITS and code.isascii() and code.isdecimal()):
        raise InvalidInput(
            "Enter the {count} digits from the mail.", field="code", count=DIGITS
        )
    return code


def _read_long(code: str) -> str:
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise InvalidInput(
            "Enter the {count} letters and digits from the mail.",
            field="code",
            count=LENGTH,
        )
    return code
