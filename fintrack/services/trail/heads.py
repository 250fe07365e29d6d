"""Signed heads: what the chain said at an instant, which nobody can say differently."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.audit_chain import Tip, head_message
from fintrack.services import database, master_key
from fintrack.services.trail import relay
from fintrack.services.trail.former_keys import FormerKey, is_signed, signing_key
from fintrack.services.trail.tables import ensure_tables

_SIGNED = text("SELECT coalesce(max(position), 0) FROM audit_head")
_INSERT = text(
    "INSERT INTO audit_head (at, position, hash, signature) "
    "VALUES (:at, :position, :hash, :signature)"
)
_NEWEST = text(
    "SELECT at, position, hash, signature FROM audit_head "
    "ORDER BY position DESC, id DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class SignedHead:
    """Where the chain stood at an instant, signed (``head_message``)."""

    at: datetime
    position: int
    hash: bytes
    signature: bytes


async def find_newest(log: AsyncSession) -> SignedHead | None:
    """The head that reaches furthest; None where none was signed yet."""
    row = (await log.execute(_NEWEST)).one_or_none()
    if row is None:
        return None
    return SignedHead(row.at, row.position, bytes(row.hash), bytes(row.signature))


async def sign_head() -> int:
    """Signs the chain as it stands; the row it ends with. For the timetable.

    A chain that has not grown since its last head gets no other one.

    Raises:
        Conflict: it is not the chain that was shipped; it is not signed.
    """
    home = database.current()
    now = home.clock()
    async with home.reading() as main:
        known = await relay.known_tip(main)
    await ensure_tables(home)
    async with home.log_unit_of_work() as log:
        tip = await relay.find_tip(log, known)
        signed = int(await log.scalar(_SIGNED) or 0)
        if signed < tip.position:
            signature = _key().sign(head_message(tip, now))
            values = {"at": now, "position": tip.position, "hash": tip.hash}
            await log.execute(_INSERT, {**values, "signature": signature})
    if signed < tip.position:
        async with home.unit_of_work() as main:
            await relay.note_head(main, tip.position, now)
    return tip.position


def is_ours(
    tip: Tip, at: datetime, signature: bytes, former: Sequence[FormerKey] = ()
) -> bool:
    """Whether this installation signed the head, with its present or a former key."""
    message = head_message(tip, at)
    before = [key.public for key in former if tip.position <= key.last]
    return any(
        is_signed(public, signature, message)
        for public in (_key().public_key(), *before)
    )


def _key() -> Ed25519PrivateKey:
    return signing_key(master_key.current())
