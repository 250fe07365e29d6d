"""English is the message id; a catalogue makes other languages of it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from fintrack.core import text
from fintrack.core.text import (
    browser_catalogue,
    catalogue_path,
    language_name,
    languages,
    message_id,
    read_catalogue,
    translate,
    translate_plural,
)

GERMAN = """
#. browser
msgid "Accounts"
msgstr "Konten"

msgid "Balance of {name}"
msgstr "Stand von {name}"

#. browser
msgid "Debts"
msgstr ""

#. browser
#, fuzzy
msgid "Goals"
msgstr "Vielleicht Ziele"

msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "{n} Zeile"
msgstr[1] "{n} Zeilen"
"""
TURKISH = """
msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "{n} satır"
"""


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for language, content in (("de", GERMAN), ("tr", TURKISH)):
        path = catalogue_path(language, tmp_path)
        path.parent.mkdir(parents=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(text, "read_catalogue", partial(read_catalogue, root=tmp_path))
    _forget()
    yield
    _forget()


def _forget() -> None:
    text._translations.cache_clear()
    text._is_complete.cache_clear()


def test_turkish_and_english_can_be_chosen() -> None:
    assert languages()[:2] == ("en", "tr")
    assert text.PSEUDO not in languages()


def test_language_is_named_by_its_speakers() -> None:
    assert [language_name(code) for code in ("en", "tr", "fr")] == [
        "English",
        "Türkçe",
        "Français",
    ]


def test_message_is_translated_with_its_values() -> None:
    name = "Please enter a name of at most {limit} characters."
    assert translate(name, "en", limit=30).endswith("at most 30 characters.")
    assert (
        translate(name, "tr", limit=30) == "Lütfen en çok 30 karakterlik bir ad girin."
    )


@pytest.mark.parametrize("language", ["tr", "tr-TR", "tr_TR", "TR"])
def test_region_and_case_of_a_language_do_not_matter(language: str) -> None:
    assert translate("Today", language) == "Bugün"


@pytest.mark.parametrize("language", ["", "zz", "../tr", "tr/../tr"])
def test_unknown_language_is_english(language: str) -> None:
    assert translate("Today", language) == "Today"


def test_unknown_text_stays_english() -> None:
    assert translate("No such text, {name}.", "tr", name="Ada") == "No such text, Ada."


def test_no_text_is_no_text() -> None:
    assert translate("", "tr") == ""


def test_value_with_braces_is_only_text() -> None:
    assert translate("Hello {name}", "en", name="{0.__class__}") == (
        "Hello {0.__class__}"
    )


@pytest.mark.usefixtures("planted")
def test_each_language_has_its_own_plural_forms() -> None:
    def rows(n: int, language: str) -> str:
        return translate_plural("{n} row", "{n} rows", n, language)

    assert [rows(n, "en") for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert [rows(n, "de") for n in (0, 1, 2)] == ["0 Zeilen", "1 Zeile", "2 Zeilen"]
    assert [rows(n, "tr") for n in (0, 1, 2)] == ["0 satır", "1 satır", "2 satır"]


@pytest.mark.usefixtures("planted")
def test_counts_are_grouped_and_texts_stay_as_they_are() -> None:
    assert translate_plural("{n} row", "{n} rows", 1234, "de") == "1.234 Zeilen"
    assert translate_plural("{n} row", "{n} rows", 1234, "xx")
    rows = translate_plural("{n} row", "{n} rows of {y}", 1234, "en", y="2026")
    assert rows == "1,234 rows of 2026"


@pytest.mark.usefixtures("planted")
def test_language_with_a_gap_cannot_be_chosen() -> None:
    assert languages() == ("en", "tr")


@pytest.mark.usefixtures("planted")
def test_doubtful_translation_is_not_shown() -> None:
    assert translate("Goals", "de") == "Goals"


def test_browser_gets_only_its_finished_texts(tmp_path: Path) -> None:
    path = catalogue_path("de", tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text(GERMAN, encoding="utf-8")
    assert browser_catalogue("de", tmp_path) == {"Accounts": "Konten"}
    assert browser_catalogue("en", tmp_path) == {}


def test_marked_text_is_itself() -> None:
    assert message_id("Checking") == "Checking"
