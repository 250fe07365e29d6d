"""A row says what it is by its type."""

from datetime import date

from fintrack.core.statements.rows import StatementRow


def test_row_without_extras_has_no_problem_and_no_balance() -> None:
    row = StatementRow(2, ("x",), date(2026, 1, 5), -1250, "EUR")
    assert (row.balance_minor, row.problems) == (None, ())
