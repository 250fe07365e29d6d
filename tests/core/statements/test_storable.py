"""Whatever a file holds becomes text that the books can keep."""

from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.statements.storable import MAX_NAME, part_name, storable


def test_sound_text_stays_as_it_is() -> None:
    assert storable("Çağrı\n☕ 😀") == "Çağrı\n☕ 😀"


@given(st.text(st.characters(categories=["Cs", "Cc", "L"])))
def test_any_text_can_be_written_as_utf_8_without_zeros(text: str) -> None:
    assert b"\0" not in storable(text).encode()


def test_zero_and_half_a_pair_are_replaced() -> None:
    assert storable("a\0b") == "a\ufffdb"
    assert "\ufffd" in storable("a\ud800b")


def test_name_is_short_printable_and_never_empty() -> None:
    assert part_name(" DE12\t34\0 ") == "DE1234\ufffd"
    assert part_name("\n") == "–"
    assert len(part_name("x" * 999)) == MAX_NAME
