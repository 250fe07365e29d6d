"""What a backup says about itself: first what it is of, last what it holds."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from fintrack.core.errors import InvalidInput
from fintrack.core.text import message_id
from fintrack.services.backups.parts import (
    ABOUT,
    CONTENTS,
    Measure,
    PartReader,
    Source,
    read_parts,
)
from fintrack.services.backups.sealing import NO_BACKUP
from fintrack.services.trail.heads import SignedHead

VERSION = 1
UNEQUAL = message_id(
    "This backup is damaged: its part {name} is not what its manifest says."
)


@dataclass(frozen=True, slots=True)
class About:
    """The instant of a backup, and of what it was made.

    ``main`` and ``log`` are the revisions of the databases, ``postgresql`` the major
    version of the program that read them. ``head`` is the newest signed head of the
    trail; None where none was signed yet.
    """

    made_at: datetime
    main: str
    log: str
    postgresql: int
    head: SignedHead | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of, and the measure of each of its parts."""

    about: About
    contents: Mapping[str, Measure]


def write_about(about: About) -> bytes:
    """As JSON, with the version of the manifest."""
    head = about.head
    return json.dumps(
        {
            "version": VERSION,
            **asdict(about),
            "made_at": about.made_at.isoformat(),
            "head": head
            and {
                "at": head.at.isoformat(),
                "position": head.position,
                "hash": head.hash.hex(),
                "signature": head.signature.hex(),
            },
        }
    ).encode()


def write_contents(contents: Mapping[str, Measure]) -> bytes:
    """As JSON, each part by its name."""
    return json.dumps({name: asdict(one) for name, one in contents.items()}).encode()


def read_about(part: PartReader) -> About:
    """What ``write_about`` wrote.

    Raises:
        InvalidInput: it is of another version.
    """
    told = json.loads(part.rest())
    if told.pop("version") != VERSION:
        raise InvalidInput(NO_BACKUP)
    return About(
        **{
            **told,
            "made_at": datetime.fromisoformat(told["made_at"]),
            "head": told["head"] and _read_head(told["head"]),
        }
    )


def read_whole(source: Source) -> Manifest:
    """The manifest, after each part was read and found to be what it says.

    Raises:
        InvalidInput: it is damaged, of another version or no backup.
    """
    measured: dict[str, Measure] = {}
    about, contents = None, {}
    for part in read_parts(source):
        if part.name == ABOUT:
            about = read_about(part)
        if part.name == CONTENTS:
            told = json.loads(part.rest())
            contents = {name: Measure(**one) for name, one in told.items()}
        else:
            measured[part.name] = part.drain()
    for name, measure in measured.items():
        if contents.get(name) != measure:
            raise InvalidInput(UNEQUAL, name=name)
    if about is None or source.read(1):
        raise InvalidInput(NO_BACKUP)
    return Manifest(about, contents)


def _read_head(told: Mapping[str, Any]) -> SignedHead:
    return SignedHead(
        at=datetime.fromisoformat(told["at"]),
        position=told["position"],
        hash=bytes.fromhex(told["hash"]),
        signature=bytes.fromhex(told["signature"]),
    )
