"""Which two keys, and where to go on: read from MainDB's marks and the key files."""

import stat
from pathlib import Path

import pytest

from fintrack.core.errors import Conflict, InvalidInput
from fintrack.services.key_exchange.pair import Place, Stage, find_pair, take_place
from fintrack.services.master_key import (
    FILE_NAME,
    NEXT_NAME,
    Marks,
    MasterKey,
    make_key_file,
    read_key_file,
)

OLD, NEW, OTHER = (MasterKey(bytes([n]) * 32) for n in range(3))
BEFORE = Marks(OLD.fingerprint, has_people=True)
HALFWAY = Marks(NEW.fingerprint, has_people=True, former=OLD.fingerprint)
AFTER = Marks(NEW.fingerprint, has_people=True)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    make_key_file(tmp_path / FILE_NAME, OLD)
    return Place(tmp_path, "", "", external=False)


def given(folder: Path, old: MasterKey, new: MasterKey | None) -> Place:
    text = new.recovery_text if new else ""
    return Place(folder, old.recovery_text, text, external=True)


def test_new_key_is_kept_before_anything_is_done(place: Place) -> None:
    pair = find_pair(BEFORE, place)
    assert (pair.former, pair.stage) == (OLD, Stage.DATABASE)
    kept = place.folder / NEXT_NAME
    assert read_key_file(kept) == pair.new != OLD
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert read_key_file(place.folder / FILE_NAME) == OLD
    assert find_pair(BEFORE, place) == pair


def test_given_key_takes_the_place_of_one_that_was_never_used(place: Place) -> None:
    find_pair(BEFORE, place)
    wanted = Place(place.folder, "", NEW.recovery_text, external=False)
    assert find_pair(BEFORE, wanted).new == NEW
    assert read_key_file(place.folder / NEXT_NAME) == NEW


@pytest.mark.parametrize(
    ("marks", "stage"), [(HALFWAY, Stage.FILES), (AFTER, Stage.KEY_FILE)]
)
@pytest.mark.parametrize("wanted", ["", OTHER.recovery_text])
def test_killed_exchange_goes_on_with_the_key_it_has_kept(
    place: Place, marks: Marks, stage: Stage, wanted: str
) -> None:
    make_key_file(place.folder / NEXT_NAME, NEW)
    pair = find_pair(marks, Place(place.folder, "", wanted, external=False))
    assert (pair.former, pair.new, pair.stage) == (OLD, NEW, stage)
    take_place(place.folder)
    assert [path.name for path in place.folder.iterdir()] == [FILE_NAME]
    assert read_key_file(place.folder / FILE_NAME) == NEW


@pytest.mark.parametrize(
    ("marks", "stage"),
    [(BEFORE, Stage.DATABASE), (HALFWAY, Stage.FILES), (AFTER, Stage.KEY_FILE)],
)
def test_keys_of_the_environment_leave_no_file(
    tmp_path: Path, marks: Marks, stage: Stage
) -> None:
    assert find_pair(marks, given(tmp_path, OLD, NEW)).stage is stage
    assert list(tmp_path.iterdir()) == []


def test_key_of_the_environment_wants_the_next_one_from_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="FINTRACK_NEW_MASTER_KEY must"):
        find_pair(BEFORE, given(tmp_path, OLD, None))


def test_own_database_wants_its_key_from_the_environment(place: Place) -> None:
    with pytest.raises(InvalidInput, match="FINTRACK_MASTER_KEY must be set"):
        find_pair(BEFORE, Place(place.folder, "", "", external=True))


@pytest.mark.parametrize("marks", [BEFORE, HALFWAY])
def test_wrong_former_key_is_refused(tmp_path: Path, marks: Marks) -> None:
    with pytest.raises(Conflict, match="Nothing was changed"):
        find_pair(marks, given(tmp_path, OTHER, NEW))


def test_wrong_key_file_is_refused_and_none_is_made(place: Place) -> None:
    (place.folder / FILE_NAME).unlink()
    with pytest.raises(Conflict, match="is missing"):
        find_pair(BEFORE, place)
    make_key_file(place.folder / FILE_NAME, OTHER)
    with pytest.raises(Conflict, match="does not belong"):
        find_pair(BEFORE, place)
    assert not (place.folder / NEXT_NAME).exists()


def test_key_in_use_is_no_new_one(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="the one in use"):
        find_pair(BEFORE, given(tmp_path, OLD, OLD))


def test_lost_next_file_is_made_again_from_what_is_given(place: Place) -> None:
    wanted = Place(place.folder, "", NEW.recovery_text, external=False)
    assert find_pair(AFTER, wanted).stage is Stage.KEY_FILE
    take_place(place.folder)
    assert read_key_file(place.folder / FILE_NAME) == NEW
