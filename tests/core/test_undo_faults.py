"""A refused undo keeps its rows beside its words."""

from fintrack.core.errors import UndoRefused
from fintrack.core.undo_faults import InTheWay, RowsInTheWay, Why


def test_refusal_carries_what_stands_in_its_way() -> None:
    row = InTheWay("tag", 5, "holiday", Why.CHANGED)
    error = RowsInTheWay.named("Something changed since then.", 7, (row,), 12)
    assert (error.text, error.status) == ("Something changed since then.", 409)
    assert (error.change_id, error.rows, error.total) == (7, (row,), 12)
    assert error.code == UndoRefused.code


def test_refusal_without_rows_has_none() -> None:
    assert (RowsInTheWay().rows, RowsInTheWay().total) == ((), 0)
