import os
import signal
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine

from fintrack.services.embedded import EmbeddedServer, ensure_database, start
from tests.services.embedded.conftest import (
    QUICK,
    is_running,
    kill_everything,
    postmaster,
)

DEBIAN = Path("/usr/lib/postgresql/15/bin")


def _ask(server: EmbeddedServer, question: str) -> str:
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return str(row[0])


def _note(server: EmbeddedServer) -> None:
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'kept' AS words")


async def test_one_address_serves_sync_and_async_engines(
    server: EmbeddedServer,
) -> None:
    engine = create_engine(server.url("postgres"))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()
    waiting = create_async_engine(server.url("postgres"))
    async with waiting.connect() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
    await waiting.dispose()


def test_server_listens_on_a_private_socket_only(server: EmbeddedServer) -> None:
    assert _ask(server, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    assert not [c for c in postmaster(server).net_connections("inet") if c.laddr]


def test_database_may_be_wanted_by_several_at_once(server: EmbeddedServer) -> None:
    with ThreadPoolExecutor(6) as together:
        for _ in together.map(ensure_database, [server] * 6, ["shared"] * 6):
            pass
    question = "SELECT count(*) FROM pg_database WHERE datname = 'shared'"
    assert _ask(server, question) == "1"


def test_database_does_not_depend_on_the_locale(server: EmbeddedServer) -> None:
    ensure_database(server, "books")
    ensure_database(server, "books")
    question = "SELECT {} FROM pg_database WHERE datname = 'books'"
    assert _ask(server, question.format("datcollate")) == "C"
    assert _ask(server, question.format("pg_encoding_to_char(encoding)")) == "UTF8"


def test_second_starter_leaves_the_server_running(data_dir: Path) -> None:
    with start(data_dir, options=QUICK) as first:
        second = start(data_dir)
        assert (first.owned, second.owned) == (True, False)
        second.stop()
        second.stop()
        assert _ask(first, "SELECT 1") == "1"
    assert not is_running(first)


def test_last_user_stops_the_server(data_dir: Path) -> None:
    first, second = (start(data_dir, options=QUICK) for _ in range(2))
    first.stop()
    assert _ask(second, "SELECT 1") == "1"
    second.stop()
    assert not is_running(second)


def test_server_of_a_killed_application_is_found_and_stopped(data_dir: Path) -> None:
    killed = start(data_dir, options=QUICK)
    killed._hold.close()  # what the kernel does with a killed process
    heir = start(data_dir, options=QUICK)
    assert not heir.owned
    heir.stop()
    assert not is_running(heir)


def test_committed_rows_outlive_a_kill_of_everything(data_dir: Path) -> None:
    killed = start(data_dir)
    _note(killed)
    kill_everything(killed)
    assert is_running(killed)  # a stale lock file
    killed._hold.close()
    with start(data_dir, options=QUICK) as again:
        assert again.owned
        assert _ask(again, "SELECT words FROM note") == "kept"


def test_start_ends_backends_that_outlived_their_postmaster(data_dir: Path) -> None:
    killed = start(data_dir, options=QUICK)
    parent = postmaster(killed)
    orphan = next(c for c in parent.children() if "checkpointer" in c.cmdline()[0])
    os.kill(orphan.pid, signal.SIGSTOP)
    os.kill(parent.pid, signal.SIGKILL)
    killed._hold.close()
    with start(data_dir, options=QUICK) as again:
        assert again.owned
        assert not _lives(orphan)


def test_pid_of_a_dead_server_may_belong_to_another_process(data_dir: Path) -> None:
    with start(data_dir, options=QUICK) as server:
        pid_file = server.places.cluster / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:], ""]))
    with start(data_dir, options=QUICK) as again:
        assert again.owned


@pytest.mark.skipif(not DEBIAN.exists(), reason="PostgreSQL 15 is not installed")
def test_other_binaries_may_be_used(data_dir: Path) -> None:
    with start(data_dir, binaries=DEBIAN, options=QUICK) as server:
        assert _ask(server, "SHOW server_version").startswith("15.")
    # The package's own server is a newer one, and says so instead of failing later.
    with pytest.raises(Exception, match=r"made by PostgreSQL 15, but this is .* 18\."):
        start(data_dir)


def _lives(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
