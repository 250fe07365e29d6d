"""Passwords: long enough, not too long, not what everybody tries first."""

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.password_rules import (
    BREACHED,
    MIN_LENGTH,
    MIN_LENGTH_BESIDE_A_FACTOR,
    check_password,
    normalise,
)

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


@pytest.mark.parametrize(
    ("password", "has_second_factor"),
    [
        ("mailcreated5240", False),
        ("MailCreated5240", False),
        ("\uff4dailcreated5240", False),
        ("ghhh47hj7649", True),
    ],
)
def test_whole_password_that_leaked_elsewhere_is_refused(
    password: str,
    has_second_factor: bool,  # noqa: FBT001 - a parameter of the cases
) -> None:
    with pytest.raises(InvalidInput, match="leaked elsewhere"):
        check_password(password, has_second_factor=has_second_factor)


def test_leaked_password_within_a_longer_one_is_none() -> None:
    check_password("mailcreated5240 am Kai")
    check_password("mailcreated5240\nghhh47hj7649")


def test_leaked_passwords_are_thousands_of_each_length_that_is_asked_for() -> None:
    leaked = BREACHED.read_text(encoding="utf-8").splitlines()
    assert leaked == sorted({normalise(one).casefold() for one in leaked})
    assert min(map(len, leaked)) == MIN_LENGTH_BESIDE_A_FACTOR
    assert sum(len(one) >= MIN_LENGTH for one in leaked) > 3000
    assert sum(len(one) < MIN_LENGTH for one in leaked) > 3000
    assert BREACHED.stat().st_size < 300_000
