"""XML is read in pieces; what makes it dangerous is refused before it does anything."""

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.statements import xml_stream
from fintrack.core.statements.encoding import opener_of
from fintrack.core.statements.xml_stream import BrokenXml, Element, read_elements

BOMB = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdef", "bcdefg", strict=True)
)


def _read(text: str | bytes, *names: str) -> list[Element]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_elements(opener_of(data), frozenset(names)))


def test_wanted_elements_come_with_all_they_hold() -> None:
    (b,) = _read('<x:a xmlns:x="u"><x:b k="1"> t <x:c>1</x:c><x:c/></x:b></x:a>', "b")
    assert (b.attributes, b.words(), b.words("c"), len(b.all("c"))) == (
        {"k": "1"}, "t", "1", 2,
    )  # fmt: skip
    assert (b.find("d"), b.words("d", "e")) == (None, "")
    assert list(b.leaves()) == [("b", "t"), ("c", "1")]


@pytest.mark.parametrize(
    "head",
    [
        f'<!DOCTYPE a [<!ENTITY a "lol">{BOMB}]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
    ],
)
def test_document_type_is_refused(head: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        text = f'<?xml version="1.0" encoding="{encoding}"?>{head}<a><b>&x;&g;</b></a>'
        with pytest.raises(InvalidInput, match="entities of its own"):
            _read(text.encode(encoding), "b")


def test_damaged_file_gives_what_stands_before_the_damage() -> None:
    found = []
    with pytest.raises(BrokenXml) as broken:
        for element in read_elements(
            opener_of(b"<a><b>1</b>\n<b>2</c></a>"), frozenset("b")
        ):
            found.append(element.text)  # noqa: PERF401 - it ends by an error
    assert (found, broken.value.line) == (["1"], 2)


@pytest.mark.parametrize(
    "data",
    [b"<a><b>1</b>", b"", b"\xff\xfe", b'<?xml version="1.0" encoding="cp932"?><a/>'],
)
def test_torn_and_unknown_files_are_broken(data: bytes) -> None:
    with pytest.raises(BrokenXml):
        _read(data, "b")


def test_deep_and_endless_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidInput, match="nested more than"):
        _read("<a>" * 100, "b")
    monkeypatch.setattr(xml_stream, "MAX_CHARACTERS", 10)
    with pytest.raises(InvalidInput, match="larger than"):
        _read(f"<b>{'x' * 11}</b>", "b")
