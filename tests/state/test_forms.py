"""What is typed into a form is read, or refused beside its field."""

import pytest

from fintrack.core.day_text import NO_DAY, NO_SUCH_DAY
from fintrack.core.errors import InvalidInput, Problem
from fintrack.state.forms import read_day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-02-31", NO_SUCH_DAY),
        ("2026-13-01", NO_SUCH_DAY),
        ("", NO_DAY),
        ("yesterday", NO_DAY),
        ("2026-02-3x", NO_DAY),
    ],
)
def test_day_that_does_not_exist_is_told_from_no_day(text: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_day(text, "since")
    assert refused.value.problems == (Problem(words, "since"),)
