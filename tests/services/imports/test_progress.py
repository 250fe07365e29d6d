"""A running import is counted and can be stopped."""

import pytest

from fintrack.core.errors import Conflict
from fintrack.services.imports import progress


def test_running_import_is_found_until_it_ends() -> None:
    with progress.tracked(7) as running:
        running.advance(2)
        running.advance(3)
        found = progress.find(7)
        assert found is not None
        assert found.rows_read == 5
    assert progress.find(7) is None


def test_stopped_import_ends_at_its_next_step() -> None:
    with progress.tracked(7) as running:
        running.stop()
        with pytest.raises(Conflict, match="stopped"):
            running.advance(1)
    assert progress.find(7) is None
