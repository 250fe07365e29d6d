"""What a finding says depends on its reader."""

from datetime import date

import pytest

from fintrack.core.errors import Conflict, TooManyTries
from fintrack.core.saying import say

LOCKED = "{name} is reconciled up to {day}."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Cash is reconciled up to Apr 30, 2026."),
        ("tr", "Cash hesabının mutabakatı 30 Nis 2026 gününe kadar yapılmış."),
    ],
)
def test_day_is_written_as_its_reader_does(language: str, said: str) -> None:
    (problem,) = Conflict(LOCKED, name="Cash", day=date(2026, 4, 30)).problems
    assert say(problem, language) == said


@pytest.mark.parametrize(
    ("language", "seconds", "said"),
    [
        ("en", 1, "Too many tries. Please wait one second."),
        ("en", 30, "Too many tries. Please wait 30 seconds."),
        ("tr", 1, "Çok fazla deneme yapıldı. Lütfen 1 saniye bekleyin."),
        ("tr", 30, "Çok fazla deneme yapıldı. Lütfen 30 saniye bekleyin."),
    ],
)
def test_wait_takes_the_form_of_its_seconds(
    language: str, seconds: int, said: str
) -> None:
    (problem,) = TooManyTries(seconds).problems
    assert say(problem, language) == said


def test_error_itself_says_days_in_figures() -> None:
    error = Conflict(LOCKED, name="Cash", day=date(2026, 4, 30))
    assert str(error) == "Cash is reconciled up to 2026-04-30."
