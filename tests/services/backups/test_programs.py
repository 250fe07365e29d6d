"""PostgreSQL's programs: the one that fits, how it is told where, how it ends."""

import asyncio
from pathlib import Path

import psutil
import pytest
from sqlalchemy import make_url

from fintrack.core.errors import Unavailable
from fintrack.services.backups import programs
from fintrack.services.backups.freezing import frozen
from fintrack.services.backups.programs import (
    DUMP,
    Address,
    Program,
    dumping,
    find_program,
)
from tests.services.backups.house import House


def fake(folder: Path, version: str) -> Path:
    path = folder / version.replace(" ", "-")
    path.write_text(f"#!/bin/sh\necho '{version}'\n", encoding="ascii")
    path.chmod(0o755)
    return path


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Versions 16 and 18, what says none, and what does not run."""
    broken = tmp_path / "broken"
    broken.touch()
    found = [
        fake(tmp_path, "pg_dump (PostgreSQL) 18.1"),
        fake(tmp_path, "pg_dump (PostgreSQL) 16.4 (Debian 16.4-1)"),
        fake(tmp_path, "hello"),
        broken,
    ]
    monkeypatch.setattr(programs, "_places", lambda _: found)
    return found


@pytest.mark.parametrize(("least", "taken"), [(15, 1), (16, 1), (17, 0), (18, 0)])
async def test_oldest_that_is_new_enough_is_taken(
    there: list[Path], least: int, taken: int
) -> None:
    assert (await find_program(DUMP, least)).path == there[taken]


async def test_server_that_is_newer_than_all_is_told(there: list[Path]) -> None:
    assert there
    with pytest.raises(Unavailable) as refused:
        await find_program(DUMP, 19)
    assert "runs on PostgreSQL 19" in refused.value.text
    assert "there only for 18, 16" in refused.value.text


async def test_program_that_comes_with_us_is_found() -> None:
    assert (await find_program(DUMP, 18)).major == 18


@pytest.mark.parametrize(
    ("url", "words", "password"),
    [
        (
            "postgresql+psycopg://ann:s%20x%40@db.example:5433/books?sslmode=require",
            "user=ann dbname=books host=db.example port=5433",
            "s x@",
        ),
        (
            "postgresql+psycopg://fintrack@/books?host=%2Frun%2Fa+b&port=5432",
            "host='/run/a b'",
            "",
        ),
        ("postgresql+psycopg:///books?password=p", "dbname=books", "p"),
    ],
)
def test_address_is_told_without_its_password(
    url: str, words: str, password: str
) -> None:
    found = Address.of(make_url(url))
    assert {*words.split()} <= {*found.words.split()}
    assert "application_name='fintrack backup'" in found.words
    assert found.password == password
    assert "password" not in found.words


async def test_fault_is_told_in_its_own_words(house: House) -> None:
    program = await find_program(DUMP, 18)
    address = Address.of(house.home.main.url.set(database="nowhere"))
    with pytest.raises(Unavailable, match=r'pg_dump did not.*"nowhere" does not exist'):
        async with dumping(program, address, "00000000-00000000-1") as process:
            assert process.stdout
            assert await process.stdout.read() == b""


async def test_program_ends_with_who_has_called_it(tmp_path: Path) -> None:
    endless = tmp_path / "endless"
    endless.write_text("#!/bin/sh\nwhile :; do echo x; done\n", encoding="ascii")
    endless.chmod(0o755)
    seen = 0
    with pytest.raises(asyncio.CancelledError):
        async with dumping(Program(endless, 18), Address(""), "") as process:
            seen = process.pid
            raise asyncio.CancelledError
    assert not psutil.pid_exists(seen)


async def test_password_is_in_no_list_of_processes(house: House) -> None:
    async with frozen(house.home) as at:
        program = await find_program(DUMP, at.main.major)
        address = Address(Address.of(house.home.main.url).words, "hush-hush")
        async with dumping(program, address, at.main.name) as process:
            assert "hush-hush" not in " ".join(psutil.Process(process.pid).cmdline())
            assert process.stdout
            while await process.stdout.read(1_000_000):
                pass
