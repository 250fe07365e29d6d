"""Whether a card writes purchases as positive amounts, and whether nobody can tell."""

import re
from collections.abc import Sequence

from fintrack.core.statements.cells import is_negative
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.folding import fold

Rows = Sequence[Sequence[str]]

# How issuers acknowledge that the holder has paid the bill; a bank says no thanks.
_THANKS = (
    "thank you", "payment received", "merci", "dankend erhalten", "gracias",
    "pagamento recebido", "pago recibido", "su pago", "zahlung erhalten",
    "betaling mottatt", "betaling modtaget", "inbetalning mottagen",
)  # fmt: skip
# A kind in a cell of its own; "payment" says nothing, banks also pay out.
_PURCHASES = ("purchase", "kauf", "achat", "compra", "acquisto", "kop", "sale")
# Amounts that are called spent: used in Japan and Korea, charged in Israel.
_SPENT = ("利用金額", "こ利用金額", "이용금액", "סכום חיוב", "סכום עסקה")
_CREDITED = re.compile(r"[0-9]\s*cr", re.IGNORECASE)
_DEBITED = re.compile(r"[0-9]\s*dr", re.IGNORECASE)
MIN_UNCLEAR = 3


def purchases_are_positive(
    header: Sequence[str], roles: Sequence[Role], rows: Rows
) -> bool:
    """Whether the file says so: by its header, by marks, by thanks, by kinds.

    Only marks count in files with a balance; with signs in a column, nothing does.
    """
    told = _filled(roles, rows)
    if not told or Role.SIGN in roles:
        return False
    if _only_credit_is_marked([amount for amount, _ in told]):
        return True
    if Role.BALANCE in roles:
        return False
    return (
        _called_spent(header, roles, told) or _thanked(told) or _purchased(roles, told)
    )


def sides_are_unclear(roles: Sequence[Role], rows: Rows) -> bool:
    """Whether most amounts have no minus and nothing says what that means.

    So look cards that write purchases without a sign, and accounts that only receive.
    """
    told = _filled(roles, rows)
    minus = sum(is_negative(amount) for amount, _ in told)
    silent = not {Role.BALANCE, Role.SIGN} & {*roles}
    return silent and len(told) >= MIN_UNCLEAR and len(told) - minus >= 3 * minus


def _filled(roles: Sequence[Role], rows: Rows) -> list[tuple[str, Sequence[str]]]:
    """The rows that have an amount, with it; none where no column has it."""
    if Role.AMOUNT not in roles:
        return []
    place = roles.index(Role.AMOUNT)
    return [(r[place].strip(), r) for r in rows if place < len(r) and r[place].strip()]


def _only_credit_is_marked(amounts: Sequence[str]) -> bool:
    marked = [bool(_CREDITED.search(amount)) for amount in amounts]
    other = any(is_negative(a) or _DEBITED.search(a) for a in amounts)
    return any(marked) and not all(marked) and not other


def _called_spent(
    header: Sequence[str],
    roles: Sequence[Role],
    told: Sequence[tuple[str, Sequence[str]]],
) -> bool:
    name = dict(zip(roles, header, strict=False)).get(Role.AMOUNT, "")
    minus = sum(is_negative(amount) for amount, _ in told)
    return any(word in fold(name) for word in _SPENT) and 2 * minus < len(told)


def _thanked(told: Sequence[tuple[str, Sequence[str]]]) -> bool:
    """Whether exactly the negative rows thank for a payment, and most are positive."""
    known = [(is_negative(amount), _thanks(row)) for amount, row in told]
    payments = sum(minus for minus, _ in known)
    agree = all(minus == thanks for minus, thanks in known)
    return agree and 0 < payments < len(known) - payments


def _purchased(
    roles: Sequence[Role], told: Sequence[tuple[str, Sequence[str]]]
) -> bool:
    """Whether all that is called a purchase is positive, and something else is not.

    Kinds stand in a column that nothing else is read from; a text proves nothing.
    """
    kinds = [index for index, role in enumerate(roles) if role is Role.IGNORE]
    known = [(is_negative(amount), _is_purchase(row, kinds)) for amount, row in told]
    minus = {bought for negative, bought in known if negative}
    return any(bought for _, bought in known) and minus == {False}


def _is_purchase(row: Sequence[str], kinds: Sequence[int]) -> bool:
    return any(i < len(row) and fold(row[i]) in _PURCHASES for i in kinds)


def _thanks(row: Sequence[str]) -> bool:
    return any(words in fold(cell) for cell in row for words in _THANKS)
