"""The first admin from the terminal."""

import io
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from fintrack.cli import create_admin
from fintrack.cli.new_key import new_key
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.services.master_key import read_recovery_text
from tests.conftest import TestServer
from tests.services.people import GOOD

ADA = ["ada@example.org", "--first-name", "Ada"]


@pytest.fixture
def main_url(
    server: TestServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    main, log = server.clone("template_main"), server.clone("template_log")
    monkeypatch.setenv("FINTRACK_DATABASE_URL", server.url(main))
    monkeypatch.setenv("FINTRACK_LOG_DATABASE_URL", server.url(log))
    monkeypatch.setenv("FINTRACK_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{GOOD}\n"))
    return server.url(main)


def people(url: str) -> list[tuple[str, str]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT email, role FROM person"))
        return [(row.email, row.role) for row in rows]


def use_fresh_key(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new_key() == 0
    text_of_key = capsys.readouterr().out
    assert read_recovery_text(text_of_key)
    monkeypatch.setenv("FINTRACK_MASTER_KEY", text_of_key.strip())


def test_admin_is_made_once(
    main_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use_fresh_key(monkeypatch, capsys)
    assert create_admin.run(ADA) == 0
    assert people(main_url) == [("ada@example.org", "admin")]
    assert GOOD not in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{GOOD}\n"))
    with pytest.raises(Conflict):
        create_admin.run(["eve@example.org", "--first-name", "Eve"])


def test_admin_reads_the_language_that_was_said(
    main_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use_fresh_key(monkeypatch, capsys)
    assert create_admin.run([*ADA, "--language", "tr"]) == 0
    with create_engine(main_url, poolclass=NullPool).connect() as connection:
        assert connection.scalar(text("SELECT language FROM person")) == "tr"
    with pytest.raises(SystemExit):
        create_admin.run([*ADA, "--language", "klingon"])


def test_own_database_demands_the_key(main_url: str) -> None:
    with pytest.raises(InvalidInput, match="FINTRACK_MASTER_KEY"):
        create_admin.run(ADA)
    assert people(main_url) == []
