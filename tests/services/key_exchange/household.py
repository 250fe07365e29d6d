"""One of each secret, made under one key, and what is promised of it under another."""

import asyncio
import io
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from fintrack.core.actor import SYSTEM
from fintrack.core.audit_chain import HEAD_LABEL
from fintrack.core.errors import Conflict, NotSignedIn
from fintrack.services import blobs, codes, database, master_key, places
from fintrack.services.backups import sealing as backup_sealing
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.codes import Flow
from fintrack.services.commands import ask
from fintrack.services.database import Database
from fintrack.services.factor import recovery, secret
from fintrack.services.key_exchange.exchanging import NAME
from fintrack.services.key_exchange.pair import Place
from fintrack.services.key_exchange.running import Report, change_key
from fintrack.services.mail import sealing
from fintrack.services.master_key import (
    FILE_NAME,
    MasterKey,
    make_key_file,
    read_key_file,
    secure_start,
)
from fintrack.services.programs import access_tokens
from fintrack.services.programs.access_tokens import TokenRules
from fintrack.services.sealed_files import SEGMENT_BYTES
from fintrack.services.trail import keys
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import verify_trail
from tests.conftest import Clock
from tests.services.factor.phone import Phone, enrol
from tests.services.mail.letters import outbox
from tests.services.mailed import register, right
from tests.services.test_codes import judge, resend
from tests.services.test_sessions import find
from tests.services.trail.log_rows import Log

RULES = TokenRules()


@dataclass
class Household:
    """A data directory with its databases; ``recovery`` are codes not used yet."""

    home: Database
    clock: Clock
    folder: Path
    phone: Phone
    recovery: list[str]
    flow: Flow
    token: str
    files: dict[str, bytes] = field(default_factory=dict)
    backup: bytes = b""

    @property
    def key(self) -> MasterKey:
        return read_key_file(self.folder / FILE_NAME)

    def store(self, key: MasterKey) -> FolderBlobStore:
        return FolderBlobStore(self.folder / blobs.FOLDER, key.derive(blobs.LABEL))

    def place(self, given: str = "", given_new: str = "") -> Place:
        return Place(self.folder, given, given_new, external=False)

    async def change(self, place: Place | None = None) -> Report:
        """What the command line does; then the present key is installed."""
        async with as_command(self.home):
            report = await change_key(place or self.place())
        master_key.install(self.key)
        return report

    async def count(self, table: str) -> int:
        async with self.home.reading() as session:
            query = text(f"SELECT count(*) FROM {table}")  # noqa: S608 - tests only
            return int(await session.scalar(query) or 0)


@asynccontextmanager
async def as_command(home: Database) -> AsyncIterator[Database]:
    """The databases as the command line opens them, while nothing else is connected."""
    async with home.log.connect():
        pass
    await home.dispose()
    main, log = (
        engine.url.render_as_string(hide_password=False)
        for engine in (home.main, home.log)
    )
    own = database.connect(main, log, home.clock, name=NAME)
    database.install(own)
    await _all_gone(own)
    try:
        yield own
    finally:
        database.install(home)
        await own.dispose()


async def _all_gone(own: Database) -> None:
    """A closed connection is listed until the server has ended its process."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND application_name LIKE :ours AND application_name <> :own"
    )
    names = {"ours": f"{database.NAME}%", "own": NAME}
    async with own.main.connect() as connection:
        while await connection.scalar(others, names):
            await connection.rollback()
            await asyncio.sleep(0.01)


async def _chunks(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def furnish(home: Database, clock: Clock, folder: Path) -> Household:
    """Ada with everything that is kept under the key of a file."""
    key = make_key_file(folder / FILE_NAME)
    master_key.install(key)
    assert await secure_start(given="", folder=folder, external=False) == key
    phone = await enrol(clock)
    view = await find("ada")
    assert view
    token = access_tokens.write_access_token(
        view, RULES, key.derive(access_tokens.KEY_LABEL), clock()
    )
    flow = await register()
    await ship_trail()
    await sign_head()
    codes_left = [code.replace("-", "") for code in phone.codes]
    house = Household(home, clock, folder, phone, codes_left, flow, token)
    house.backup = _seal_backup(key)
    kinds = ("import", "attachment", "thumbnail")
    for kind, size in zip(kinds, (0, 9, SEGMENT_BYTES + 1), strict=True):
        data = os.urandom(size)
        kept = await house.store(key).put(_chunks(data), most=size, kind=kind)
        house.files[kept.name] = data
    return house


def _seal_backup(key: MasterKey) -> bytes:
    file = io.BytesIO()
    sealer = backup_sealing.Sealer(file, key)
    sealer.finish()
    return file.getvalue()


async def backup_wants_its_own_key(house: Household) -> None:
    now = _seal_backup(house.key)
    assert backup_sealing.Opener(io.BytesIO(now), house.key).read(1) == b""
    with pytest.raises(Conflict, match="another master key"):
        backup_sealing.Opener(io.BytesIO(house.backup), house.key)


async def phone_is_understood(house: Household) -> None:
    async with house.home.reading() as session:
        found = await session.execute(text("SELECT * FROM second_factor"))
        (row,) = found.all()
    assert secret.unseal(bytes(row.secret), row.person_id) == house.phone.secret


async def letter_is_read(house: Household) -> None:
    rows = [row for row in await outbox(house.home) if row.sealed]
    assert rows
    for row in rows:
        assert len(sealing.unseal(row.sealed, row.reference)["code"]) == 6


async def images_open(house: Household) -> None:
    opened = await Log(house.home).opened()
    assert any(one.images for one in opened)
    # Each part holds one image or more: none is missing for want of its key.
    assert all(len(one.images) >= len(one.head["parts"]) for one in opened)


async def recovery_code_works(house: Household) -> None:
    person_id = house.phone.actor.person_id or 0
    code = house.recovery.pop()
    async with house.home.unit_of_work() as session:
        assert await recovery.use_code(session, person_id, code, house.clock())
    async with house.home.unit_of_work() as session:
        assert not await recovery.use_code(session, person_id, code, house.clock())


async def files_are_read(house: Household) -> None:
    store = house.store(house.key)
    assert await store.names() == sorted(house.files)
    for name, data in house.files.items():
        with store.open(name) as file:
            assert file.read() == data


async def heads_are_good(house: Household) -> None:
    assert house
    verdict = await ask(SYSTEM, verify_trail)
    assert verdict.breach is None
    assert verdict.heads > 0


async def code_has_ended_and_another_is_sent(house: Household) -> None:
    given = await right(house.home, house.flow)
    assert await judge(given) == codes.CodeRefused(codes.Reason.DEAD)
    house.clock.advance(minutes=1)
    flow = await resend(house.flow)
    assert await judge(await right(house.home, flow)) is True


async def access_token_has_ended(house: Household) -> None:
    key = house.key.derive(access_tokens.KEY_LABEL)
    with pytest.raises(NotSignedIn):
        access_tokens.read_access_token(house.token, RULES, key, house.clock())


async def counters_start_anew(house: Household) -> None:
    assert await house.count("try_counter") == 0


async def start_knows_the_key(house: Household) -> None:
    found = await secure_start(given="", folder=house.folder, external=False)
    assert found == house.key
    other = MasterKey(bytes(32)).recovery_text
    with pytest.raises(Conflict, match="does not belong"):
        await secure_start(given=other, folder=house.folder, external=True)


# By label; what counts or ends something comes last.
PROMISES: dict[str, Callable[[Household], Awaitable[None]]] = {
    "fingerprint": start_knows_the_key,
    places.LABEL: counters_start_anew,
    secret.LABEL: phone_is_understood,
    sealing.LABEL: letter_is_read,
    keys.KEY_LABEL: images_open,
    HEAD_LABEL: heads_are_good,
    blobs.LABEL: files_are_read,
    backup_sealing.LABEL: backup_wants_its_own_key,
    access_tokens.KEY_LABEL: access_token_has_ended,
    recovery.LABEL: recovery_code_works,
    recovery.FORMER_LABEL: recovery_code_works,
    codes.LABEL: code_has_ended_and_another_is_sent,
}


async def check_all(house: Household) -> None:
    """Each kind of secret is as it was promised."""
    for promise in PROMISES.values():
        await promise(house)
