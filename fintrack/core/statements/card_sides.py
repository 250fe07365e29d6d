"""Whether a card writes purchases as positive amounts, told by the payments to it."""

from collections.abc import Sequence

from fintrack.core.statements.cells import is_negative
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.folding import fold

# How issuers acknowledge that the holder has paid the bill; a bank says no thanks.
_THANKS = ("thank you", "payment received", "merci", "dankend erhalten", "gracias")


def purchases_are_positive(
    roles: Sequence[Role], rows: Sequence[Sequence[str]]
) -> bool:
    """Whether exactly the negative rows thank for a payment, and most are positive.

    False for files with a balance or marks, which tell the sides themselves.
    """
    if Role.AMOUNT not in roles or {Role.BALANCE, Role.SIGN} & {*roles}:
        return False
    amount = roles.index(Role.AMOUNT)
    known = [
        (is_negative(row[amount]), _thanks(row))
        for row in rows
        if amount < len(row) and row[amount].strip()
    ]
    payments = sum(minus for minus, _ in known)
    agree = all(minus == thanks for minus, thanks in known)
    return agree and 0 < payments < len(known) - payments


def _thanks(row: Sequence[str]) -> bool:
    return any(words in fold(cell) for cell in row for words in _THANKS)
