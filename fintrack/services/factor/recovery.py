"""Recovery codes: ten for a drawer, each of which stands in once for the phone.

A code has 120 random bits, so that a keyed hash keeps it well enough (OWASP ASVS 5.0,
6.5.2): nobody guesses it, with or without the database.
"""

import base64
import hmac
import secrets
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.services import master_key

LABEL = "recovery codes"
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
    "AND code_hash = :code_hash AND used_at IS NULL RETURNING id"
)
_LEFT = text(
    "SELECT count(*) FROM recovery_code WHERE person_id = :person_id "
    "AND used_at IS NULL"
)


async def make_codes(session: AsyncSession, person_id: int) -> tuple[str, ...]:
    """New codes in groups of four letters; the ones before work no longer."""
    codes = [_new_code() for _ in range(COUNT)]
    await forget_codes(session, person_id)
    hashes = [hash_code(person_id, code) for code in codes]
    await session.execute(_KEEP, {"person_id": person_id, "hashes": hashes})
    return tuple(_in_groups(code) for code in codes)


async def use_code(
    session: AsyncSession, person_id: int, code: str, now: datetime
) -> bool:
    """Whether ``code`` was one of theirs and not used before; now it is."""
    values = {
        "person_id": person_id,
        "code_hash": hash_code(person_id, code),
        "now": now,
    }
    return await session.scalar(_USE, values) is not None


async def count_left(session: AsyncSession, person_id: int) -> int:
    """How many codes still work."""
    return int(await session.scalar(_LEFT, {"person_id": person_id}) or 0)


async def forget_codes(session: AsyncSession, person_id: int) -> None:
    """Takes all codes away."""
    await session.execute(_FORGET, {"person_id": person_id})


def hash_code(person_id: int, code: str) -> bytes:
    """What MainDB keeps of a code, given without its hyphens."""
    said = f"{person_id}\0{code}".encode()
    return hmac.new(master_key.derive(LABEL), said, "sha256").digest()


def _new_code() -> str:
    return base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()


def _in_groups(code: str) -> str:
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))
