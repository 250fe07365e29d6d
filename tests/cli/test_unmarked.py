"""A text in a constant cannot slip past the catalogue."""

from pathlib import Path

import pytest

from fintrack.cli.catalogue import ROOT
from fintrack.cli.unmarked import unmarked_texts


def found(tmp_path: Path, **sources: str) -> list[str]:
    """What is found in ``fintrack/core`` with a module of each source."""
    folder = tmp_path / "fintrack" / "core"
    folder.mkdir(parents=True)
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    return unmarked_texts(tmp_path)


def test_our_sources_mark_every_text() -> None:
    assert unmarked_texts(ROOT) == []


@pytest.mark.parametrize(
    "use",
    [
        "raise InvalidInput(A)",
        "raise errors.NotFound(A, field=name)",
        "Problem(A, name)",
        "translate(A, language)",
        "reader.say(A)",
        "Conflict(A if late else B)",
        "Unavailable(A[name])",
        "Problem(FOUND.get(name, A))",
        "translate_plural(A, B, n, language)",
        "class Own(InvalidInput): ...\nraise Own(A)",
    ],
)
def test_planted_constant_is_caught_where_it_is_given(tmp_path: Path, use: str) -> None:
    assert found(tmp_path, money=f'A = "no amount"\n{use}\n') == [
        "fintrack/core/money.py:1: write A with message_id"
    ]


@pytest.mark.parametrize(
    "use",
    [
        "from fintrack.core.words import A\nNotFound(A)",
        "from fintrack.core.words import A as B\nNotFound(B)",
        "from fintrack.core import words\nNotFound(words.A)",
    ],
)
def test_planted_constant_of_another_module_is_caught(tmp_path: Path, use: str) -> None:
    assert found(tmp_path, words='A = "nothing"', use=use) == [
        "fintrack/core/words.py:1: write A with message_id"
    ]


@pytest.mark.parametrize(
    "value",
    [
        '"Choose a column."',
        '"“{value}” is no day."',
        '{1: "This is a picture."}',
        '{1: message_id("Marked"), 2: "This is not marked."}',
        '(("This is a pair.", 1),)',
    ],
)
def test_planted_sentence_is_caught_wherever_it_goes(
    tmp_path: Path, value: str
) -> None:
    assert found(tmp_path, money=f"A: object = {value}") == [
        "fintrack/core/money.py:1: write A with message_id"
    ]


@pytest.mark.parametrize(
    "source",
    [
        'A = message_id("No amount.")\nraise InvalidInput(A)',
        'A = "a name"\nraise ValueError(A)',
        'A = "SELECT id FROM ledger"',
        'A = {1: message_id("A bank"), 2: "CurrencyFreaks"}\nreader.say(A[1])',
        'A = "?"\ntext.count(A)',
        'def say():\n    a = "a name"\n    raise InvalidInput(other.a)',
    ],
)
def test_other_constants_are_left_alone(tmp_path: Path, source: str) -> None:
    assert found(tmp_path, money=source) == []
