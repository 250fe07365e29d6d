"""What a test reads from LogDB, and what it does to it that nobody may."""

from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import text

from fintrack.services.database import Database
from fintrack.services.trail.keys import Key, key_of
from fintrack.services.trail.sealing import Opened, unseal


@dataclass(frozen=True)
class Log:
    """The chain as a reader of LogDB sees it."""

    home: Database

    async def rows(self) -> list[Any]:
        async with self.home.log_reading() as session:
            query = text("SELECT * FROM audit_entry ORDER BY position")
            return list((await session.execute(query)).all())

    async def heads(self) -> list[Any]:
        async with self.home.log_reading() as session:
            query = text("SELECT * FROM audit_head ORDER BY id")
            return list((await session.execute(query)).all())

    async def sources(self) -> list[tuple[str, int]]:
        return [(row.source, row.source_id) for row in await self.rows()]

    async def opened(self) -> list[Opened]:
        """All payloads with what their keys open."""
        rows = await self.rows()
        found: dict[int, Key | None] = {}
        async with self.home.reading() as session:
            for number in range(1, 100):
                found[number] = await key_of(session, number)
        return [
            unseal(f"{row.source} {row.source_id}", bytes(row.payload), found.get)
            for row in rows
        ]

    def tamper(self, *statements: str) -> None:
        """Changes LogDB as its superuser can, with the triggers switched off."""
        url = self.home.log.url
        with psycopg.connect(
            host=url.query["host"],  # pyright: ignore[reportArgumentType] - one host
            port=url.query["port"],  # pyright: ignore[reportArgumentType] - one port
            user=url.username,
            dbname=url.database,
        ) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(statement.encode())
