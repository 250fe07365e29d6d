import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.one_time_code import new_code, read_code


def test_code_has_six_digits_and_is_no_constant() -> None:
    made = {new_code() for _ in range(50)}
    assert len(made) > 1
    assert {read_code(code) for code in made} == made


@pytest.mark.parametrize("given", ["123456", " 123 456 ", "123-456", "123\u00a0456\n"])
def test_pasted_code_is_read(given: str) -> None:
    assert read_code(given) == "123456"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "12345",
        "1234567",
        "12345a",
        "\u0661\u0662\u0663456",
        "\uff1123456",
        "\u00b223456",
    ],
)
def test_what_is_no_code_is_refused_before_it_is_tried(given: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_code(given)
    assert refused.value.problems[0].field == "code"
