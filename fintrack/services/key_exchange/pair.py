"""The former and the new key of an exchange, and how far it has come."""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from fintrack.core.errors import Conflict, InvalidInput
from fintrack.services.durable import sync_folder
from fintrack.services.master_key import (
    FILE_NAME,
    FOREIGN,
    MISSING,
    NEXT_NAME,
    Marks,
    MasterKey,
    find_key,
    make_key_file,
    read_key_file,
    read_recovery_text,
)


class Stage(IntEnum):
    """What is to be done next."""

    DATABASE = 1
    FILES = 2
    KEY_FILE = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where the keys come from: the data directory, or the environment.

    ``given`` and ``given_new`` are ``FINTRACK_MASTER_KEY`` and
    ``FINTRACK_NEW_MASTER_KEY``, or empty; ``external`` is whether MainDB is a server
    that FinTrack does not start itself.
    """

    folder: Path
    given: str
    given_new: str
    external: bool

    @property
    def in_file(self) -> bool:
        """Whether the key in use lies in the data directory."""
        return not self.given


@dataclass(frozen=True, slots=True)
class Pair:
    """Both keys, and where to go on."""

    former: MasterKey
    new: MasterKey
    stage: Stage


def find_pair(marks: Marks, place: Place) -> Pair:
    """Both keys, checked against what MainDB knows; a new one is kept first.

    Raises:
        InvalidInput: a key is damaged, must be given, or is the one in use.
        Conflict: the former key is missing or another one.
    """
    path = place.folder / FILE_NAME
    former = find_key(place.given, path, external=place.external)
    if former is None:
        raise Conflict(MISSING, path=path)
    new = _find_new(marks, place)
    if new is None:
        # Before anything is made: a key file that is not the one in use is a mistake.
        _check_in_use(marks, former)
        new = make_key_file(place.folder / NEXT_NAME)
    if new == former:
        raise InvalidInput("The new master key is the one in use.", field="master_key")
    stage = _find_stage(marks, former, new)
    if place.in_file:
        _keep(new, place.folder / NEXT_NAME)
    return Pair(former, new, stage)


def take_place(folder: Path) -> None:
    """Makes the new key file the one in use, in one step; the former one is gone."""
    (folder / NEXT_NAME).replace(folder / FILE_NAME)
    sync_folder(folder)


def _find_new(marks: Marks, place: Place) -> MasterKey | None:
    """The new key, which an unfinished exchange has kept, or which is given."""
    path = place.folder / NEXT_NAME
    waiting = read_key_file(path) if place.in_file and path.exists() else None
    if waiting and waiting.fingerprint == marks.fingerprint:
        return waiting
    if place.given_new:
        return read_recovery_text(place.given_new)
    if not place.in_file:
        raise InvalidInput(
            "FINTRACK_MASTER_KEY gives the key in use, so FINTRACK_NEW_MASTER_KEY must "
            "give the new one. A new one: {example}",
            field="new_master_key",
            example="python -m fintrack new-key",
        )
    return waiting


def _find_stage(marks: Marks, former: MasterKey, new: MasterKey) -> Stage:
    if marks.fingerprint != new.fingerprint:
        _check_in_use(marks, former)
        return Stage.DATABASE
    if not marks.former:
        return Stage.KEY_FILE
    if marks.former != former.fingerprint:
        raise Conflict(
            "Files are still under the key before, and the one given is another. "
            "Nothing was changed."
        )
    return Stage.FILES


def _check_in_use(marks: Marks, key: MasterKey) -> None:
    if marks.former or marks.fingerprint != key.fingerprint:
        raise Conflict(FOREIGN)


def _keep(key: MasterKey, path: Path) -> None:
    """Leaves ``key`` in the file, whatever an exchange that never began has left."""
    if path.exists() and read_key_file(path) != key:
        path.unlink()
    make_key_file(path, key)
