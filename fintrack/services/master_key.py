"""The one secret all others are derived from, and the check that it is the right one.

It lies in the data directory (0600) or is given by ``FINTRACK_MASTER_KEY``. MainDB
keeps its fingerprint, so that a start with another key stops before it writes.
"""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import text

from fintrack.core.actor import SYSTEM, Role
from fintrack.core.errors import Conflict, InvalidInput, Unavailable
from fintrack.core.text import message_id
from fintrack.services.commands import Work, ask, command, perform, question
from fintrack.services.data_folder import make_data_folder
from fintrack.services.durable import sync_folder

FILE_NAME = "master.key"
# The next key, until everything is encrypted under it and it takes the name above.
NEXT_NAME = "master.key.next"
KEY_BYTES = 32
CHECK_LETTERS = 4
GROUP = 4
MISSING = message_id(
    "The master key is missing: {path} does not exist. "
    "Put it back, or set FINTRACK_MASTER_KEY to the recovery text."
)
FOREIGN = message_id(
    "This master key does not belong to this database. Nothing was changed."
)
UNFINISHED = message_id(
    "The exchange of the master key is not finished. "
    "Run it again: python -m fintrack change-key"
)

_FINGERPRINT = text("SELECT master_key_fingerprint FROM installation")
# The key before, while files may still be under it.
_FORMER = text("SELECT former_fingerprint FROM key_exchange WHERE finished_at IS NULL")
_HAS_PEOPLE = text("SELECT EXISTS (SELECT FROM person)")
_RECORD = text(
    "INSERT INTO installation (id, master_key_fingerprint, made_at) "
    "VALUES (1, :fingerprint, :at) ON CONFLICT (id) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class MasterKey:
    """32 random bytes; nothing is ever encrypted or signed with them directly."""

    secret: bytes = field(repr=False)

    def derive(self, label: str) -> bytes:
        """The 32-byte key for one purpose (HKDF-SHA256, RFC 5869)."""
        kdf = HKDF(SHA256(), length=32, salt=None, info=f"fintrack {label}".encode())
        return kdf.derive(self.secret)

    @property
    def fingerprint(self) -> str:
        """Tells keys apart and gives nothing away."""
        return self.derive("fingerprint").hex()

    @property
    def recovery_text(self) -> str:
        """The key for a sheet of paper: base32 in groups, checksum at the end."""
        letters = base64.b32encode(self.secret).decode().rstrip("=")
        letters += _checksum(self.secret)
        groups = (letters[i : i + GROUP] for i in range(0, len(letters), GROUP))
        return "-".join(groups)


@dataclass(frozen=True, slots=True)
class Marks:
    """What MainDB knows of its key: the fingerprint, and whether people use it.

    ``former`` is the fingerprint of the key before, while its exchange is unfinished.
    """

    fingerprint: str
    has_people: bool
    former: str = ""


class _Installed:
    """The key of this process; verbs that encrypt need not carry it along."""

    key: MasterKey | None = None


def install(key: MasterKey | None) -> None:
    """Makes ``key`` the one that ``derive`` uses; None takes it out."""
    _Installed.key = key


def current() -> MasterKey:
    """The installed key.

    Raises:
        RuntimeError: the wiring has installed none.
    """
    if _Installed.key is None:
        raise RuntimeError("no master key is installed")
    return _Installed.key


def derive(label: str) -> bytes:
    """The installed key's derivation for one purpose, 32 bytes.

    Raises:
        RuntimeError: as ``current``.
    """
    return current().derive(label)


def read_recovery_text(given: str) -> MasterKey:
    """The key that ``recovery_text`` wrote; spaces, hyphens and case do not matter.

    Raises:
        InvalidInput: a letter is wrong or missing.
    """
    letters = "".join(given.split()).replace("-", "").upper()
    body, check = letters[:-CHECK_LETTERS], letters[-CHECK_LETTERS:]
    secret = b""
    with suppress(binascii.Error, ValueError):
        secret = base64.b32decode(body + "=" * (-len(body) % 8))
    if len(secret) != KEY_BYTES or not hmac.compare_digest(
        check.encode(), _checksum(secret).encode()
    ):
        raise InvalidInput(
            "The master key is damaged: a letter is wrong or missing.",
            field="master_key",
        )
    return MasterKey(secret)


async def secure_start(*, given: str, folder: Path, external: bool) -> MasterKey:
    """The key of this installation, checked against MainDB before anything is served.

    Args:
        given: ``FINTRACK_MASTER_KEY``, or empty.
        folder: the data directory; a new key is made here for an empty database.
        external: whether MainDB is a server that FinTrack does not start itself.

    Raises:
        InvalidInput: the key is damaged, or must be given and is not.
        Conflict: it is not the key of this database, the key is lost, or its exchange
            is not finished.
    """
    marks = await ask(SYSTEM, find_marks)
    if marks.former:
        raise Conflict(UNFINISHED)
    key = find_key(given, folder / FILE_NAME, external=external)
    if key is None:
        if marks.fingerprint or marks.has_people:
            raise Conflict(MISSING, path=folder / FILE_NAME)
        key = make_key_file(folder / FILE_NAME)
    if not marks.fingerprint:
        await perform(SYSTEM, record_fingerprint, key.fingerprint)
        marks = await ask(SYSTEM, find_marks)
    if marks.fingerprint != key.fingerprint:
        raise Conflict(UNFINISHED if _is_next(folder, marks) else FOREIGN)
    return key


def new_key() -> MasterKey:
    """Another key."""
    return MasterKey(secrets.token_bytes(KEY_BYTES))


def make_key_file(path: Path, key: MasterKey | None = None) -> MasterKey:
    """Keeps ``key`` or a new one; of two processes at once, both get one key.

    Raises:
        Unavailable: the disk does not take it.
    """
    key = key or new_key()
    make_data_folder(path.parent)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        _write(key, draft)
        # A link appears whole or not at all, and never over a key that is there.
        with suppress(FileExistsError):
            os.link(draft, path)
    except OSError as error:
        raise Unavailable(
            "The key file {path} cannot be written: {reason}. Nothing was changed.",
            path=path,
            reason=error.strerror,
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)
    return read_key_file(path)


def read_key_file(path: Path) -> MasterKey:
    """The key that a file holds.

    Raises:
        InvalidInput: it is damaged.
    """
    return read_recovery_text(path.read_text(encoding="ascii"))


@question("installation.marks", roles=frozenset({Role.SYSTEM}))
async def find_marks(work: Work) -> Marks:
    """The fingerprint MainDB keeps (empty before the first start)."""
    fingerprint = await work.session.scalar(_FINGERPRINT)
    has_people = await work.session.scalar(_HAS_PEOPLE)
    former = await work.session.scalar(_FORMER)
    return Marks(fingerprint or "", bool(has_people), former or "")


@command(
    "installation.record",
    roles=frozenset({Role.SYSTEM}),
    final="the key of an installation is recorded once, at its first start",
)
async def record_fingerprint(work: Work, fingerprint: str) -> None:
    """Keeps the fingerprint of the first key; a later one changes nothing."""
    await work.session.execute(_RECORD, {"fingerprint": fingerprint, "at": work.now})


def find_key(given: str, path: Path, *, external: bool) -> MasterKey | None:
    """The key that was given, or that of the file; None where there is no file.

    Raises:
        InvalidInput: it is damaged, or must be given and is not.
    """
    if given:
        return read_recovery_text(given)
    if external:
        raise InvalidInput(
            "With a database of your own, FINTRACK_MASTER_KEY must be set too. "
            "A new one: {example}",
            field="master_key",
            example="python -m fintrack new-key",
        )
    if path.exists():
        return read_key_file(path)
    return None


def _write(key: MasterKey, path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{key.recovery_text}\n")
        file.flush()
        os.fsync(file.fileno())


def _is_next(folder: Path, marks: Marks) -> bool:
    """Whether a killed exchange has left only the file to be renamed."""
    path = folder / NEXT_NAME
    return path.exists() and read_key_file(path).fingerprint == marks.fingerprint


def _checksum(secret: bytes) -> str:
    return base64.b32encode(hashlib.sha256(secret).digest()).decode()[:CHECK_LETTERS]
