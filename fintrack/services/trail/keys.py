"""The key of each owner's images: made once, kept wrapped, and destroyed for good."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core import encryption
from fintrack.services import master_key

KEY_LABEL = "trail keys"
KEY_BYTES = 32

_FIND = text(
    "SELECT id, wrapped, destroyed_at FROM trail_key "
    "WHERE owner = :owner AND owner_id = :owner_id"
)
_BY_ID = text("SELECT owner, owner_id, wrapped FROM trail_key WHERE id = :id")
_MAKE = text(
    "INSERT INTO trail_key (owner, owner_id, wrapped, made_at) "
    "VALUES (:owner, :owner_id, :wrapped, :at) ON CONFLICT DO NOTHING"
)
_DESTROY = text(
    "INSERT INTO trail_key (owner, owner_id, made_at, destroyed_at) "
    "VALUES (:owner, :owner_id, :at, :at) ON CONFLICT (owner, owner_id) "
    "DO UPDATE SET wrapped = NULL, destroyed_at = excluded.destroyed_at "
    "WHERE trail_key.destroyed_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose images they are: a ledger's, a person's, or the house's own (id 0)."""

    kind: str
    id: int

    @property
    def name(self) -> str:
        """What binds a wrapped key to its owner."""
        return f"{self.kind} {self.id}"


HOUSE = Owner("house", 0)


@dataclass(frozen=True, slots=True)
class Key:
    """An owner's key and its number, which stands beside what it encrypts."""

    id: int
    secret: bytes = field(repr=False)

    def encrypt(self, plain: bytes, bound_to: str) -> bytes:
        """What only this key opens again."""
        return encryption.encrypt(self.secret, plain, bound_to)

    def decrypt(self, sealed: bytes, bound_to: str) -> bytes:
        """What was encrypted.

        Raises:
            InvalidTag: it was changed, or belongs elsewhere.
        """
        return encryption.decrypt(self.secret, sealed, bound_to)


async def find_key(session: AsyncSession, owner: Owner, now: datetime) -> Key | None:
    """The owner's key, made when there is none yet; None once it was destroyed."""
    values = {"owner": owner.kind, "owner_id": owner.id}
    row = (await session.execute(_FIND, values)).one_or_none()
    if row is None:
        wrapped = _wrapping().encrypt(secrets.token_bytes(KEY_BYTES), owner.name)
        await session.execute(_MAKE, {**values, "wrapped": wrapped, "at": now})
        row = (await session.execute(_FIND, values)).one()
    if row.destroyed_at is not None:
        return None
    return Key(row.id, _wrapping().decrypt(row.wrapped, owner.name))


async def key_of(session: AsyncSession, key_id: int) -> Key | None:
    """The key with a number; None where it is destroyed or unknown."""
    row = (await session.execute(_BY_ID, {"id": key_id})).one_or_none()
    if row is None or row.wrapped is None:
        return None
    owner = Owner(row.owner, row.owner_id)
    return Key(key_id, _wrapping().decrypt(row.wrapped, owner.name))


async def destroy_key(session: AsyncSession, owner: Owner, now: datetime) -> None:
    """Makes the owner's images in LogDB unreadable, those still to be shipped too."""
    values = {"owner": owner.kind, "owner_id": owner.id, "at": now}
    await session.execute(_DESTROY, values)


def _wrapping() -> Key:
    return Key(0, master_key.derive(KEY_LABEL))
