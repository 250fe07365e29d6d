"""Which column says what: by its name, and where that is silent, by its cells."""

import re
from collections.abc import Callable, Sequence

from fintrack.core.statements.cells import is_negative, is_wording, looks_like_amount
from fintrack.core.statements.column_names import (
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    FOREIGN_WORDS,
    HEADER_WORDS,
    WHOLE_HEADERS,
    Role,
)
from fintrack.core.statements.columns_by_cells import (
    FLOW_ROLES,
    Rows,
    add_by_cells,
    cells_of,
    contradicts,
    mostly,
)
from fintrack.core.statements.dates import looks_like_date
from fintrack.core.statements.folding import fold
from fintrack.core.statements.marks import is_currency_code, is_debit, names_currency
from fintrack.core.statements.own_currency import keep_own_amount, settle_currency

MONEY_ROLES = (Role.AMOUNT, Role.CREDIT, Role.DEBIT, Role.BALANCE, Role.FEE)
_SIGNS = re.compile("|".join(map(re.escape, CURRENCY_SIGNS)))
_NET = {"net", "netto", "nettobetrag", "total"}
_TRADED = {"quantity", "shares", "isin"}
_NUMBERED = re.compile(r"[ ]?[0-9]{1,2}$")
_CELL_TESTS: dict[Role, Callable[[str], bool]] = {
    Role.DATE: looks_like_date,
    Role.VALUE_DATE: looks_like_date,
    Role.CURRENCY: lambda cell: names_currency(cell.upper()),
    Role.SIGN: lambda cell: is_debit(cell) is not None,
    **dict.fromkeys((Role.PAYEE, Role.PAYER, Role.RECIPIENT), is_wording),
    **dict.fromkeys(MONEY_ROLES, looks_like_amount),
}


def role_of_header(header: str) -> Role:
    """The role that a whole header names, IGNORE if it names none."""
    name = _bare_name(header)[0]
    role = WHOLE_HEADERS.get(name)
    if role is None:
        text = WHOLE_HEADERS.get(_NUMBERED.sub("", name))
        role = text if text is Role.DESCRIPTION else Role.IGNORE
    return role


def currency_of_header(header: str) -> str:
    """The currency behind the name of a column, as in ``Amount (EUR)``, or nothing."""
    return _bare_name(header)[1]


def names_side(header: str) -> bool:
    """Whether a header says that money came in or went out."""
    words = {HEADER_WORDS.get(word) for word in fold(header).split()}
    return bool({role_of_header(header), *words} & {Role.CREDIT, Role.DEBIT})


def find_roles(header: Sequence[str], rows: Rows, columns: int) -> tuple[Role, ...]:
    """One role for each of ``columns``; ``header`` may be empty."""
    names = [*header, *[""] * columns][:columns]
    cells = [cells_of(rows, index) for index in range(columns)]
    roles = [
        _believed(role_of_header(name), cells[index])
        for index, name in enumerate(names)
    ]
    keep_own_amount(roles, cells)
    _keep_one(roles, cells, rows)
    _drop_empty_amount(roles, cells)
    _add_by_word(roles, names, cells)
    home = [not FOREIGN_WORDS & set(fold(name).split()) for name in names]
    add_by_cells(roles, rows, home)
    amount = roles.index(Role.AMOUNT) if Role.AMOUNT in roles else 0
    settle_currency(roles, currency_of_header(names[amount]), cells, home)
    _drop_included_fee(roles, names)
    _settle_signs(roles, cells, rows)
    _settle_sides(roles)
    return tuple(roles)


def _bare_name(header: str) -> tuple[str, str]:
    words = fold(_SIGNS.sub(lambda sign: f" {CURRENCY_SIGNS[sign[0]]}", header)).split()
    words = [word for word in words if word.strip("+-")]
    if len(words) > 1 and words[-1] in CURRENCY_WORDS:
        currency = CURRENCY_WORDS[words.pop()]
        name = " ".join(words)
        if name not in WHOLE_HEADERS:
            name = name.removesuffix(" w").removesuffix(" in")
        return name, currency
    return " ".join(words), ""


def _believed(role: Role, cells: list[str]) -> Role:
    """The named role if its cells bear it out; Valuta is a day or a currency."""
    test = _CELL_TESTS.get(role)
    if test is None or mostly(test, cells, empty=True):
        return role
    if role is Role.VALUE_DATE and mostly(is_currency_code, cells):
        return Role.CURRENCY
    if role in FLOW_ROLES and mostly(_CELL_TESTS[Role.SIGN], cells):
        return Role.SIGN
    return Role.IGNORE


def _keep_one(roles: list[Role], cells: list[list[str]], rows: Rows) -> None:
    """The first column of each role, but rather one with cells than an empty one.

    A second name of the other side is read where the first says nothing.
    """
    kept: dict[Role, int] = {}
    for index, role in enumerate(roles):
        if role not in kept or (cells[index] and not cells[kept[role]]):
            kept[role] = index
    for index, role in enumerate(roles):
        if kept[role] != index and role is not Role.DESCRIPTION:
            more = role is Role.PAYEE and _completes(kept[role], index, rows)
            roles[index] = Role.DESCRIPTION if more else Role.IGNORE


def _completes(first: int, second: int, rows: Rows) -> bool:
    """Whether the second column is filled in a row where the first is not."""
    return any(cells_of([row], second) and not cells_of([row], first) for row in rows)


def _drop_empty_amount(roles: list[Role], cells: list[list[str]]) -> None:
    """UBS names an amount for collective orders only; the money is in and out.

    Where no named column has money, the rows do not stand below their names.
    """
    filled = {role for role, column in zip(roles, cells, strict=True) if column}
    if filled & {Role.CREDIT, Role.DEBIT} and Role.AMOUNT not in filled:
        roles[:] = [Role.IGNORE if role is Role.AMOUNT else role for role in roles]
    if any(cells) and not filled & {*FLOW_ROLES}:
        roles[:] = [Role.IGNORE if role in FLOW_ROLES else role for role in roles]


def _add_by_word(roles: list[Role], names: list[str], cells: list[list[str]]) -> None:
    named = set(roles)
    for index, name in enumerate(names):
        words = fold(name).split()
        if roles[index] is not Role.IGNORE or FOREIGN_WORDS & set(words):
            continue
        role = _believed(_hinted(words), cells[index])
        if role in FLOW_ROLES and not cells[index]:
            continue
        if role not in named and not _says_the_same(role, named):
            roles[index] = role
            named.add(role)


def _hinted(words: Sequence[str]) -> Role:
    """The last role that a word names; Withdrawal Amount is rather a withdrawal."""
    hints = [HEADER_WORDS[word] for word in words if word in HEADER_WORDS]
    sides = {*hints} & {Role.CREDIT, Role.DEBIT}
    if len(sides) == 1:
        return sides.pop()
    return hints[-1] if hints else Role.IGNORE


def _says_the_same(role: Role, named: set[Role]) -> bool:
    """In and out columns beside a signed amount would count the money twice."""
    return role in FLOW_ROLES and (
        Role.AMOUNT in named or (role is Role.AMOUNT and bool(named & {*FLOW_ROLES}))
    )


def _drop_included_fee(roles: list[Role], names: Sequence[str]) -> None:
    """A net amount has the fee taken off already, so has that of a trade in shares."""
    if Role.AMOUNT in roles and Role.FEE in roles:
        amount = fold(names[roles.index(Role.AMOUNT)]).split()
        trade = any(_TRADED & {*fold(name).split()} for name in names)
        if _NET & {*amount} or trade:
            roles[roles.index(Role.FEE)] = Role.IGNORE


def _settle_signs(roles: list[Role], cells: list[list[str]], rows: Rows) -> None:
    """A sign column counts where the amounts carry no minus, or the opposite one.

    What has no mark is out where only money in is marked; the other way round is rare.
    """
    if Role.SIGN not in roles:
        return
    sign = roles.index(Role.SIGN)
    if Role.AMOUNT not in roles:
        roles[sign] = Role.IGNORE
        return
    amount = roles.index(Role.AMOUNT)
    signed = any(map(is_negative, cells[amount]))
    only_out = all(map(is_debit, cells[sign])) and _completes(sign, amount, rows)
    if only_out or (signed and not contradicts(sign, amount, rows)):
        roles[sign] = Role.IGNORE


def _settle_sides(roles: list[Role]) -> None:
    """One amount or two sides; one payee, or a payer and a recipient."""
    if Role.AMOUNT in roles:
        extra = (Role.CREDIT, Role.DEBIT)
        roles[:] = [Role.IGNORE if role in extra else role for role in roles]
    if (Role.PAYER in roles) != (Role.RECIPIENT in roles):
        pair = (Role.PAYER, Role.RECIPIENT)
        alone = Role.IGNORE if Role.PAYEE in roles else Role.PAYEE
        roles[:] = [alone if role in pair else role for role in roles]
