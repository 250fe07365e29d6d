"""A data directory with its databases, what is backed up of it, and another one."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy import URL

from fintrack.services import blobs, database, master_key, migrations
from fintrack.services.attachments.receiving import receive_attachment
from fintrack.services.backups.making import Made, make_backup
from fintrack.services.backups.restoring import (
    Proof,
    check_backup,
    check_empty,
    fill,
    prove,
)
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.database import Database
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.shipping import ship_trail
from tests.books import Books
from tests.conftest import NUMBERS, TestServer
from tests.core.test_attachment import BILL
from tests.services.attachments.conftest import as_it_comes

DAY = date(2026, 3, 5)


def url_of(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@dataclass
class House:
    """Ada's books and the folder that belongs to them; ``cash`` and ``food`` in it."""

    books: Books
    folder: Path
    cash: int = 0
    food: int = 0
    home: Database = field(init=False)

    def __post_init__(self) -> None:
        self.home = self.books.home

    @property
    def files(self) -> Path:
        return self.folder / blobs.FOLDER

    @property
    def path(self) -> Path:
        return self.folder / "made.backup"

    async def spend(self, amount: str = "5 EUR") -> int:
        done = await self.books.spend(self.cash, self.food, amount, DAY, "Shop")
        return done.value.id

    async def attach(self, data: bytes = BILL) -> None:
        spent = await self.spend()
        await receive_attachment(self.books.actor, spent, "bill.pdf", as_it_comes(data))

    async def back_up(self) -> Made:
        return await make_backup(self.path, self.files)

    async def restore(self, empty: Database, path: Path | None = None) -> Proof:
        """What the command line does, into another place, which is in use then."""
        path, key = path or self.path, master_key.current()
        about = check_backup(path, key).about
        database.install(empty)
        files = self.folder.with_name("new") / blobs.FOLDER
        await check_empty(files)
        await fill(path, key, about, files)
        migrations.migrate_all(url_of(empty.main.url), url_of(empty.log.url))
        self.folder, self.home = files.parent, empty
        self.books = replace(self.books, home=empty)
        return await prove(about, files)


@asynccontextmanager
async def furnish(books: Books, folder: Path) -> AsyncIterator[House]:
    house = House(books, folder)
    key = master_key.current().derive(blobs.LABEL)
    blobs.install(FolderBlobStore(house.files, key))
    house.cash = (await books.open("Cash", "100 EUR")).id
    house.food = await books.category("Food")
    await house.attach()
    await house.attach(BILL + os.urandom(9))
    await ship_trail()
    await sign_head()
    yield house
    blobs.install(None)
    database.install(books.home)


def empty_database(server: TestServer) -> str:
    name = f"empty_{next(NUMBERS)}"
    server.execute(
        f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'"
    )
    return name
