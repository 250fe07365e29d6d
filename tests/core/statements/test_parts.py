"""One account of a file is read at a time."""

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.parts import Part, chosen_part, likely_part

FEW, MANY, ALSO = Part("few", rows=1), Part("many", rows=3), Part("also", rows=3)


def test_part_with_most_rows_is_proposed_the_first_of_equals() -> None:
    assert chosen_part([FEW, MANY, ALSO], "") is MANY
    assert chosen_part([], "") is None


def test_wanted_part_is_taken() -> None:
    assert chosen_part([FEW, MANY], "few") is FEW


def test_part_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidInput, match="does not hold “other”"):
        chosen_part([FEW], "other")


def test_part_of_last_time_is_meant_before_one_that_is_called_like_the_account() -> (
    None
):
    assert likely_part([FEW, MANY, ALSO], ["gone", "also", "many"], "Few") == "also"
    assert likely_part([FEW, MANY], [], "FEW") == "few"
    assert likely_part([FEW, MANY], ["gone"], "Bank") == ""
