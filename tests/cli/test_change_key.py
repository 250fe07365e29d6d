"""``fintrack change-key`` as the operator sees it."""

from pathlib import Path

import psycopg
import pytest

from fintrack.cli import change_key
from fintrack.cli.databases import DatabaseUrls, find_master_key, run_with
from fintrack.cli.main import main
from fintrack.core.settings import read_settings
from fintrack.services.key_exchange.treatments import SEALED
from fintrack.services.master_key import MasterKey
from tests.conftest import TestServer

OLD, NEW = MasterKey(b"o" * 32), MasterKey(b"n" * 32)


@pytest.fixture
def main_database(
    server: TestServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """A database that knows the old key, and settings that lead to it."""
    name, log = server.clone("template_main"), server.clone("template_log")
    monkeypatch.setenv("FINTRACK_DATABASE_URL", server.url(name))
    monkeypatch.setenv("FINTRACK_LOG_DATABASE_URL", server.url(log))
    monkeypatch.setenv("FINTRACK_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("FINTRACK_MASTER_KEY", OLD.recovery_text)
    urls = DatabaseUrls(server.url(name), server.url(log))
    run_with(urls, lambda: find_master_key(read_settings()))
    return name


def use_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINTRACK_NEW_MASTER_KEY", NEW.recovery_text)


def test_facts_are_told_and_no_key_is_printed(
    main_database: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main_database
    use_new(monkeypatch)
    assert main(["change-key"]) == 0
    told = capsys.readouterr().out
    assert "0 secrets of second factors" in told
    assert "0 files are under the new key" in told
    assert "give FINTRACK_MASTER_KEY the value" in told
    assert not [key for key in (OLD, NEW) if key.recovery_text in told]
    assert main(["change-key"]) == 0
    assert "Encrypted anew" not in capsys.readouterr().out


def test_key_that_is_not_given_is_asked_for(
    main_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main_database
    assert main(["change-key"]) == 1
    assert "FINTRACK_NEW_MASTER_KEY must give" in capsys.readouterr().err


def test_running_application_is_told(
    main_database: str,
    server: TestServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use_new(monkeypatch)
    address = server.embedded.conninfo(main_database)
    with psycopg.connect(address, application_name="fintrack jobs"):
        assert main(["change-key"]) == 1
    assert "FinTrack is running" in capsys.readouterr().err
    with psycopg.connect(address, application_name="psql"):
        assert main(["change-key"]) == 0


def test_each_kind_has_a_word() -> None:
    assert change_key.WORDS.keys() == {one.label for one in SEALED}
