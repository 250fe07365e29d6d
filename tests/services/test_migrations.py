"""Migrations give what the models say, tables as well as functions and triggers."""

from pathlib import Path

import psycopg
import pytest
from alembic import command
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from fintrack.core.encryption import decrypt, encrypt
from fintrack.core.errors import Unavailable
from fintrack.models.trail import TRACKED
from fintrack.services import database, migrations
from tests.conftest import TestServer

SQL = Path(migrations.__file__).parents[1] / "models" / "sql"


@pytest.mark.parametrize(
    ("schema", "template"),
    [(migrations.MAIN, "template_main"), (migrations.LOG, "template_log")],
    ids=["main", "log"],
)
def test_migrated_database_equals_the_models(
    server: TestServer, schema: migrations.Schema, template: str
) -> None:
    assert migrations.find_drift(schema, server.url(template)) == []


def test_second_migration_changes_nothing(server: TestServer) -> None:
    main, log = server.clone("template_main"), server.clone("template_log")
    migrations.migrate_all(server.url(main), server.url(log))
    assert migrations.find_drift(migrations.MAIN, server.url(main)) == []
    server.drop(main)
    server.drop(log)


@pytest.mark.parametrize(
    ("schema", "template", "parts"),
    [
        (migrations.MAIN, "template_main", ("trail", "ledger", "undo")),
        (migrations.LOG, "template_log", ("log",)),
    ],
    ids=["main", "log"],
)
def test_functions_and_triggers_equal_the_present_sql(
    server: TestServer,
    schema: migrations.Schema,
    template: str,
    parts: tuple[str, ...],
) -> None:
    """The frozen copies of the migrations add up to fintrack/models/sql/*.sql."""
    fresh = server.clone("template0")
    engine = create_engine(server.url(fresh), poolclass=NullPool)
    schema.metadata.create_all(engine)
    engine.dispose()
    with psycopg.connect(server.embedded.conninfo(fresh)) as connection:
        for part in parts:
            connection.execute((SQL / f"{part}.sql").read_bytes())
        if schema is migrations.MAIN:
            for table, hidden in TRACKED.items():
                arguments = ", ".join(f"'{name}'" for name in (table, *hidden))
                connection.execute(f"CALL trail_watch({arguments})".encode())
    assert _routines(server, template) == _routines(server, fresh)
    server.drop(fresh)


def _routines(server: TestServer, database: str) -> list[str]:
    with psycopg.connect(server.embedded.conninfo(database)) as connection:
        found = connection.execute(
            "SELECT pg_get_functiondef(oid) FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace "
            "UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger "
            "WHERE NOT tgisinternal ORDER BY 1"
        ).fetchall()
    return [definition for (definition,) in found]


def test_what_was_encrypted_before_the_algorithm_was_named_is_still_read(
    server: TestServer,
) -> None:
    name = server.clone("template0")
    key, place = bytes(32), "person 1"
    with database.locked_connection(server.url(name), 1) as connection:
        command.upgrade(migrations._config(migrations.MAIN, connection), "0011")
    sealed = encrypt(key, b"secret", place)
    with psycopg.connect(server.embedded.conninfo(name)) as found:
        found.execute(
            "INSERT INTO trail_key (owner, owner_id, wrapped, made_at) "
            "VALUES ('person', 1, %s, now())",
            [sealed[1:]],
        )
    migrations.migrate(migrations.MAIN, server.url(name))
    with psycopg.connect(server.embedded.conninfo(name)) as found:
        ((wrapped,),) = found.execute("SELECT wrapped FROM trail_key").fetchall()
    assert wrapped == sealed
    assert decrypt(key, wrapped, place) == b"secret"
    server.drop(name)


def test_file_that_waits_gets_a_number_that_no_import_has(server: TestServer) -> None:
    """Import 1 came of file 7, import 2 of file 2; files 1 and 3 wait."""
    name = server.clone("template0")
    with database.locked_connection(server.url(name), 1) as connection:
        command.upgrade(migrations._config(migrations.MAIN, connection), "0017")
    with psycopg.connect(server.embedded.conninfo(name)) as found:
        found.execute("SET session_replication_role = replica")
        found.execute(
            "INSERT INTO import_batch (id, version, ledger_id, source, filename, "
            "rows_added, rows_skipped, accounts_made, created_at) "
            "SELECT n, 1, 1, 'csv', '', 0, 0, '{}', now() FROM generate_series(1, 2) n"
        )
        found.execute("SELECT setval('import_batch_id_seq', 2)")
        found.execute(
            "INSERT INTO import_preview (ledger_id, person_id, account_id, filename, "
            "blob, mapping, decisions, created_at, expires_at) "
            "SELECT 1, 1, 1, n, '', '{}', CASE n WHEN 2 THEN '{\"import_id\": 2}' "
            "ELSE '{}' END::jsonb, now(), now() FROM generate_series(1, 3) n"
        )
    migrations.migrate(migrations.MAIN, server.url(name))
    with psycopg.connect(server.embedded.conninfo(name)) as found:
        numbers = dict(found.execute("SELECT filename, id FROM import_preview"))
    assert numbers == {"1": 4, "2": 2, "3": 3}
    server.drop(name)


def test_appearance_that_nobody_chose_is_told_apart(server: TestServer) -> None:
    name = server.clone("template0")
    with database.locked_connection(server.url(name), 1) as connection:
        command.upgrade(migrations._config(migrations.MAIN, connection), "0030")
    with psycopg.connect(server.embedded.conninfo(name)) as found:
        found.execute("SET session_replication_role = replica")
        for looks in ("dark", "system"):
            found.execute(
                "INSERT INTO person (version, email, email_folded, first_name, "
                "last_name, password_hash, role, language, time_zone, appearance, "
                "week_starts_on, month_starts_on, created_at) VALUES (1, %(looks)s, "
                "%(looks)s, '', '', '', 'user', 'en', 'UTC', %(looks)s, 0, 1, now())",
                {"looks": looks},
            )
    migrations.migrate(migrations.MAIN, server.url(name))
    with psycopg.connect(server.embedded.conninfo(name)) as found:
        looks_now = dict(found.execute("SELECT email, appearance FROM person"))
    assert looks_now == {"dark": "dark", "system": ""}
    server.drop(name)


def test_database_that_is_away_is_named(server: TestServer) -> None:
    url = server.url("fintrack_log").replace("5432", "5433")
    with pytest.raises(Unavailable, match="fintrack_log cannot be reached: conn"):
        migrations.migrate(migrations.LOG, url)
