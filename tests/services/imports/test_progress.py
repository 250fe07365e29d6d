"""A running import is counted and can be stopped."""

import pytest

from fintrack.core.errors import Conflict
from fintrack.services.imports import progress

ONE = (3, 7)


def test_running_import_is_found_until_it_ends() -> None:
    with progress.tracked(*ONE) as running:
        running.advance(2)
        running.advance(3)
        (found,) = progress.find(*ONE)
        assert found.rows_read == 5
        assert not progress.find(4, 7)
    assert not progress.find(*ONE)


def test_stopped_import_ends_at_its_next_step() -> None:
    with progress.tracked(*ONE) as running:
        running.stop()
        with pytest.raises(Conflict, match="stopped"):
            running.advance(1)
    assert not progress.find(*ONE)


def test_import_that_was_stopped_while_it_waited_ends_at_its_first_step() -> None:
    with progress.tracked(*ONE) as waiting:
        waiting.stop()
        with progress.tracked(*ONE) as running, pytest.raises(Conflict):
            running.advance(1)


def test_import_that_is_tried_again_is_counted_anew() -> None:
    with progress.tracked(*ONE):
        with pytest.raises(ValueError, match="lost"), progress.tracked(*ONE) as first:
            first.advance(2)
            raise ValueError("lost")
        with progress.tracked(*ONE) as second:
            second.advance(1)
            assert [one.rows_read for one in progress.find(*ONE)] == [1]


def test_import_that_has_come_to_its_end_is_not_stopped_any_more() -> None:
    with progress.tracked(*ONE):
        with progress.tracked(*ONE):
            pass
        assert not progress.find(*ONE)
