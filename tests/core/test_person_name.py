"""What can be the name of a person."""

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.person_name import check_first_name, check_last_name

LONG = "Please enter a name of at most 100 characters."
UNFIT = "This name cannot be used."


@pytest.mark.parametrize("name", ["Ada", "Şükrü", "می\u200cخرم", "李", "x" * 100, "👩"])
def test_name_in_any_script_passes(name: str) -> None:
    check_first_name(name)
    check_last_name(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x" * 101, LONG),
        ("\u202eadA", UNFIT),
        ("Ada\nLovelace", UNFIT),
        ("\u3164", UNFIT),
        ("\uffa0 \u2800", UNFIT),
        ("\u200d", UNFIT),
    ],
)
def test_what_is_wrong_with_a_name_is_said(name: str, said: str) -> None:
    with pytest.raises(InvalidInput) as first:
        check_first_name(name)
    with pytest.raises(InvalidInput) as last:
        check_last_name(name)
    assert (first.value.text, last.value.text) == (said, said)
    assert [e.value.problems[0].field for e in (first, last)] == [
        "first_name",
        "last_name",
    ]


def test_first_name_is_needed_and_a_last_name_is_not() -> None:
    check_last_name("")
    with pytest.raises(InvalidInput, match=r"Please enter a name\."):
        check_first_name("")
