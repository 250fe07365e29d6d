"""Secret values of a letter: sealed for one letter, under one key."""

from collections.abc import Iterator

import pytest

from fintrack.core.errors import Unavailable
from fintrack.services import master_key
from fintrack.services.mail.sealing import seal, unseal
from fintrack.services.master_key import KEY_BYTES, MasterKey


@pytest.fixture(autouse=True)
def key() -> Iterator[None]:
    master_key.install(MasterKey(bytes(KEY_BYTES)))
    yield
    master_key.install(None)


def test_sealed_values_come_back() -> None:
    assert unseal(seal({"code": "ş1"}, "one"), "one") == {"code": "ş1"}


def test_same_values_are_never_sealed_alike() -> None:
    assert seal({"code": "1"}, "one") != seal({"code": "1"}, "one")


def test_values_of_another_letter_are_refused() -> None:
    with pytest.raises(Unavailable):
        unseal(seal({"code": "1"}, "one"), "two")


def test_changed_values_are_refused() -> None:
    sealed = bytearray(seal({"code": "1"}, "one"))
    sealed[-1] ^= 1
    with pytest.raises(Unavailable):
        unseal(bytes(sealed), "one")


def test_another_key_opens_nothing() -> None:
    sealed = seal({"code": "1"}, "one")
    master_key.install(MasterKey(b"\1" * KEY_BYTES))
    with pytest.raises(Unavailable):
        unseal(sealed, "one")
