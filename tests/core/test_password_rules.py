"""Passwords: long enough, not too long, not what everybody tries first."""

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.password_rules import check_password, normalise

KNOWN = ("ada.lovelace@example.org", "Ada", "Lovelace")


@pytest.mark.parametrize(
    "password",
    [
        "vier nasse Hunde am Kai",
        "8251-9374-1620-5849",
        "gül bahçesinde yağmur var",
        "x" * 3 + "kT9!mQ2#vL7@pZ",
        "correct horse battery staple penguin",
        "日本語のパスワードはとても長いです",
    ],
)
def test_own_words_are_accepted(password: str) -> None:
    check_password(password, known=KNOWN)


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "fourteen chars",
        "a" * 20,
        "passwordpassword",
        "Password1234567",
        "P@ssw0rd-P@ssw0rd-1",
        "qwertyuiopasdfghjkl",
        "1234567890123456",
        "abcdefghijklmnopqrst",
        "correcthorsebatterystaple",
        "ada.lovelace@example.org",
        "lovelace-lovelace-1",
        "xyxyxyxyxyxyxyxyxy",
        "fintrack password 123",
        "v" * 129,
    ],
)
def test_short_long_and_common_ones_are_refused(password: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_password(password, known=KNOWN)
    assert refused.value.problems[0].field == "password"


@pytest.mark.parametrize("length", [64, 128])
def test_long_passwords_are_accepted(length: int) -> None:
    check_password(("vier nasse Hunde am Kai, drei im Boot; " * 4)[:length])


def test_two_ways_to_type_a_letter_are_one_password() -> None:
    assert normalise("e\u0301te\u0301") == normalise("\u00e9t\u00e9")


def test_beside_a_second_factor_twelve_characters_are_enough() -> None:
    short = "Kahn am Kai!"
    with pytest.raises(InvalidInput):
        check_password(short)
    check_password(short, has_second_factor=True)
    with pytest.raises(InvalidInput, match="12"):
        check_password(short[:-1], has_second_factor=True)
