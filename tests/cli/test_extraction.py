"""Texts are found wherever the house lets them stand."""

import io

import pytest

from fintrack.cli.extraction import BuiltText, extract


def found(source: str, path: str = "fintrack/services/ledger.py") -> dict[str, bool]:
    """The first form of each text and whether it is for the browser."""
    file = io.BytesIO(source.encode())
    file.name = path
    return {
        texts[0]: remarks == ["browser"]
        for _, _, texts, remarks in extract(file, (), (), {})
    }


@pytest.mark.parametrize(
    "source",
    [
        'raise InvalidInput("Name it.", field="name")',
        'raise errors.NotFound("Name it.")',
        'Problem("Name it.", "name")',
        'translate("Name it.", language)',
        'text.translate("Name it.", language)',
        'NAME = message_id("Name it.")',
        'class Unnamed(InvalidInput):\n    message = "Name it."',
        'class Unnamed(Conflict):\n    message: ClassVar[str] = "Name it."',
        'class Unnamed(NotFound): ...\nraise Unnamed("Name it.")',
        'raise InvalidInput("Name"\n " it.")',
    ],
)
def test_text_is_found(source: str) -> None:
    assert found(source) == {"Name it.": False}


@pytest.mark.parametrize(
    "source",
    [
        'raise ValueError("our defect")',
        'class Row:\n    message = "not an error"',
        "word.translate(table)",
        "t(State.label)",
        'raise InvalidInput(field="name")',
        'class Odd(InvalidInput):\n    code = "odd"\n    status = 400',
    ],
)
def test_other_text_is_left_alone(source: str) -> None:
    assert found(source) == {}


def test_both_plural_forms_are_found() -> None:
    file = io.BytesIO(b'translate_plural("{n} row", "{n} rows", n, language)')
    file.name = "fintrack/state/imports.py"
    assert list(extract(file, (), (), {})) == [
        (1, "ngettext", ("{n} row", "{n} rows"), [])
    ]


def test_error_with_a_form_for_one_is_found_with_both() -> None:
    file = io.BytesIO(
        b'class Slow(Conflict):\n    message = "{n} seconds."\n    one = "One second."'
    )
    file.name = "fintrack/core/errors.py"
    assert list(extract(file, (), (), {})) == [
        (1, "ngettext", ("One second.", "{n} seconds."), [])
    ]


def test_both_sides_of_a_choice_are_found() -> None:
    assert found('t("Open" if shut else "Close")') == {"Open": True, "Close": True}


def test_texts_of_pages_and_components_are_for_the_browser() -> None:
    assert found('t("Save")') == {"Save": True}
    assert found('NAV = message_id("Home")', "fintrack/pages/frame.py") == {
        "Home": True
    }
    assert found('NAV = message_id("Home")', "fintrack/core/routes.py") == {
        "Home": False
    }


@pytest.mark.parametrize(
    "source",
    [
        't(f"Hello {name}")',
        'raise InvalidInput("No " + name)',
        'translate("No %s" % name, language)',
    ],
)
def test_text_built_at_run_time_is_refused_with_its_place(source: str) -> None:
    with pytest.raises(BuiltText, match=r"ledger\.py:1: write the text as one literal"):
        found(source)


def test_text_of_the_browser_is_no_name() -> None:
    with pytest.raises(BuiltText, match=r"ledger\.py:1: t takes a literal"):
        found("[t(name) for name in NAMES]")
