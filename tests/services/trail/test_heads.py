"""Signed heads: of what stands there, once, and never of another chain."""

import pytest

from fintrack.core.audit_chain import Tip
from fintrack.core.errors import Conflict
from fintrack.services import master_key
from fintrack.services.master_key import MasterKey
from fintrack.services.trail.heads import is_ours, sign_head
from fintrack.services.trail.shipping import ship_trail
from tests.books import Books
from tests.conftest import Clock
from tests.services.trail.log_rows import Log


async def test_head_is_signed_by_this_installation_only(
    books: Books, log: Log, clock: Clock
) -> None:
    await ship_trail()
    assert await sign_head() == 1
    (head,) = await log.heads()
    tip = Tip(head.position, head.hash)
    assert is_ours(tip, clock(), head.signature)
    assert not is_ours(Tip(2, head.hash), clock(), head.signature)
    master_key.install(MasterKey(b"x" * 32))
    assert not is_ours(tip, clock(), head.signature)
    (row,) = await books.rows("SELECT head_position, head_at FROM trail_relay")
    assert (row.head_position, row.head_at) == (1, clock())


async def test_chain_that_did_not_grow_is_signed_once(books: Books, log: Log) -> None:
    await sign_head()
    assert await log.heads() == []
    await ship_trail()
    await sign_head()
    await sign_head()
    assert len(await log.heads()) == 1
    await books.open("Cash")
    await ship_trail()
    await sign_head()
    assert [head.position for head in await log.heads()] == [1, 2]


async def test_chain_that_was_not_shipped_is_not_signed(books: Books, log: Log) -> None:
    await books.open("Cash")
    await ship_trail()
    log.tamper("DELETE FROM audit_entry WHERE position = 2")
    with pytest.raises(Conflict):
        await sign_head()
    assert await log.heads() == []
