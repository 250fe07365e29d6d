"""Encrypts the values of a column anew, in the transaction of the exchange."""

from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.encryption import decrypt, encrypt
from fintrack.core.errors import Conflict
from fintrack.services.key_exchange.treatments import Sealed
from fintrack.services.master_key import MasterKey

PART_ROWS = 2_000


async def encrypt_anew(
    session: AsyncSession, sealed: Sealed, former: MasterKey, new: MasterKey
) -> int:
    """How many values there were.

    Raises:
        Conflict: one of them cannot be read with the former key.
    """
    before, after = former.derive(sealed.label), new.derive(sealed.label)
    read = text(
        f"SELECT id, {sealed.column} AS value, {sealed.place} AS place "  # noqa: S608 - constants only
        f"FROM {sealed.table} WHERE {sealed.column} IS NOT NULL AND id > :last "
        "ORDER BY id LIMIT :most"
    )
    write = text(
        f"UPDATE {sealed.table} SET {sealed.column} = fresh.value "  # noqa: S608 - constants only
        "FROM unnest(cast(:ids AS bigint[]), cast(:values AS bytea[])) "
        f"AS fresh (id, value) WHERE {sealed.table}.id = fresh.id"
    )
    count = last = 0
    while rows := (
        await session.execute(read, {"last": last, "most": PART_ROWS})
    ).all():
        values = [encrypt(after, _open(sealed, row, before), row.place) for row in rows]
        ids = [row.id for row in rows]
        await session.execute(write, {"ids": ids, "values": values})
        count, last = count + len(rows), ids[-1]
    return count


def _open(sealed: Sealed, row: Row[Any], key: bytes) -> bytes:
    try:
        return decrypt(key, bytes(row.value), row.place)
    except InvalidTag:
        raise Conflict(
            "Row {id} of {table} cannot be read with the former key. "
            "Nothing was changed.",
            id=row.id,
            table=sealed.table,
        ) from None
