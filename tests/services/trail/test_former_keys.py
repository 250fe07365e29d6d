"""Heads of a former key stay good up to the row it signed, by the next key's word."""

import pytest

from fintrack.core.audit_chain import Tip, head_message
from fintrack.services import master_key
from fintrack.services.database import Database
from fintrack.services.master_key import MasterKey
from fintrack.services.trail.former_keys import (
    find_former_keys,
    is_signed,
    signing_key,
    vouch,
)
from fintrack.services.trail.heads import is_ours, sign_head
from fintrack.services.trail.shipping import ship_trail
from tests.books import Books
from tests.conftest import Clock
from tests.services.trail.log_rows import Log

FIRST, SECOND, THIRD = (MasterKey(bytes([n]) * 32) for n in range(3))
KEEP = (
    "INSERT INTO key_exchange (at, former_fingerprint, public_key, head_position, "
    "signature, recovery_key) VALUES (%s, 'x', %s, %s, %s, '')"
)


async def exchange(log: Log, former: MasterKey, new: MasterKey, at: Clock) -> None:
    async with log.home.log_reading() as session:
        voucher = await vouch(session, former, new, at())
    kept = (at(), voucher.public_key, voucher.head_position, voucher.signature)
    await change(log.home, KEEP, kept)
    # They are wrapped under the former key; those of images do not matter here.
    await change(log.home, "DELETE FROM trail_key")
    master_key.install(new)


async def change(
    home: Database, statement: str, values: tuple[object, ...] = ()
) -> None:
    async with home.unit_of_work() as session:
        await (await session.connection()).exec_driver_sql(statement, values)


async def positions(home: Database) -> list[int]:
    async with home.reading() as session:
        return [key.last for key in await find_former_keys(session)]


async def sign_one_more(books: Books, name: str) -> None:
    await books.open(name)
    await ship_trail()
    await sign_head()


async def test_each_key_vouches_for_the_one_before(
    books: Books, log: Log, clock: Clock
) -> None:
    await sign_one_more(books, "Cash")
    await exchange(log, FIRST, SECOND, clock)
    await sign_one_more(books, "Bank")
    await exchange(log, SECOND, THIRD, clock)
    assert await positions(books.home) == [3, 2]


async def test_former_key_signs_nothing_of_later(
    books: Books, log: Log, clock: Clock
) -> None:
    await sign_one_more(books, "Cash")
    await exchange(log, FIRST, SECOND, clock)
    async with books.home.reading() as session:
        former = await find_former_keys(session)
    for position, is_good in ((2, True), (3, False)):
        tip = Tip(position, bytes(32))
        signature = signing_key(FIRST).sign(head_message(tip, clock()))
        assert is_ours(tip, clock(), signature, former) is is_good
        assert not is_ours(tip, clock(), signature)


@pytest.mark.parametrize(
    "edit",
    [
        "SET head_position = 99",
        "SET at = at + interval '1 second'",
        "SET public_key = sha256(public_key)",
        "SET signature = sha512(signature)",
    ],
)
async def test_edited_word_is_nobodys(
    books: Books, log: Log, clock: Clock, edit: str
) -> None:
    await sign_one_more(books, "Cash")
    await exchange(log, FIRST, SECOND, clock)
    await change(books.home, f"UPDATE key_exchange {edit}")
    assert await positions(books.home) == []


def test_signature_of_another_key_is_none() -> None:
    signature = signing_key(FIRST).sign(b"x")
    assert is_signed(signing_key(FIRST).public_key(), signature, b"x")
    assert not is_signed(signing_key(SECOND).public_key(), signature, b"x")
