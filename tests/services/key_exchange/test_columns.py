"""Values are brought to the other key in parts, or not at all."""

import pytest

from fintrack.core.encryption import decrypt, encrypt
from fintrack.core.errors import Conflict
from fintrack.services.database import Database
from fintrack.services.key_exchange import columns
from fintrack.services.key_exchange.columns import encrypt_anew
from fintrack.services.key_exchange.treatments import Sealed
from fintrack.services.master_key import MasterKey

OLD, NEW = MasterKey(bytes(32)), MasterKey(b"n" * 32)
WRAPS = Sealed("trail keys", "trail_key", "wrapped", "owner || ' ' || owner_id")
ADD = (
    "INSERT INTO trail_key (owner, owner_id, wrapped, made_at) "
    "VALUES ('person', %s, %s, now())"
)


async def arrange(home: Database, key: MasterKey, owners: range) -> None:
    async with home.unit_of_work() as session:
        connection = await session.connection()
        for n in owners:
            wrapped = encrypt(key.derive(WRAPS.label), b"%d" % n, f"person {n}")
            await connection.exec_driver_sql(ADD, (n, wrapped))


async def values(home: Database) -> list[bytes]:
    async with home.reading() as session:
        query = "SELECT wrapped FROM trail_key ORDER BY id"
        rows = await (await session.connection()).exec_driver_sql(query)
        return [bytes(wrapped) for (wrapped,) in rows]


async def test_each_value_is_under_the_new_key_in_its_place(
    home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "PART_ROWS", 2)
    await arrange(home, OLD, range(5))
    async with home.unit_of_work() as session:
        assert await encrypt_anew(session, WRAPS, OLD, NEW) == 5
    key = NEW.derive(WRAPS.label)
    opened = [decrypt(key, v, f"person {n}") for n, v in enumerate(await values(home))]
    assert opened == [b"%d" % n for n in range(5)]


async def test_value_that_cannot_be_read_leaves_all_as_it_was(home: Database) -> None:
    await arrange(home, OLD, range(2))
    await arrange(home, NEW, range(2, 3))
    before = await values(home)
    with pytest.raises(Conflict, match="Row 3 of trail_key cannot be read"):
        async with home.unit_of_work() as session:
            await encrypt_anew(session, WRAPS, OLD, NEW)
    assert await values(home) == before
