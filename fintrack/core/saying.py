"""Findings as sentences for the person who reads them."""

from datetime import date

from fintrack.core.errors import Problem
from fintrack.core.formatting import format_day
from fintrack.core.text import translate


def say(problem: Problem, language: str) -> str:
    """A finding in the reader's language, its days as people write them there."""
    values = {
        name: format_day(value, language) if isinstance(value, date) else value
        for name, value in problem.values
    }
    return translate(problem.message, language, **values)
