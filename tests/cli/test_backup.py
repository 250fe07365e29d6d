"""``fintrack backup`` and ``fintrack restore`` as the operator sees them."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from fintrack.cli import restore
from fintrack.cli.databases import DatabaseUrls, find_master_key, run_with
from fintrack.cli.main import main
from fintrack.core.actor import ANONYMOUS, SYSTEM
from fintrack.core.errors import NotAllowed, Problem
from fintrack.core.settings import read_settings
from fintrack.services import last_check, master_key, security_events
from fintrack.services.backups import keeping
from fintrack.services.backups.manifest import About
from fintrack.services.checks import Finding
from fintrack.services.commands import ask
from fintrack.services.embedded.places import find_places
from fintrack.services.master_key import KEY_BYTES, MasterKey
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.health import find_health
from fintrack.services.trail.proving import Finding as TrailFinding
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import Breach
from tests.conftest import TestServer
from tests.services.backups.house import empty_database

KEY, OTHER = MasterKey(b"k" * KEY_BYTES), MasterKey(b"o" * KEY_BYTES)
NOW = datetime(2026, 3, 5, tzinfo=UTC)


def use(monkeypatch: pytest.MonkeyPatch, urls: tuple[str, str], folder: Path) -> None:
    monkeypatch.setenv("FINTRACK_DATABASE_URL", urls[0])
    monkeypatch.setenv("FINTRACK_LOG_DATABASE_URL", urls[1])
    monkeypatch.setenv("FINTRACK_MASTER_KEY", KEY.recovery_text)
    monkeypatch.setenv("FINTRACK_DATA_DIR", str(folder))


@pytest.fixture
def old(server: TestServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The data directory in use, whose databases have a trail of three rows."""
    names = server.clone("template_main"), server.clone("template_log")
    urls = server.url(names[0]), server.url(names[1])
    use(monkeypatch, urls, tmp_path / "old")

    async def arrange() -> None:
        master_key.install(await find_master_key(read_settings()))
        for n in range(2):
            await security_events.note_refusal(ANONYMOUS, f"x{n}", NotAllowed())
        await ship_trail()
        await sign_head()
        master_key.install(None)

    run_with(DatabaseUrls(*urls), arrange)
    return tmp_path / "old"


def _trail_finding() -> TrailFinding | None:
    """What the staff's overview is told of the trail."""
    settings = read_settings()
    urls = DatabaseUrls(settings.database_url, settings.log_database_url)

    async def find() -> TrailFinding | None:
        return (await ask(SYSTEM, find_health)).finding

    return run_with(urls, find)


@pytest.fixture
def made(old: Path, tmp_path: Path) -> Path:
    assert old
    assert main(["backup", str(tmp_path / "my.backup")]) == 0
    return tmp_path / "my.backup"


@pytest.fixture
def new(
    made: Path, server: TestServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[list[str]]:
    """Settings that lead to an empty place; the names of its databases."""
    assert made
    names = [empty_database(server) for _ in range(2)]
    use(monkeypatch, (server.url(names[0]), server.url(names[1])), tmp_path / "new")
    yield names
    for name in names:
        server.drop(name)


def test_backup_goes_into_the_data_directory_and_says_what_it_is(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup"]) == 0
    (path,) = keeping.list_backups(old / "backups").values()
    told = capsys.readouterr().out
    assert str(path) in told
    assert "0 stored files; the trail is signed up to row 3" in told
    assert "keep both, apart" in told
    assert KEY.recovery_text not in told


def test_backup_goes_into_a_folder_or_under_a_name(old: Path, tmp_path: Path) -> None:
    assert old
    (tmp_path / "stick").mkdir()
    assert main(["backup", str(tmp_path / "stick")]) == 0
    assert len(keeping.list_backups(tmp_path / "stick")) == 1
    assert main(["backup", str(tmp_path / "stick" / "mine")]) == 0
    assert (tmp_path / "stick" / "mine").stat().st_size > 1000


def test_taken_name_is_refused(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", str(made)]) == 1
    assert "is there already" in capsys.readouterr().err


def test_restored_place_is_proved_and_goes_on(
    new: list[str], made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new
    assert main(["restore", str(made)]) == 0
    told = capsys.readouterr().out
    assert "UTC is whole." in told
    assert "The books are sound." in told
    assert "The trail is sound: 3 rows, 2 signed heads" in told
    assert "the head that the backup kept, row 3" in told
    assert main(["check"]) == main(["audit", "verify"]) == 0
    assert main(["restore", str(made)]) == 1
    assert f"{new[0]} is not empty" in capsys.readouterr().err


def test_place_that_is_not_empty_stays_as_it_is(
    new: list[str],
    made: Path,
    server: TestServer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with psycopg.connect(server.embedded.conninfo(new[1])) as connection:
        connection.execute("CREATE TABLE mine ()")
    assert main(["restore", str(made)]) == 1
    assert f"{new[1]} is not empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "says"),
    [(OTHER.recovery_text, "another master key"), ("", "FINTRACK_MASTER_KEY must be")],
)
def test_wrong_or_missing_key_is_told(
    new: list[str],
    made: Path,
    key: str,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert new
    monkeypatch.setenv("FINTRACK_MASTER_KEY", key)
    assert main(["restore", str(made)]) == 1
    assert says in capsys.readouterr().err


def test_key_that_is_nowhere_is_told_before_a_server_starts(
    made: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use(monkeypatch, ("", ""), tmp_path / "new")
    monkeypatch.setenv("FINTRACK_MASTER_KEY", "")
    assert main(["restore", str(made)]) == 1
    assert "The master key is missing" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_what_is_not_sound_ends_with_one(
    new: list[str],
    made: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert new
    folder = read_settings().data_dir
    prove = restore.prove

    async def find_fault(about: About, files: Path) -> restore.Proof:
        proof = await prove(about, files)
        bad = replace(proof.verdict, breach=Breach(2, Problem("Row 2 is gone.")))
        return replace(proof, findings=[Finding("I1", "transactions", 2)], verdict=bad)

    monkeypatch.setattr(restore, "prove", find_fault)
    assert main(["restore", str(made)]) == 1
    told = capsys.readouterr().out
    assert "I1: 2 transactions" in told
    assert "was broken before the backup" in told
    assert "the head that" not in told
    broken, finding = last_check.find_broken(folder, NOW), _trail_finding()
    assert broken is not None
    assert broken.count == 2
    assert finding is not None
    assert finding.problem.text == "Row 2 is gone."
    assert main(["check"]) == 0
    assert last_check.find_broken(folder, NOW) is None


def test_trail_in_use_is_held_against_the_head_of_a_backup(
    made: Path, server: TestServer, capsys: pytest.CaptureFixture[str]
) -> None:
    verify = ["audit", "verify", "--against", str(made)]
    assert main(verify) == 0
    assert "3 rows, 2 signed heads" in capsys.readouterr().out
    settings = read_settings()
    main_database, log_database = (
        str(make_url(url).database)
        for url in (settings.database_url, settings.log_database_url)
    )
    with psycopg.connect(server.embedded.conninfo(log_database)) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM audit_head")
        connection.execute("DELETE FROM audit_entry WHERE position = 3")
    with psycopg.connect(server.embedded.conninfo(main_database)) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM trail_relay")
        for table in ("change_set", "security_event"):
            connection.execute(f"UPDATE {table} SET shipped_at = NULL".encode())  # noqa: S608 - tests only
    assert main(["audit", "verify"]) == 0
    assert main(verify) == 1
    assert "The end is cut off: row 3 is missing" in capsys.readouterr().out


def test_backup_that_is_nowhere_is_told(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", "--against", str(old / "nothing")]) == 1
    assert "There is no backup" in capsys.readouterr().err


def test_embedded_house_moves_into_another_folder(
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use(monkeypatch, ("", ""), data_dir)
    monkeypatch.setenv("FINTRACK_MASTER_KEY", "")
    made = tmp_path / "my.backup"
    assert main(["backup", str(made)]) == 0
    key = (data_dir / master_key.FILE_NAME).read_bytes()
    shutil.rmtree(find_places(data_dir).home)
    shutil.rmtree(data_dir)
    data_dir.mkdir()
    (data_dir / master_key.FILE_NAME).write_bytes(key)
    assert main(["restore", str(made)]) == 0
    assert "The trail is sound" in capsys.readouterr().out
    assert main(["check"]) == 0
