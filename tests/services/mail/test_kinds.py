"""The kinds of letters: complete, translated, and nothing a stranger can fill."""

import pytest

from fintrack.core.text import languages, translate
from fintrack.services.mail.kinds import CODE, KINDS, Kind

each_kind = pytest.mark.parametrize("name", KINDS)


def texts_of(kind: Kind) -> tuple[str, ...]:
    return (kind.subject, *kind.paragraphs, *kind.closing)


def test_placeholders_are_those_of_all_texts() -> None:
    kind = Kind("{a}", ("{b} and {a}",), ("{c}",), code=True)
    assert kind.placeholders == {"a", "b", "c", CODE}


@each_kind
@pytest.mark.parametrize("language", languages())
def test_every_language_fills_the_same_placeholders(name: str, language: str) -> None:
    kind = KINDS[name]
    names = {name: f"{{{name}}}" for name in kind.placeholders}
    told = [translate(text, language, **names) for text in texts_of(kind)]
    spoken = Kind(told[0], tuple(told[1:]), code=kind.code)
    assert spoken.placeholders == kind.placeholders


@each_kind
@pytest.mark.parametrize("language", languages())
def test_sentences_begin_with_a_capital(name: str, language: str) -> None:
    for text in texts_of(KINDS[name]):
        told = translate(text, language, **dict.fromkeys(KINDS[name].placeholders, "X"))
        assert told[0].isupper(), told


@each_kind
def test_letters_to_any_address_repeat_nothing_that_was_typed(name: str) -> None:
    if name.startswith("code."):
        assert KINDS[name].placeholders == {CODE, "minutes"}
