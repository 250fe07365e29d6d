"""What was backed up is there again, or a sentence says why not; nothing in between."""

from pathlib import Path

import pytest
from sqlalchemy import text

from fintrack.core.errors import Conflict, InvalidInput, Unavailable
from fintrack.services import master_key, migrations
from fintrack.services.backups import programs, restoring
from fintrack.services.backups.restoring import check_backup, read_head
from fintrack.services.database import Database
from fintrack.services.master_key import KEY_BYTES, MasterKey
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.shipping import ship_trail
from tests.services.backups.house import House
from tests.services.trail.log_rows import Log


def contents(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        path.name: (
            path.read_bytes(),
            path.stat().st_mode,
            int(path.stat().st_mtime),
        )
        for path in folder.iterdir()
    }


async def chain(house: House) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await Log(house.home).rows()]


async def test_restored_house_is_equal_and_sound(house: House, empty: Database) -> None:
    books, files = await house.books.snapshot(), contents(house.files)
    trail = await chain(house)
    await house.back_up()
    await house.spend("99 EUR")
    proof = await house.restore(empty)
    assert proof.is_sound
    assert proof.files == len(files) == 2
    assert (proof.verdict.rows, proof.verdict.heads) == (len(trail), 2)
    assert await house.books.snapshot() == books
    assert contents(house.files) == files
    assert await chain(house) == trail


async def test_restored_house_goes_on(house: House, empty: Database) -> None:
    await house.spend()
    await house.back_up()
    before = len(await chain(house))
    await house.restore(empty)
    await house.spend()
    assert await ship_trail() == 2
    await sign_head()
    assert len(await chain(house)) == before + 2
    (row,) = await house.books.rows("SELECT writes_apart FROM trail_relay")
    assert row.writes_apart is True
    assert await house.books.findings() == []
    for schema, engine in ((migrations.MAIN, empty.main), (migrations.LOG, empty.log)):
        url = engine.url.render_as_string(hide_password=False)
        assert migrations.find_drift(schema, url) == []


@pytest.mark.parametrize("share", ["first", "middle", "last"])
async def test_flipped_byte_is_refused(
    house: House, empty: Database, share: str
) -> None:
    size = (await house.back_up()).size
    places = {"first": 100, "middle": size // 2, "last": size - 1}
    content = bytearray(house.path.read_bytes())
    content[places[share]] ^= 1
    house.path.write_bytes(content)
    with pytest.raises(InvalidInput, match="is damaged"):
        await house.restore(empty)


@pytest.mark.parametrize("left", [-1, 1_000])
async def test_truncation_is_refused(house: House, empty: Database, left: int) -> None:
    await house.back_up()
    house.path.write_bytes(house.path.read_bytes()[:left])
    with pytest.raises(InvalidInput, match="is damaged"):
        await house.restore(empty)


async def test_wrong_key_is_refused(house: House) -> None:
    await house.back_up()
    with pytest.raises(Conflict, match="another master key"):
        check_backup(house.path, MasterKey(b"w" * KEY_BYTES))


async def test_head_is_read_without_the_rest(house: House) -> None:
    made = await house.back_up()
    assert made.manifest.about.head
    assert read_head(house.path, master_key.current()) == made.manifest.about.head


async def test_file_that_is_missing_or_another_one_is_refused(house: House) -> None:
    key = master_key.current()
    with pytest.raises(InvalidInput, match="There is no backup"):
        check_backup(house.path, key)
    house.path.write_bytes(b"PGDMP" * 100)
    with pytest.raises(InvalidInput, match="no backup"):
        check_backup(house.path, key)
    with pytest.raises(Unavailable, match="cannot be restored"):
        check_backup(house.folder, key)


async def test_backup_of_a_newer_version_is_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.back_up()
    monkeypatch.setattr(migrations, "is_known", lambda _, revision: revision < "0025")
    with pytest.raises(Conflict, match="A newer FinTrack"):
        check_backup(house.path, master_key.current())


@pytest.mark.parametrize("what", ["main", "log", "files"])
async def test_target_that_is_not_empty_is_refused(
    house: House, empty: Database, what: str
) -> None:
    await house.back_up()
    place = house.folder.with_name("new") / "blobs"
    if what == "files":
        place.mkdir(parents=True)
        (place / "something").touch()
    else:
        async with getattr(empty, what).begin() as connection:
            await connection.execute(text("CREATE TABLE something ()"))
    with pytest.raises(Conflict, match="is not empty"):
        await house.restore(empty)
    assert contents(place) if what == "files" else not place.exists()


async def test_restore_that_fails_says_why_and_leaves_no_half_of_a_database(
    house: House, empty: Database
) -> None:
    await house.back_up()
    # A function is no table; it stands in the way of the last part.
    functions = (
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    name = (await house.books.rows(functions))[0].proname
    async with empty.main.begin() as connection:
        await connection.execute(text(f"CREATE FUNCTION {name}() RETURNS int RETURN 1"))
    with pytest.raises(Unavailable, match="pg_restore did not end well"):
        await house.restore(empty)
    async with empty.main.connect() as connection:
        assert not await connection.scalar(restoring._HAS_TABLES)


async def test_program_that_is_too_old_is_told(
    house: House, empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.back_up()
    monkeypatch.setattr(programs, "_places", lambda _: [])
    with pytest.raises(Unavailable, match="pg_restore is there only for none"):
        await house.restore(empty)
