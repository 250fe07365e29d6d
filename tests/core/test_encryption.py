"""What is encrypted comes back only with its key, unchanged and in its place."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.encryption import AES_256_GCM, decrypt, encrypt

KEY, OTHER = bytes(32), bytes([1]) * 32


@given(st.binary(), st.text(st.characters(codec="utf-8")))
def test_what_is_encrypted_comes_back(plain: bytes, place: str) -> None:
    assert decrypt(KEY, encrypt(KEY, plain, place), place) == plain


def test_first_byte_names_the_algorithm() -> None:
    sealed = encrypt(KEY, b"1", "here")
    assert sealed[:1] == AES_256_GCM
    with pytest.raises(InvalidTag):
        decrypt(KEY, sealed[1:], "here")


def test_nothing_is_encrypted_alike_twice() -> None:
    assert encrypt(KEY, b"1", "here") != encrypt(KEY, b"1", "here")


@pytest.mark.parametrize(("key", "place"), [(OTHER, "here"), (KEY, "there")])
def test_another_key_or_place_opens_nothing(key: bytes, place: str) -> None:
    with pytest.raises(InvalidTag):
        decrypt(key, encrypt(KEY, b"1", "here"), place)


@given(st.integers(0, 29), st.integers(1, 255))
def test_a_changed_byte_opens_nothing(at: int, change: int) -> None:
    sealed = bytearray(encrypt(KEY, b"1", "here"))
    sealed[at] ^= change
    with pytest.raises(InvalidTag):
        decrypt(KEY, bytes(sealed), "here")
