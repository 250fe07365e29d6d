"""The master key is made once, belongs to one database, and is never guessed at."""

import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fintrack.core.errors import Conflict, InvalidInput, Unavailable
from fintrack.services import master_key
from fintrack.services.master_key import (
    FILE_NAME,
    KEY_BYTES,
    MasterKey,
    make_key_file,
    read_recovery_text,
    secure_start,
)

pytestmark = pytest.mark.usefixtures("home")

KEY = MasterKey(bytes(range(32)))


def test_recovery_text_gives_the_key_back_however_it_is_typed() -> None:
    typed = KEY.recovery_text.lower().replace("-", " ")
    assert read_recovery_text(typed) == KEY


@pytest.mark.parametrize("place", range(0, 69, 5))
def test_one_wrong_letter_of_the_recovery_text_is_noticed(place: int) -> None:
    text = KEY.recovery_text
    wrong = "A" if text[place] != "A" else "B"
    with pytest.raises(InvalidInput):
        read_recovery_text(text[:place] + wrong + text[place + 1 :])


@pytest.mark.parametrize("text", ["", "A", "AAAA-BBBB", "ü" * 56, "1" * 56])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_recovery_text(text)


def test_derived_keys_differ_and_the_key_shows_in_no_repr() -> None:
    assert KEY.derive("one") != KEY.derive("two") != KEY.secret
    assert KEY.secret.hex() not in repr(KEY)
    assert "\\x01" not in repr(KEY)


def test_key_file_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    make_key_file(tmp_path / FILE_NAME)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == [FILE_NAME]


def test_full_disk_is_told_and_leaves_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match=r"master\.key cannot be written: no space"):
        make_key_file(tmp_path / FILE_NAME)
    assert list(tmp_path.iterdir()) == []


def test_two_first_starts_at_once_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(make_key_file, [tmp_path / FILE_NAME] * 8))
    assert len(keys) == 1


async def test_second_start_finds_the_key_of_the_first(tmp_path: Path) -> None:
    first = await secure_start(given="", folder=tmp_path, external=False)
    assert await secure_start(given="", folder=tmp_path, external=False) == first


async def test_another_key_stops_the_start(tmp_path: Path) -> None:
    await secure_start(given="", folder=tmp_path, external=False)
    with pytest.raises(Conflict, match="does not belong"):
        await secure_start(given=KEY.recovery_text, folder=tmp_path, external=False)


async def test_lost_key_stops_the_start_and_none_is_made(tmp_path: Path) -> None:
    await secure_start(given="", folder=tmp_path, external=False)
    (tmp_path / FILE_NAME).unlink()
    with pytest.raises(Conflict, match="is missing"):
        await secure_start(given="", folder=tmp_path, external=False)
    assert not (tmp_path / FILE_NAME).exists()


async def test_external_database_needs_a_given_key(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="FINTRACK_MASTER_KEY"):
        await secure_start(given="", folder=tmp_path, external=True)
    given = await secure_start(given=KEY.recovery_text, folder=tmp_path, external=True)
    assert given == KEY
    assert not (tmp_path / FILE_NAME).exists()


def test_installed_key_derives_and_none_refuses() -> None:
    key = MasterKey(bytes(KEY_BYTES))
    master_key.install(key)
    try:
        assert master_key.derive("codes") == key.derive("codes")
    finally:
        master_key.install(None)
    with pytest.raises(RuntimeError):
        master_key.derive("codes")
