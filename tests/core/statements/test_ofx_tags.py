"""Tags are cut alike in SGML and XML, wherever the pieces of the file end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.ofx_tags import MAX_TEXT, read_tags

TEXT = "head <A><NAME>a &amp; b<MEMO><![CDATA[x < y]]></MEMO><!-- no --><c/>z</A>"
TAGS = [
    ("A", ""),
    ("NAME", "a & b"),
    ("MEMO", ""),
    ("", "x < y"),
    ("/MEMO", ""),
    ("C", "z"),
    ("/A", ""),
]


@given(st.lists(st.integers(0, len(TEXT)), max_size=6))
def test_tags_are_the_same_however_the_file_is_cut(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(TEXT)]
    pieces = [TEXT[a:b] for a, b in pairwise(places)]
    assert list(read_tags(pieces)) == TAGS


def test_only_wanted_tags_are_told_however_they_are_written() -> None:
    text = "<a>1<B>2</b ><c/><b>3<a x='y'>4</A>"
    wanted = frozenset(["A", "/B"])
    tags = read_tags([text, text], wanted.__contains__)
    assert list(tags) == [("A", "1"), ("/B", ""), ("A", "4")] * 2


def test_document_type_is_refused() -> None:
    with pytest.raises(InvalidInput, match="entities of its own"):
        list(read_tags(['<!DOCTYPE a [<!ENTITY b "c">]><OFX>']))


def test_text_without_end_is_refused() -> None:
    with pytest.raises(InvalidInput, match="longer than"):
        list(read_tags(["<NAME>", "x" * (MAX_TEXT + 1)]))
