from collections.abc import Sequence
from math import log2

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.one_time_code import (
    ALPHABET,
    LENGTH,
    Purpose,
    new_code,
    read_code,
    show_code,
)

SIX = (Purpose.REGISTER, Purpose.EMAIL)
LONG = (Purpose.RESET,)


@pytest.mark.parametrize("purpose", SIX)
def test_code_has_six_digits_and_is_no_constant(purpose: Purpose) -> None:
    made = {new_code(purpose) for _ in range(50)}
    assert len(made) > 1
    assert {read_code(purpose, show_code(code)) for code in made} == made


def test_code_of_a_reset_has_60_random_bits_and_is_read_as_it_is_shown() -> None:
    made = {new_code(Purpose.RESET) for _ in range(200)}
    assert len(made) == 200
    assert LENGTH * log2(len(set(ALPHABET))) == 60
    assert {read_code(Purpose.RESET, show_code(code)) for code in made} == made
    assert set().union(*made) == set(ALPHABET)


@pytest.mark.parametrize("given", ["123456", " 123 456 ", "123-456", "123\u00a0456\n"])
def test_pasted_code_is_read(given: str) -> None:
    assert read_code(Purpose.REGISTER, given) == "123456"


@pytest.mark.parametrize(
    "given", ["ABCD-EFGH-2345", " abcd efgh 2345\n", "abcdEFGH2345"]
)
def test_pasted_code_of_a_reset_is_read(given: str) -> None:
    assert read_code(Purpose.RESET, given) == "ABCDEFGH2345"


@pytest.mark.parametrize(
    ("purposes", "given"),
    [
        (SIX, ""),
        (SIX, "12345"),
        (SIX, "1234567"),
        (SIX, "12345a"),
        (SIX, "\u0661\u0662\u0663456"),
        (SIX, "\uff1123456"),
        (SIX, "\u00b223456"),
        (SIX, "ABCDEFGH2345"),
        (LONG, ""),
        (LONG, "234567"),
        (LONG, "ABCDEFGH23456"),
        (LONG, "ABCDEFGH234\x00"),
        (LONG, "ABCDEFGH2341"),
        (LONG, "\uff21BCDEFGH2345"),
    ],
)
def test_what_is_no_code_is_refused_before_it_is_tried(
    purposes: Sequence[Purpose], given: str
) -> None:
    for purpose in purposes:
        with pytest.raises(InvalidInput) as refused:
            read_code(purpose, given)
        assert refused.value.problems[0].field == "code"
