import pytest

from fintrack.core.consents import TERMS_VERSION, Consents, find_problems


def test_both_ticks_for_the_present_text_are_enough() -> None:
    assert find_problems(Consents(TERMS_VERSION, True, True)) == []  # noqa: FBT003 - as the form sends them


@pytest.mark.parametrize(
    ("version", "agrees", "of_age", "fields"),
    [
        (TERMS_VERSION, False, True, ["agrees_to_terms"]),
        (TERMS_VERSION, True, False, ["is_of_age"]),
        ("2020-01", True, True, ["agrees_to_terms"]),
        ("", False, False, ["agrees_to_terms", "is_of_age"]),
    ],
)
def test_what_is_missing_is_named_beside_its_field(
    version: str, *, agrees: bool, of_age: bool, fields: list[str]
) -> None:
    found = find_problems(Consents(version, agrees, of_age))
    assert [problem.field for problem in found] == fields
