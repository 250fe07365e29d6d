"""Errors carry a status, a message id and its values."""

import pytest

from fintrack.core.errors import (
    Busy,
    Conflict,
    FinTrackError,
    InvalidInput,
    KeyReused,
    NotFound,
    Problem,
    StaleVersion,
    TooManyRequests,
    TooManyTries,
    Unavailable,
)


def _tree(error: type[FinTrackError]) -> list[type[FinTrackError]]:
    return [
        error,
        *(below for child in error.__subclasses__() for below in _tree(child)),
    ]


def test_error_without_arguments_says_the_sentence_of_its_class() -> None:
    assert NotFound().text == "This does not exist or is not yours."
    assert str(NotFound()) == NotFound.message


def test_values_fill_the_placeholders_and_the_message_id_stays() -> None:
    error = InvalidInput("Use at most {limit} signs.", field="name", limit=80)
    assert error.problems == (
        Problem("Use at most {limit} signs.", "name", (("limit", "80"),)),
    )
    assert error.text == "Use at most 80 signs."


def test_braces_inside_a_value_are_only_text() -> None:
    assert InvalidInput("{text} is wrong.", text="{limit}").text == "{limit} is wrong."


def test_one_error_carries_all_findings_of_a_form() -> None:
    error = InvalidInput.of([Problem("Name it.", "name"), Problem("Pay it.", "amount")])
    assert [p.field for p in error.problems] == ["name", "amount"]
    assert str(error) == "Name it. Pay it."


def test_too_many_tries_says_how_long_to_wait() -> None:
    error = TooManyTries(30)
    assert error.retry_after == 30
    assert error.text == "Too many tries. Please wait 30 seconds."
    assert str(TooManyTries(1)) == "Too many tries. Please wait one second."
    assert TooManyRequests(1).text.endswith("Please wait one second.")


@pytest.mark.parametrize(
    ("error", "parent", "status"),
    [
        (KeyReused, InvalidInput, 422),
        (StaleVersion, Conflict, 409),
        (Busy, Unavailable, 503),
    ],
)
def test_narrow_error_keeps_the_status_of_its_parent(
    error: type[FinTrackError], parent: type[FinTrackError], status: int
) -> None:
    assert issubclass(error, parent)
    assert error.status == parent.status == status


def test_every_error_has_a_code_of_its_own() -> None:
    ours = [e for e in _tree(FinTrackError) if e.__module__ == FinTrackError.__module__]
    codes = [error.code for error in ours]
    assert len(codes) == len(set(codes))
