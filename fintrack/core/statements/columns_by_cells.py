"""What a column says where its name is silent: told by the cells of all rows."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations

from fintrack.core.currency import everyday_currencies
from fintrack.core.statements.cells import (
    BLANKS,
    has_decimals,
    is_negative,
    is_wording,
    looks_like_amount,
)
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.dates import looks_like_date
from fintrack.core.statements.marks import is_currency_code, is_debit

Rows = Sequence[Sequence[str]]

FLOW_ROLES = (Role.AMOUNT, Role.CREDIT, Role.DEBIT)
_WORD_ROLES = (Role.DESCRIPTION, Role.PAYEE, Role.PAYER, Role.RECIPIENT)
# Codes of a bank (TFR, DEB, POS) are short; names and texts are not.
MIN_WORDING = 8
# C may be credit, cleared or a class; DEBIT can only be one thing.
MIN_LONE_MARK = 3


def cells_of(rows: Rows, index: int) -> list[str]:
    """The filled cells of a column."""
    cells = [row[index].strip() for row in rows if index < len(row)]
    return [cell for cell in cells if cell not in BLANKS]


def mostly(
    test: Callable[[str], bool], cells: Sequence[str], *, empty: bool = False
) -> bool:
    """Whether more than half of the filled cells pass; ``empty`` for no cells."""
    return 2 * sum(map(test, cells)) > len(cells) if cells else empty


def add_by_cells(roles: list[Role], rows: Rows, home: Sequence[bool]) -> None:
    """Gives the roles that no name gave; only columns with ``home`` are taken.

    Away are amounts and codes of another currency or account.
    """
    cells = [cells_of(rows, i) if home[i] else [] for i in range(len(roles))]
    if Role.DATE not in roles:
        _take(roles, Role.DATE, _where(looks_like_date, roles, cells, Role.VALUE_DATE))
    if not {*FLOW_ROLES} & {*roles}:
        _add_flow(roles, cells, rows)
    if Role.CURRENCY not in roles:
        _take(roles, Role.CURRENCY, _where(_is_known_currency, roles, cells))
    if Role.AMOUNT in roles and Role.SIGN not in roles:
        marked = _where(_is_mark, roles, cells)
        _take(roles, Role.SIGN, [i for i in marked if _tells_sides(cells[i])])
    _add_words(roles, cells)
    _let_silent_rows_speak(roles, rows, home)


def contradicts(signs: int, amounts: int, rows: Rows) -> bool:
    """Whether the marks say the opposite of the amounts' own signs in every row.

    So cards are written whose purchases are positive: DEBIT 8.50, CREDIT -20.00.
    """
    pairs = [
        (is_debit(row[signs]), is_negative(row[amounts]))
        for row in rows
        if max(signs, amounts) < len(row) and row[amounts].strip()
    ]
    known = [(debit, minus) for debit, minus in pairs if debit is not None]
    return bool(known) and all(debit != minus for debit, minus in known)


def _add_flow(roles: list[Role], cells: list[list[str]], rows: Rows) -> None:
    """Two columns of which each row fills one are out and in; else one amount."""
    money = _where(looks_like_amount, roles, cells)
    plain = [i for i in money if not any(map(is_negative, cells[i]))]
    pair = next((p for p in combinations(plain, 2) if _take_turns(p, rows)), None)
    if pair:
        roles[pair[0]], roles[pair[1]] = Role.DEBIT, Role.CREDIT
        return
    money = [i for i in money if mostly(has_decimals, cells[i])] or money
    signed = [i for i in money if any(map(is_negative, cells[i]))]
    _take(roles, Role.AMOUNT, signed or money)


def _take_turns(pair: tuple[int, int], rows: Rows) -> bool:
    filled = [
        tuple(index < len(row) and not _is_nothing(row[index]) for index in pair)
        for row in rows
    ]
    return set(filled) == {(True, False), (False, True)}


def _is_nothing(cell: str) -> bool:
    return cell.strip() in BLANKS or not any(map("123456789".__contains__, cell))


def _add_words(roles: list[Role], cells: list[list[str]]) -> None:
    """The longest texts, where no column with words has a name."""
    told = any(
        role in _WORD_ROLES and column
        for role, column in zip(roles, cells, strict=True)
    )
    if told:
        return
    phrases = _where(_is_phrase, roles, cells, Role.REFERENCE)
    spoken = [index for index in phrases if roles[index] is Role.REFERENCE]
    words = _where(is_wording, roles, cells)
    words.sort(key=lambda index: -sum(map(len, cells[index])))
    long = [i for i in words if sum(map(len, cells[i])) >= MIN_WORDING * len(cells[i])]
    for index in spoken or (long or words)[:2]:
        roles[index] = Role.DESCRIPTION


def _let_silent_rows_speak(roles: list[Role], rows: Rows, home: Sequence[bool]) -> None:
    """A column more where rows have no words in the columns that are read for words."""
    told = [index for index, role in enumerate(roles) if role in _WORD_ROLES]
    silent = [row for row in rows if not _has_words(row, told)]
    free = [i for i, role in enumerate(roles) if role is Role.IGNORE and home[i]]
    spoken = {index: _words_of(silent, index) for index in free}
    best = max(free, key=spoken.__getitem__, default=0)
    if told and free and spoken[best] > (0, 0):
        roles[best] = Role.DESCRIPTION


def _has_words(row: Sequence[str], places: Sequence[int]) -> bool:
    return any(i < len(row) and row[i].strip() not in BLANKS for i in places)


def _words_of(rows: Rows, index: int) -> tuple[int, int]:
    """How many rows a column tells something of, and how much."""
    words = [cell for cell in cells_of(rows, index) if is_wording(cell)]
    words = [word for word in words if not is_currency_code(word)]
    return len(words), sum(map(len, words))


def _is_phrase(cell: str) -> bool:
    """Old Revolut files call the merchant a reference; numbers have no spaces."""
    return is_wording(cell) and " " in cell


def _is_mark(cell: str) -> bool:
    return is_debit(cell) is not None


def _tells_sides(cells: Sequence[str]) -> bool:
    """Whether marks are beyond doubt: both sides, or words instead of letters."""
    both = len({is_debit(cell) for cell in cells}) > 1
    words = min(map(len, cells)) >= MIN_LONE_MARK or set(cells) == {"CR"}
    return all(map(_is_mark, cells)) and (both or words)


def _is_known_currency(cell: str) -> bool:
    return cell in _codes()


@cache
def _codes() -> frozenset[str]:
    return frozenset(currency.code for currency in everyday_currencies())


def _where(
    test: Callable[[str], bool],
    roles: Sequence[Role],
    cells: Sequence[list[str]],
    also: Role = Role.IGNORE,
) -> list[int]:
    """The columns without a role (or with ``also``) whose cells pass."""
    free = [i for i, role in enumerate(roles) if role in (Role.IGNORE, also)]
    return [index for index in free if mostly(test, cells[index])]


def _take(roles: list[Role], role: Role, found: list[int]) -> None:
    if found:
        roles[found[0]] = role
