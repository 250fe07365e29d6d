"""A statement with balances proves itself, in either direction."""

from collections.abc import Iterable
from datetime import date

import pytest

from fintrack.core.errors import Problem
from fintrack.core.statements.balance import BalanceProof, Balances, Direction
from fintrack.core.statements.rows import Row, SkippedRow, StatedBalance, StatementRow


def _rows(
    *moves: tuple[int, int, int | None], currency: str = "EUR"
) -> list[StatementRow]:
    return [
        StatementRow(
            number, (), date(2026, 1, day), minor, currency, balance_minor=balance
        )
        for number, (day, minor, balance) in enumerate(moves, start=2)
    ]


def _prove(rows: Iterable[Row]) -> list[BalanceProof]:
    balances = Balances()
    for row in rows:
        balances.add(row)
    return balances.proofs()


def test_oldest_first_statement_proves_itself() -> None:
    [proof] = _prove(_rows((1, 100, 600), (2, -50, 550)))
    assert proof.holds
    assert proof.direction is Direction.OLDEST_FIRST
    assert (proof.opening_minor, proof.sum_minor, proof.closing_minor) == (500, 50, 550)


def test_newest_first_statement_proves_itself() -> None:
    [proof] = _prove(_rows((2, -50, 550), (1, 100, 600)))
    assert proof.holds
    assert proof.direction is Direction.NEWEST_FIRST


def test_rows_of_one_day_are_ordered_by_their_balances() -> None:
    [proof] = _prove(_rows((1, -50, 550), (1, 100, 600)))
    assert proof.direction is Direction.NEWEST_FIRST


def test_rows_in_no_order_prove_nothing() -> None:
    days = [
        (n, 10 * n, 500 + sum(10 * k for k in range(1, n + 1))) for n in range(1, 9)
    ]
    jumbled = [days[n] for n in (3, 0, 6, 2, 7, 1, 5, 4)]
    [proof] = _prove(_rows(*jumbled))
    assert not proof.holds
    assert not proof.broken_at
    assert (proof.opening_minor, proof.closing_minor, proof.closing_on) == (None,) * 3


def test_balances_tell_the_order_where_days_go_to_and_fro() -> None:
    """Sorted by the day of booking, with the day of value in its column."""
    moves = [(3, 100, 600), (2, -50, 550), (4, 1, 551), (3, 2, 553)]
    [proof] = _prove(_rows(*moves))
    assert proof.holds
    assert (proof.opening_minor, proof.closing_minor) == (500, 553)
    [turned] = _prove(_rows(*reversed(moves)))
    assert turned.direction is Direction.NEWEST_FIRST
    assert turned.holds
    [gap] = _prove(_rows(*moves[:2], (4, 1, 555), (3, 2, 557)))
    assert gap.broken_at == 4


ASCENDING = [(1, -10, 90), (2, -20, 70), (3, 30, 100), (3, 5, 105)]


def _in_order(*places: int) -> BalanceProof:
    [proof] = _prove(_rows(*(ASCENDING[place] for place in places)))
    return proof


@pytest.mark.parametrize("places", [(2, 3, 0, 1), (1, 0, 3, 2), (1, 2, 3, 0)])
def test_parts_of_a_statement_that_change_places_are_no_gap(
    places: tuple[int, ...],
) -> None:
    proof = _in_order(*places)
    assert (proof.opening_minor, proof.closing_minor) == (None, None)
    assert not proof.broken_at


@pytest.mark.parametrize(
    ("places", "direction"),
    [
        ((2, 3, 1, 0), Direction.NEWEST_FIRST),
        ((0, 1, 3, 2), Direction.OLDEST_FIRST),
    ],
)
def test_rows_of_a_day_may_stand_the_other_way_round(
    places: tuple[int, ...], direction: Direction
) -> None:
    proof = _in_order(*places)
    assert proof.holds
    assert (proof.opening_minor, proof.closing_minor) == (100, 105)
    assert proof.direction is direction


def test_missing_row_of_a_day_is_found_among_days_in_order() -> None:
    [gap] = _prove(_rows((1, -10, 90), (1, -10, 70), (2, -10, 60)))
    assert (gap.opening_minor, gap.closing_minor, gap.broken_at) == (100, 60, 3)


def test_missing_row_is_found_where_days_stand_the_other_way_round() -> None:
    [gap] = _prove(_rows((3, 30, 100), (3, 5, 105), (2, -20, 71), (1, -10, 91)))
    assert (gap.closing_minor, gap.broken_at) == (105, 4)
    [gap] = _prove(_rows((3, 1, 7), (2, 1, 4), (2, 1, 5), (1, 1, 2), (1, 1, 3)))
    assert (gap.opening_minor, gap.closing_minor, gap.broken_at) == (1, 7, 4)


@pytest.mark.parametrize("newer", [[], [(2, 1, 5)]])
def test_rows_of_a_day_in_no_order_prove_nothing(
    newer: list[tuple[int, int, int]],
) -> None:
    day = [(1, 1, balance) for balance in (2, 4, 1, 3)]
    [proof] = _prove(_rows(*newer, *day))
    assert (proof.opening_minor, proof.closing_minor) == (None, None)
    assert not proof.broken_at


def test_missing_row_breaks_the_proof_at_its_place() -> None:
    [proof] = _prove(_rows((1, 100, 600), (2, -50, 540), (3, 1, 541)))
    assert not proof.holds
    assert proof.broken_at == 3


def test_statement_without_balances_proves_nothing() -> None:
    [proof] = _prove(_rows((1, 100, None), (2, 5, None)))
    assert not proof.holds
    assert proof.opening_minor is None
    assert proof.direction is Direction.OLDEST_FIRST


def test_each_currency_is_proved_alone() -> None:
    skipped = SkippedRow(1, (), Problem("x"))
    rows = [skipped, *_rows((1, 1, 1)), *_rows((1, 2, 2), currency="USD")]
    assert [proof.currency for proof in _prove(rows) if proof.holds] == [
        "EUR",
        "USD",
    ]


def _stated(day: int, minor: int, *, is_opening: bool) -> StatedBalance:
    return StatedBalance(date(2026, 1, day), minor, "EUR", is_opening)


def _proof(*items: StatementRow | StatedBalance) -> BalanceProof:
    balances = Balances()
    for item in items:
        balances.add(item)
    (proof,) = balances.proofs()
    return proof


def test_stated_balances_prove_the_rows_between_them() -> None:
    row = StatementRow(1, (), date(2026, 1, 2), -30, "EUR")
    first, last = _stated(1, 100, is_opening=True), _stated(3, 70, is_opening=False)
    assert _proof(first, row, last).holds
    assert not _proof(first, row, last._replace(minor=60)).holds
    assert not _proof(row, last).holds


def test_first_statement_opens_and_the_last_closes_in_any_order() -> None:
    ends = [
        _stated(2, 5, is_opening=True),
        _stated(3, 9, is_opening=False),
        _stated(1, 1, is_opening=True),
        _stated(2, 5, is_opening=False),
    ]
    proof = _proof(*ends)
    assert (proof.opening_minor, proof.closing_minor, proof.rows) == (1, 9, 0)
