"""The six digits that a mail brings: how they are made and how they are read."""

import secrets

from fintrack.core.errors import InvalidInput

DIGITS = 6


def new_code() -> str:
    """Six digits, each code as likely as any other."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def read_code(given: str) -> str:
    """The digits of what somebody typed or pasted; spaces and hyphens are no matter.

    Raises:
        InvalidInput: these are not six digits, so nothing was tried.
    """
    code = "".join(given.split()).replace("-", "")
    if not (len(code) == DIGITS and code.isascii() and code.isdecimal()):
        raise InvalidInput(
            "Enter the {count} digits from the mail.", field="code", count=DIGITS
        )
    return code
