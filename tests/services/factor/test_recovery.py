"""Ten codes for a drawer; each signs in once."""

import pytest
from sqlalchemy import text

from fintrack.services.database import Database
from fintrack.services.factor import recovery
from tests.books import Books


async def make(home: Database, person_id: int) -> list[str]:
    async with home.unit_of_work() as session:
        codes = await recovery.make_codes(session, person_id)
    return [code.replace("-", "") for code in codes]


async def use(home: Database, person_id: int, code: str) -> bool:
    async with home.unit_of_work() as session:
        return await recovery.use_code(session, person_id, code, home.clock())


async def test_each_of_ten_codes_works_once(home: Database, books: Books) -> None:
    ada = books.actor.person_id or 0
    codes = await make(home, ada)
    assert len(set(codes)) == 10
    for code in codes:
        assert await use(home, ada, code)
        assert not await use(home, ada, code)
    async with home.reading() as session:
        assert await recovery.count_left(session, ada) == 0


async def test_new_codes_end_the_ones_before(home: Database, books: Books) -> None:
    ada = books.actor.person_id or 0
    before = await make(home, ada)
    after = await make(home, ada)
    assert not await use(home, ada, before[0])
    assert await use(home, ada, after[0])


async def test_code_of_somebody_else_is_none(
    home: Database, books: Books, stranger: Books
) -> None:
    codes = await make(home, books.actor.person_id or 0)
    assert not await use(home, stranger.actor.person_id or 0, codes[0])


async def test_database_holds_no_code(home: Database, books: Books) -> None:
    codes = await make(home, books.actor.person_id or 0)
    async with home.reading() as session:
        rows = await session.execute(text("SELECT r::text FROM recovery_code r"))
        kept = str(rows.all()).upper()
    assert not [code for code in codes if code in kept]
    assert all(len(code) * 5 >= 112 for code in codes)


async def test_code_has_120_random_bits(
    home: Database, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    real = recovery.secrets.token_bytes

    def draw(count: int) -> bytes:
        drawn.append(count)
        return real(count)

    monkeypatch.setattr(recovery.secrets, "token_bytes", draw)
    codes = await make(home, books.actor.person_id or 0)
    assert drawn == [15] * 10
    assert all(len(code) == 24 for code in codes)
