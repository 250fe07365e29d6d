"""Keys that signed heads before the master key was exchanged.

Each exchange keeps the public half of the former key, up to which row it has signed,
and the next key's signature on both. So the present key vouches for the one before it,
that one for the one before, and nobody else can add a key; nor can whoever got hold of
a former one sign rows of after the exchange.
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.audit_chain import HEAD_LABEL, former_key_message
from fintrack.services import master_key
from fintrack.services.master_key import MasterKey

_EXCHANGES = text(
    "SELECT at, public_key, head_position, signature FROM key_exchange ORDER BY id DESC"
)
_SIGNED = text("SELECT coalesce(max(position), 0) FROM audit_head")


@dataclass(frozen=True, slots=True)
class FormerKey:
    """A public key whose heads are good up to row ``last``."""

    public: Ed25519PublicKey
    last: int


@dataclass(frozen=True, slots=True)
class Voucher:
    """What an exchange keeps of the former key."""

    public_key: bytes
    head_position: int
    signature: bytes


async def find_former_keys(main: AsyncSession) -> tuple[FormerKey, ...]:
    """Those that the present key vouches for, the newest first."""
    found: list[FormerKey] = []
    voucher = signing_key(master_key.current()).public_key()
    for row in await main.execute(_EXCHANGES):
        public_key = bytes(row.public_key)
        message = former_key_message(public_key, row.head_position, row.at)
        if not is_signed(voucher, bytes(row.signature), message):
            break
        voucher = Ed25519PublicKey.from_public_bytes(public_key)
        found.append(FormerKey(voucher, row.head_position))
    return tuple(found)


async def vouch(
    log: AsyncSession, former: MasterKey, new: MasterKey, at: datetime
) -> Voucher:
    """The new key's word for the heads that LogDB has."""
    public_key = signing_key(former).public_key().public_bytes_raw()
    position = int(await log.scalar(_SIGNED) or 0)
    signed = signing_key(new).sign(former_key_message(public_key, position, at))
    return Voucher(public_key, position, signed)


def signing_key(key: MasterKey) -> Ed25519PrivateKey:
    """The key for heads."""
    return Ed25519PrivateKey.from_private_bytes(key.derive(HEAD_LABEL))


def is_signed(public: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether the signature is of this key and this message."""
    try:
        public.verify(signature, message)
    except InvalidSignature:
        return False
    return True
