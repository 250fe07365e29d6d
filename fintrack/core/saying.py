"""Findings as sentences for the person who reads them."""

from collections.abc import Mapping
from datetime import date

from fintrack.core.errors import Problem
from fintrack.core.formatting import format_day
from fintrack.core.text import translate, translate_plural


def say(problem: Problem, language: str) -> str:
    """A finding in the reader's language, its days as people write them there."""
    values = {
        name: format_day(value, language) if isinstance(value, date) else value
        for name, value in problem.values
    }
    return fill(problem, values, language)


def fill(problem: Problem, values: Mapping[str, object], language: str) -> str:
    """A finding in the reader's language with ``values``, in the form that it takes."""
    if problem.one:
        return translate_plural(
            problem.one, problem.message, problem.n, language, **values
        )
    return translate(problem.message, language, **values)
