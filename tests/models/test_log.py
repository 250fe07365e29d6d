"""LogDB's role of the relay, as logins with different rights bring it about."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fintrack import models
from fintrack.models.base import LogRow
from fintrack.services import database
from tests.conftest import TestServer

LOG_SQL = Path(models.__file__).with_name("sql") / "log.sql"


@pytest.fixture(params=["CREATEROLE", "NOCREATEROLE"])
def maker(
    server: TestServer, request: pytest.FixtureRequest
) -> Iterator[psycopg.Connection]:
    """A login that is no superuser: it may make roles, or is given the one it needs."""
    server.execute(f"CREATE ROLE maker LOGIN {request.param}")
    if request.param == "NOCREATEROLE":
        server.execute("CREATE ROLE relay_of_maker NOLOGIN ROLE maker")
    server.execute("CREATE DATABASE made OWNER maker TEMPLATE template0")
    with psycopg.connect(server.embedded.conninfo("made"), autocommit=True) as opened:
        opened.execute("SET SESSION AUTHORIZATION maker")
        opened.execute("CREATE SCHEMA IF NOT EXISTS public")
        yield opened
    server.drop("made")
    server.execute("DROP ROLE IF EXISTS relay_of_maker")
    server.execute("DROP ROLE maker")


def test_login_takes_the_role_that_it_made_or_was_given(
    maker: psycopg.Connection,
) -> None:
    """From PostgreSQL 16 on, making a role does not mean that one may take it."""
    for table in LogRow.metadata.tables:
        maker.execute(f"CREATE TABLE {table} (payload bytea)".encode())
    renamed = LOG_SQL.read_text(encoding="utf-8").replace(
        "fintrack_relay", "relay_of_maker"
    )
    maker.execute(renamed.encode())
    taking = str(database._AS_RELAY).replace("fintrack_relay", "relay_of_maker")
    with maker.transaction():
        maker.execute(taking.encode())
        (who,) = maker.execute("SELECT current_user").fetchone() or ("",)
        assert who == "relay_of_maker"
        maker.execute("INSERT INTO audit_entry VALUES ('')")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), maker.transaction():
        maker.execute(taking.encode())
        maker.execute("DELETE FROM audit_entry")
