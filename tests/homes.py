"""Databases of one test after the other: to empty one is cheaper than to clone one."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from sqlalchemy import QueuePool, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from fintrack.services import database
from fintrack.services.database import Database

if TYPE_CHECKING:
    from tests.conftest import TestServer

# What the migrations left in a table is kept beside it; a function puts that back.
# Nothing in here is seen by the product: another schema, and no row of its own.
PREPARE = """
DO $do$
DECLARE
    body text := 'SET LOCAL session_replication_role = replica;';
    one record;
    filled bool;
BEGIN
    CREATE SCHEMA pristine;
    CREATE TABLE pristine.altered (what text);
    FOR one IN SELECT oid::regclass AS name, relname FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one.name) INTO filled;
        body := body || format('DELETE FROM %s;', one.name);
        IF filled THEN
            EXECUTE format(
                'CREATE TABLE pristine.%I AS TABLE %s', one.relname, one.name);
            body := body || format(
                'INSERT INTO %s OVERRIDING SYSTEM VALUE TABLE pristine.%I;',
                one.name, one.relname);
        END IF;
    END LOOP;
    FOR one IN SELECT oid::regclass AS name, COALESCE(
            pg_sequence_last_value(oid), (pg_sequence_parameters(oid)).start_value
        ) AS value, pg_sequence_last_value(oid) IS NOT NULL AS is_called
        FROM pg_class WHERE relkind = 'S'
    LOOP
        body := body || format(
            'PERFORM setval(%L, %s, %L);', one.name, one.value, one.is_called);
    END LOOP;
    EXECUTE format('CREATE FUNCTION pristine.restore() RETURNS void LANGUAGE plpgsql '
        'SET client_min_messages = warning AS $body$ BEGIN %s END $body$', body);
    CREATE FUNCTION pristine.note() RETURNS event_trigger LANGUAGE plpgsql AS
        $note$ BEGIN INSERT INTO pristine.altered VALUES (tg_tag); END $note$;
    CREATE EVENT TRIGGER note_alteration ON ddl_command_end
        EXECUTE FUNCTION pristine.note();
END $do$
"""
# Of whom a test left behind, and of what it altered, nothing can be made good.
_LEFT = text(
    "SELECT (SELECT count(*) FROM pristine.altered) + (SELECT count(*) "
    "FROM pg_stat_activity WHERE datname = current_database() "
    "AND backend_type = 'client backend') - :own"
)
_RESTORE = text("SELECT pristine.restore()")
# A statement of a test that hangs would make the next one wait for ever.
_PATIENCE = text("SET LOCAL lock_timeout = '2s'")


@dataclass
class Homes:
    """The home that the tests of one process take in turn.

    Few tests look at LogDB, so it is made when one first connects to it.
    """

    server: "TestServer"
    is_reusing: bool
    kept: Database | None = None
    has_log: bool = False

    @asynccontextmanager
    async def take(self, clock: Callable[[], datetime]) -> AsyncIterator[Database]:
        """An empty home; no other test has it at the same time."""
        home, self.kept = self.kept or self._make(), None
        try:
            yield replace(home, clock=clock)
        finally:
            if self.is_reusing and await self.is_as_new(home):
                self.kept = home
            else:
                await self._give_up(home)

    async def close(self) -> None:
        """Gives up what is kept."""
        if self.kept:
            await self._give_up(self.kept)
            self.kept = None

    def _make(self) -> Database:
        main = self._clone("template_main", "")
        log = f"{main}_log"

        def make_log(*_: object) -> None:
            self._clone("template_log", log)
            self.has_log = True

        home = database.connect(self.server.url(main), self.server.url(log), _no_clock)
        event.listen(home.log.sync_engine, "do_connect", make_log, once=True)
        self.has_log = False
        return home

    def _clone(self, template: str, name: str) -> str:
        name = self.server.clone(template, name)
        if self.is_reusing:
            self.server.execute(PREPARE, name)
        return name

    async def is_as_new(self, home: Database) -> bool:
        """Whether it could be made so; else it is of no use any more."""
        pools = [[home.main, home.readers], [home.log]]
        try:
            return all([await _restore(used) for used in pools[: 1 + self.has_log]])
        except SQLAlchemyError:
            return False

    async def _give_up(self, home: Database) -> None:
        await home.dispose()
        for engine in (home.main, home.log):
            self.server.drop(str(engine.url.database))


def _no_clock() -> datetime:
    raise AssertionError("a test brings its own clock")


async def _restore(engines: Sequence[AsyncEngine]) -> bool:
    """Whether nobody is left in it, and nothing that does not go with its rows."""
    pools = [cast("QueuePool", engine.pool) for engine in engines]
    if any(pool.checkedout() for pool in pools):
        return False
    async with engines[0].begin() as connection:
        own = sum(pool.checkedin() + pool.checkedout() for pool in pools)
        if await connection.scalar(_LEFT, {"own": own}):
            return False
        await connection.execute(_PATIENCE)
        await connection.execute(_RESTORE)
    return True
