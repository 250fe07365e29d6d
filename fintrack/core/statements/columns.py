"""Which column says what: by its name, and where that is silent, by its cells."""

import re
from collections.abc import Callable, Sequence

from fintrack.core.statements.cells import (
    has_decimals,
    is_negative,
    looks_like_amount,
)
from fintrack.core.statements.column_names import (
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    FOREIGN_WORDS,
    HEADER_WORDS,
    WHOLE_HEADERS,
    Role,
)
from fintrack.core.statements.dates import looks_like_date
from fintrack.core.statements.folding import fold
from fintrack.core.statements.marks import is_currency_code, is_debit

Rows = Sequence[Sequence[str]]

MONEY_ROLES = (Role.AMOUNT, Role.CREDIT, Role.DEBIT, Role.BALANCE, Role.FEE)
_FLOW_ROLES = (Role.AMOUNT, Role.CREDIT, Role.DEBIT)
_SIGNS = re.compile("|".join(map(re.escape, CURRENCY_SIGNS)))
_CELL_TESTS: dict[Role, Callable[[str], bool]] = {
    Role.DATE: looks_like_date,
    Role.VALUE_DATE: looks_like_date,
    Role.CURRENCY: is_currency_code,
    Role.SIGN: lambda cell: is_debit(cell) is not None,
    **dict.fromkeys(MONEY_ROLES, looks_like_amount),
}


def role_of_header(header: str) -> Role:
    """The role that a whole header names, IGNORE if it names none."""
    return WHOLE_HEADERS.get(_bare_name(header)[0], Role.IGNORE)


def currency_of_header(header: str) -> str:
    """The currency behind the name of a column, as in ``Amount (EUR)``, or nothing."""
    return _bare_name(header)[1]


def find_roles(header: Sequence[str], rows: Rows, columns: int) -> tuple[Role, ...]:
    """One role for each of ``columns``; ``header`` may be empty."""
    names = [*header, *[""] * columns][:columns]
    cells = [_column(rows, index) for index in range(columns)]
    roles = [
        _believed(role_of_header(name), cells[index])
        for index, name in enumerate(names)
    ]
    _keep_first(roles)
    _drop_empty_amount(roles, cells)
    _add_by_word(roles, names, cells)
    home = [
        [] if FOREIGN_WORDS & set(fold(name).split()) else cells[index]
        for index, name in enumerate(names)
    ]
    _add_by_content(roles, home)
    _settle_signs(roles, cells)
    return tuple(roles)


def _bare_name(header: str) -> tuple[str, str]:
    words = fold(_SIGNS.sub(lambda sign: f" {CURRENCY_SIGNS[sign[0]]}", header)).split()
    if len(words) > 1 and words[-1] in CURRENCY_WORDS:
        currency = CURRENCY_WORDS[words.pop()]
        return " ".join(words).removesuffix(" w").removesuffix(" in"), currency
    return " ".join(words), ""


def _column(rows: Rows, index: int) -> list[str]:
    return [row[index].strip() for row in rows if index < len(row) and row[index]]


def _believed(role: Role, cells: list[str]) -> Role:
    """The named role if its cells bear it out; Valuta is a day or a currency."""
    test = _CELL_TESTS.get(role)
    if test is None or _mostly(test, cells, empty=True):
        return role
    if role is Role.VALUE_DATE and _mostly(is_currency_code, cells):
        return Role.CURRENCY
    if role in _FLOW_ROLES and _mostly(_CELL_TESTS[Role.SIGN], cells):
        return Role.SIGN
    return Role.IGNORE


def _mostly(
    test: Callable[[str], bool], cells: list[str], *, empty: bool = False
) -> bool:
    """Whether more than half of the filled cells pass; ``empty`` for no cells."""
    return 2 * sum(map(test, cells)) > len(cells) if cells else empty


def _keep_first(roles: list[Role]) -> None:
    seen: set[Role] = set()
    for index, role in enumerate(roles):
        if role in seen and role is not Role.DESCRIPTION:
            roles[index] = Role.IGNORE
        seen.add(role)


def _drop_empty_amount(roles: list[Role], cells: list[list[str]]) -> None:
    """UBS names an amount for collective orders only; the money is in and out."""
    filled = {role for role, column in zip(roles, cells, strict=True) if column}
    if filled & {Role.CREDIT, Role.DEBIT} and Role.AMOUNT not in filled:
        roles[:] = [Role.IGNORE if role is Role.AMOUNT else role for role in roles]


def _add_by_word(roles: list[Role], names: list[str], cells: list[list[str]]) -> None:
    named = set(roles)
    for index, name in enumerate(names):
        words = fold(name).split()
        if roles[index] is not Role.IGNORE or FOREIGN_WORDS & set(words):
            continue
        hints = [HEADER_WORDS[word] for word in words if word in HEADER_WORDS]
        role = _believed(hints[-1], cells[index]) if hints else Role.IGNORE
        if role not in named and not _says_the_same(role, named):
            roles[index] = role
            named.add(role)


def _says_the_same(role: Role, named: set[Role]) -> bool:
    """In and out columns beside a signed amount would count the money twice."""
    return role in _FLOW_ROLES and (
        Role.AMOUNT in named or (role is Role.AMOUNT and bool(named & {*_FLOW_ROLES}))
    )


def _add_by_content(roles: list[Role], cells: list[list[str]]) -> None:
    if Role.DATE not in roles:
        _take(roles, Role.DATE, _where(looks_like_date, roles, cells, Role.VALUE_DATE))
    if not {*_FLOW_ROLES} & {*roles}:
        money = [
            index
            for index in _where(looks_like_amount, roles, cells)
            if _mostly(has_decimals, cells[index])
        ] or _where(looks_like_amount, roles, cells)
        signed = [i for i in money if any(map(is_negative, cells[i]))]
        _take(roles, Role.AMOUNT, signed or money)
    if Role.CURRENCY not in roles:
        _take(roles, Role.CURRENCY, _where(is_currency_code, roles, cells))
    if not {Role.DESCRIPTION, Role.PAYEE, Role.RECIPIENT} & {*roles}:
        words = _where(_is_wording, roles, cells)
        words.sort(key=lambda index: -sum(map(len, cells[index])))
        _take(roles, Role.DESCRIPTION, words)


def _is_wording(cell: str) -> bool:
    return any(char.isalpha() for char in cell) and not looks_like_date(cell)


def _where(
    test: Callable[[str], bool],
    roles: list[Role],
    cells: list[list[str]],
    also: Role = Role.IGNORE,
) -> list[int]:
    """The columns without a role (or with ``also``) whose cells pass."""
    free = [i for i, role in enumerate(roles) if role in (Role.IGNORE, also)]
    return [index for index in free if _mostly(test, cells[index])]


def _take(roles: list[Role], role: Role, found: list[int]) -> None:
    if found:
        roles[found[0]] = role


def _settle_signs(roles: list[Role], cells: list[list[str]]) -> None:
    """A sign column counts only where the amounts themselves carry no minus."""
    if Role.AMOUNT not in roles or Role.SIGN not in roles:
        roles[:] = [Role.IGNORE if role is Role.SIGN else role for role in roles]
    elif any(map(is_negative, cells[roles.index(Role.AMOUNT)])):
        roles[roles.index(Role.SIGN)] = Role.IGNORE
    if Role.AMOUNT in roles:
        extra = (Role.CREDIT, Role.DEBIT)
        roles[:] = [Role.IGNORE if role in extra else role for role in roles]
    if (Role.PAYER in roles) != (Role.RECIPIENT in roles):
        pair = (Role.PAYER, Role.RECIPIENT)
        alone = Role.IGNORE if Role.PAYEE in roles else Role.PAYEE
        roles[:] = [alone if role in pair else role for role in roles]
