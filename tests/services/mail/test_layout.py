"""One layout: every kind, both languages, every value escaped."""

import re

import pytest

from fintrack.core.text import languages
from fintrack.services.mail.kinds import CODE, KINDS
from fintrack.services.mail.layout import Rendered, render_letter

PLAIN = {
    "name": "Ada",
    "when": "18 November 2026, 13:00",
    "device": "Firefox on Linux",
    "address": "192.0.2.7",
    "minutes": "5",
    "code": "271828",
}


def render(kind: str, language: str = "en", **values: str) -> Rendered:
    needed = KINDS[kind].placeholders
    assert needed <= PLAIN.keys(), "give PLAIN a value for the new placeholder"
    given = {**PLAIN, **values}
    return render_letter(kind, language, {name: given[name] for name in needed})


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_shows_all_its_values_in_both_parts(kind: str, language: str) -> None:
    letter = render(kind, language)
    assert f'<html lang="{language}">' in letter.html
    for name in KINDS[kind].placeholders:
        assert PLAIN[name] in letter.text
        assert PLAIN[name] in letter.html
    assert "{" not in letter.subject + letter.text


def test_reader_gets_their_language_and_else_english() -> None:
    turkish, english = render("code.register", "tr-TR"), render("code.register", "ja")
    assert (turkish.language, english.language) == ("tr", "en")
    assert turkish.subject != english.subject


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "<a href='https://evil.example'>Click</a>",
        "&lt;b&gt;",
        "{{ 7 * 7 }}{% raw %}",
        "{code}{0}{name.__class__}",
    ],
)
def test_values_are_text_and_nothing_else(hostile: str) -> None:
    letter = render("account.welcome", name=hostile)
    tags = set(re.findall(r"</?([a-z0-9]+)", letter.html))
    assert tags == set(
        re.findall(r"</?([a-z0-9]+)", render("account.welcome", name="x").html)
    )
    assert hostile not in letter.html or "<" not in hostile
    assert hostile in letter.text


def test_values_are_one_line_of_bounded_length() -> None:
    letter = render("account.welcome", name="Ada\r\n\r\nYou won!\x1b[2J" + "x" * 5000)
    assert "Ada You won! [2J" in letter.text
    assert "\x1b" not in letter.text + letter.html
    assert len(letter.text) < 1000


def test_code_can_be_copied_as_it_is() -> None:
    """No space and no tag between its digits, in either part."""
    letter = render("code.reset")
    assert re.search(rf">{PLAIN[CODE]}</p>", letter.html)
    assert re.search(rf"^ +{PLAIN[CODE]}$", letter.text, re.MULTILINE)


def test_nothing_is_loaded_from_anywhere() -> None:
    """No picture tells a sender that somebody reads; no link asks to be clicked."""
    html = render("account.welcome").html
    assert not re.search(r"<img|<link|<a |url\(|https?:", html)


def test_missing_value_is_a_defect() -> None:
    with pytest.raises(KeyError):
        render_letter("account.welcome", "en", {})
