"""Which amount is in the currency of the account where a file tells two."""

from collections.abc import Sequence

from fintrack.core.statements.column_names import Role
from fintrack.core.statements.columns_by_cells import mostly
from fintrack.core.statements.marks import is_currency_code

Cells = Sequence[Sequence[str]]


def keep_own_amount(roles: list[Role], cells: Cells) -> None:
    """Of several amounts with a currency behind them the one that never changes it.

    Purchases abroad differ in currency; what the account was charged does not.
    """
    pairs = [
        (index, index + 1)
        for index in range(len(roles) - 1)
        if (roles[index], roles[index + 1]) == (Role.AMOUNT, Role.CURRENCY)
    ]
    own = [pair for pair in pairs if len(set(cells[pair[1]])) == 1]
    if own and own[0] != pairs[0]:
        for index in [place for pair in pairs if pair != own[0] for place in pair]:
            roles[index] = Role.IGNORE


def settle_currency(
    roles: list[Role], named: str, cells: Cells, home: Sequence[bool]
) -> None:
    """The currency in the name of the amount, else the column right behind it.

    ``named`` is the currency of the name, or nothing; only columns with ``home`` tell
    that of the account.
    """
    if Role.AMOUNT not in roles or Role.CURRENCY not in roles:
        return
    column, behind = roles.index(Role.CURRENCY), roles.index(Role.AMOUNT) + 1
    if named and {cell.upper() for cell in cells[column]} - {named}:
        roles[column] = Role.IGNORE
    elif (
        behind < len(roles)
        and home[behind]
        and roles[behind] is Role.IGNORE
        and mostly(is_currency_code, cells[behind])
    ):
        roles[column], roles[behind] = Role.IGNORE, Role.CURRENCY
