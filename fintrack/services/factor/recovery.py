"""Recovery codes: ten for a drawer, each of which stands in once for the phone.

A code has 120 random bits, so that a keyed hash keeps it well enough (OWASP ASVS 5.0,
6.5.2): nobody guesses it, with or without the database. Nor with the key: so the key
of before an exchange of the master key is handed on, and codes in drawers stay good.
"""

import base64
import hmac
import secrets
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.encryption import decrypt, encrypt
from fintrack.services import master_key
from fintrack.services.master_key import MasterKey

LABEL = "recovery codes"
FORMER_LABEL = "former recovery keys"
COUNT = 10
CODE_BYTES = 15
LENGTH = CODE_BYTES * 8 // 5
GROUP = 4

_FORGET = text("DELETE FROM recovery_code WHERE person_id = :person_id")
_KEEP = text(
    "INSERT INTO recovery_code (person_id, code_hash) "
    "SELECT :person_id, unnest(cast(:hashes AS bytea[]))"
)
_USE = text(
    "UPDATE recovery_code SET used_at = :now WHERE person_id = :person_id "
    "AND code_hash = ANY(:hashes) AND used_at IS NULL RETURNING id"
)
_FORMER = text("SELECT former_fingerprint, recovery_key FROM key_exchange")
_LEFT = text(
    "SELECT count(*) FROM recovery_code WHERE person_id = :person_id "
    "AND used_at IS NULL"
)


async def make_codes(session: AsyncSession, person_id: int) -> tuple[str, ...]:
    """New codes in groups of four letters; the ones before work no longer."""
    codes = [_new_code() for _ in range(COUNT)]
    await forget_codes(session, person_id)
    key = master_key.derive(LABEL)
    hashes = [_hash(key, person_id, code) for code in codes]
    await session.execute(_KEEP, {"person_id": person_id, "hashes": hashes})
    return tuple(_in_groups(code) for code in codes)


async def use_code(
    session: AsyncSession, person_id: int, code: str, now: datetime
) -> bool:
    """Whether ``code`` was one of theirs and not used before; now it is."""
    keys = [master_key.derive(LABEL), *await _former_keys(session)]
    values = {
        "person_id": person_id,
        "hashes": [_hash(key, person_id, code) for key in keys],
        "now": now,
    }
    return await session.scalar(_USE, values) is not None


async def count_left(session: AsyncSession, person_id: int) -> int:
    """How many codes still work."""
    return int(await session.scalar(_LEFT, {"person_id": person_id}) or 0)


async def forget_codes(session: AsyncSession, person_id: int) -> None:
    """Takes all codes away."""
    await session.execute(_FORGET, {"person_id": person_id})


def hand_on(former: MasterKey, new: MasterKey) -> bytes:
    """The key of the codes made under ``former``, as it is kept under ``new``."""
    key = former.derive(LABEL)
    return encrypt(new.derive(FORMER_LABEL), key, former.fingerprint)


async def _former_keys(session: AsyncSession) -> list[bytes]:
    key = master_key.derive(FORMER_LABEL)
    return [
        decrypt(key, row.recovery_key, row.former_fingerprint)
        for row in await session.execute(_FORMER)
    ]


def _hash(key: bytes, person_id: int, code: str) -> bytes:
    """What MainDB keeps of a code, given without its hyphens."""
    return hmac.new(key, f"{person_id}\0{code}".encode(), "sha256").digest()


def _new_code() -> str:
    return base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()


def _in_groups(code: str) -> str:
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))
